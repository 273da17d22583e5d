"""A folder beside the snapshots in which something is made without the writer's lock."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.errors import StoreError

_PREFIX = ".compact-"
"""What the name of such a folder begins with."""


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """A new folder, for one process at a time; it is removed at the end. Raises ``StoreError`` while there is one."""
    try:
        with _alone(data):
            _remove(data)
            with TemporaryDirectory(dir=data, prefix=_PREFIX) as folder:
                yield Path(folder)
    except BlockingIOError:
        raise StoreError(f"{data} is being compacted already; wait until that has ended") from None


def sweep(data: Path) -> None:
    """Remove what a killed process left; where one is at work, nothing."""
    if any(data.glob(f"{_PREFIX}*")):
        with suppress(BlockingIOError), _alone(data):
            _remove(data)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    folder = os.open(data / "snapshots", os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def _remove(data: Path) -> None:
    for left in data.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
