"""The lock of a data folder: one writer at a time; it belongs to the process and vanishes with it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import StoreError
from graph.store.faults import explained


@contextmanager
def writer_lock(data: Path) -> Iterator[None]:
    """Holds the data folder for one writer; another process gets ``StoreError`` at once."""
    new = not data.exists()
    with explained(data, "taking the writer's lock"):
        lock = _opened(data)
    try:
        yield
    finally:
        if new:
            _leave_no_trace(data)
        os.close(lock)


def _opened(data: Path) -> int:
    """The lock file, locked; opened again if its last holder removed it meanwhile."""
    path = data / "lock"
    while True:
        data.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _take(lock, data)
            if path.exists() and os.path.samestat(os.fstat(lock), path.stat()):
                return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _leave_no_trace(data: Path) -> None:
    """Remove a data folder in which nothing came to be; the lock is still held."""
    with suppress(OSError):
        if [entry.name for entry in data.iterdir()] == ["lock"]:
            (data / "lock").unlink()
            data.rmdir()


def _take(lock: int, data: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode(errors="replace").strip() or "unknown"
        raise StoreError(
            f"another filmgraph (process {holder}) is changing {data}; wait until it has ended, then run this again"
        ) from None
    os.truncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
