"""Turns what the operating system and the engine complain about into messages that say what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import FilmgraphError, StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


@contextmanager
def explained(folder: Path, doing: str) -> Iterator[None]:
    """Raises ``StoreError`` in place of an ``OSError``; ``doing`` completes "while …"."""
    try:
        yield
    except OSError as error:
        raise StoreError(explain(error, folder, doing)) from error


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """Raises ``StoreError`` in place of whatever says that there is no room: the system, or a library in its words."""
    try:
        yield
    except Exception as error:
        if isinstance(error, FilmgraphError) or not is_full(error):
            raise
        raise StoreError(_full(folder)) from error


def is_full(error: Exception) -> bool:
    """Whether there was no room; the engine's errors say so only in words."""
    return getattr(error, "errno", None) in _FULL or "No space left" in str(error) or "Disk quota" in str(error)


def explain(error: OSError, folder: Path, doing: str) -> str:
    """One sentence on what failed and what to do about it."""
    text = str(error)
    if is_full(error):
        return _full(folder)
    if error.errno == errno.EROFS or "Read-only file system" in text:
        return f"{folder} cannot be written to: it is mounted read-only; point FILMGRAPH_DATA to another folder"
    if error.errno in _FORBIDDEN or "Permission denied" in text:
        return (
            f"{folder} cannot be written to; check its owner and permissions, or point FILMGRAPH_DATA to another folder"
        )
    return f"{folder} failed while {doing}: {text}"


def _full(folder: Path) -> str:
    return (
        f"the disk that holds {folder} is full; nothing was published, the last snapshot is untouched. "
        "Free some space and run this again"
    )
