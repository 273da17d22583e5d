"""Brings the files of a store into memory before the first questions, which would otherwise wait for the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

SHARE = 0.5
"""How much of the memory that is free a store may take."""
STEP = 128 * 1024
"""Bytes that the system reads ahead at a time; it reads no more, however much it is asked for."""


def read_ahead(folder: Path) -> int:
    """Let the system read all files in a folder, and give their bytes; 0 where they are too large to be kept there.

    The system takes the memory back as soon as a program needs it.
    """
    sizes = {path: path.stat().st_size for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
    whole = sum(sizes.values())
    if whole > available() * SHARE:
        return 0
    for path, size in sizes.items():
        with suppress(OSError), path.open("rb") as file:  # a store that was deleted meanwhile
            for place in range(0, size, STEP):
                os.posix_fadvise(file.fileno(), place, STEP, os.POSIX_FADV_WILLNEED)
    return whole


def available() -> int:
    """Bytes of memory that may still be taken on this machine."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("MemAvailable:"))
    return int(found.split()[1]) * 1024
