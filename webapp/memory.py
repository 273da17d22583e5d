"""Keeps the memory of a worker within a bound: what the engine has kept of its files is let go in time."""

from __future__ import annotations

import ctypes
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from graph.errors import StoreError
from webapp.settings import MB

OWN = 160 * MB
"""Bytes of its own that a worker may hold before the engine lets go of what it keeps."""
EVERY = 1.0
"""Seconds between two looks."""
REST = 2
"""Looks after something was let go at which nothing is: what still ran on it ends, and some of it is fetched again."""
M_ARENA_MAX, HEAPS = -8, 2
"""The setting of the system's allocator for the number of heaps, and that number."""
_PAGE = os.sysconf("SC_PAGE_SIZE")

log = logging.getLogger(__name__)


def own(process: int | None = None) -> int:
    """Bytes of memory that a process has for itself; pages of files, which others may share, are not counted."""
    _, resident, shared, *_ = Path(f"/proc/{process or 'self'}/statm").read_text().split()
    return (int(resident) - int(shared)) * _PAGE


def share_heaps() -> None:
    """Let all threads take memory from a few heaps: each with one of its own keeps what it has ever needed."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # of the GNU library
        mallopt(M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Let the system have what was freed and is kept for later."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # of the GNU library
        trim(0)


class Bounded:
    """Calls ``let_go`` whenever a process holds more memory of its own than it may."""

    def __init__(self, let_go: Callable[[], None], most: int = OWN, held: Callable[[], int] = own) -> None:
        self._let_go = let_go
        self._most = most
        self._held = held
        self._rest = 0

    def look(self) -> bool:
        """Whether it was too much, so that something was let go."""
        if self._rest:
            self._rest -= 1
            give_back()
        elif self._held() > self._most:
            self._let_go()
            give_back()
            self._rest = REST
            return True
        return False

    def watch(self) -> None:
        """Look every few seconds from now on, in a thread that ends with the process."""
        threading.Thread(target=self._watch, name="memory", daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(EVERY)
            try:
                self.look()
            except (OSError, StoreError) as error:
                log.warning("the memory of this worker is not bounded just now: %s", error)
