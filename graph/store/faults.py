"""Turns what the operating system and the engine complain about into messages that say what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def explained(folder: Path, doing: str) -> Iterator[None]:
    """Raises ``StoreError`` in place of an ``OSError``; ``doing`` completes "while …"."""
    try:
        yield
    except OSError as error:
        raise StoreError(explain(error, folder, doing)) from error


def is_full(error: OSError) -> bool:
    """Whether there was no room; the engine's errors say so only in words."""
    return error.errno in _FULL or "No space left" in str(error) or "Disk quota" in str(error)


def explain(error: OSError, folder: Path, doing: str) -> str:
    """One sentence on what failed and what to do about it."""
    text = str(error)
    if is_full(error):
        return (
            f"the disk that holds {folder} is full; nothing was published, the last snapshot is untouched. "
            "Free some space and run this again"
        )
    if error.errno in _FORBIDDEN or "Permission denied" in text or "Read-only file system" in text:
        return (
            f"{folder} cannot be written to; check its owner and permissions, or point FILMGRAPH_DATA to another folder"
        )
    return f"{folder} failed while {doing}: {text}"
