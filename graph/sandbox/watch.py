"""Bounds a query that runs in this very process, for a command that ends with it.

The engine cannot be told to stop, and a process that the system kills for its memory says nothing. So a thread looks
on: the engine lets go of the interpreter while it works.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.sandbox.limits import LimitExceededError, out_of_memory, timed_out
from graph.store.ahead import available

PAUSE = 0.05
"""Seconds between two looks."""
SHARE = 0.8
"""How much of the memory that is free at the beginning may be taken."""


@contextmanager
def watched(seconds: float | None, give_up: Callable[[LimitExceededError], object]) -> Iterator[None]:
    """Calls ``give_up`` from another thread if the block takes more seconds, or more memory, than there is.

    ``give_up`` is to end the process. None for ``seconds`` bounds the memory alone.
    """
    done = threading.Event()
    end = None if seconds is None else time.monotonic() + seconds
    most = _resident() + int(available() * SHARE)

    def look() -> None:
        while not done.wait(PAUSE):
            if end is not None and time.monotonic() > end:
                give_up(timed_out(seconds or 0))
            if _resident() > most:
                give_up(out_of_memory(most))

    threading.Thread(target=look, name="watch", daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
