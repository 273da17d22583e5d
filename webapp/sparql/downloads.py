"""Large answers on their way: files without a name, which last as long as somebody fetches them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from webapp.sparql.problems import Problem

MOST = 2_000_000_000
"""Bytes of large answers that one worker has on its way at a time."""


def held() -> int:
    """How many bytes of nameless files this process has open."""
    found: dict[tuple[int, int], int] = {}
    for path in list(Path("/proc/self/fd").iterdir()):
        try:
            status = os.fstat(int(path.name))
        except OSError:
            continue  # closed by now
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
            found[status.st_dev, status.st_ino] = status.st_size
    return sum(found.values())


def too_many() -> Problem:
    """More large answers are being fetched than the disk should hold."""
    detail = f"{MOST:,} bytes of large answers are being fetched just now; try again in a moment, or add a LIMIT"
    return Problem(503, detail, {"limit": "downloads", "value": MOST}, 30)
