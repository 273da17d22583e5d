"""How fast a load is fed: what the engine has read waits in memory until it is sorted.

The engine takes a million statements at a time, reads them (up to 0.5 GB), then brings them into the order of its
indexes (up to 0.9 GB) in a thread of its own, two of them at once, while it reads the next million. On two processors
that third million waits for nothing but memory.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 600.0
"""Seconds after which a load that seems to sort for ever is fed all the same."""
_ENGINES_OWN = "rocksdb"
"""How the names of the engine's threads begin that merge and write files; those that sort have no names."""
_PAUSE = 0.02


class Pace:
    """Holds back what a load reads while it has enough to sort. Elsewhere than on Linux it holds back nothing.

    ``threads`` is the folder in which the system lists those of the load, which must have opened the store and read
    nothing yet. ``beside`` tells whether another process of ours is at work: with two processors or one, a load then
    sorts in one thread, which takes a gigabyte less.
    """

    def __init__(self, threads: Path, beside: Callable[[], bool]) -> None:
        self._threads, self._beside, self._patient = threads, beside, True
        self._others = self._unnamed()

    def wait(self) -> None:
        """Wait until the load has room for more."""
        end = time.monotonic() + PATIENCE
        while self._patient and self._unnamed() - self._others >= self._most():
            self._patient = time.monotonic() < end
            time.sleep(_PAUSE)

    def _most(self) -> int:
        """How many batches are sorted at once; the engine begins no third one."""
        return 1 if processors() <= 2 and self._beside() else 2

    def _unnamed(self) -> int:
        found = 0
        with suppress(OSError):
            for thread in self._threads.iterdir():
                with suppress(OSError):  # it has just ended
                    found += not (thread / "comm").read_text(encoding="utf-8").startswith(_ENGINES_OWN)
        return found


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
