"""The engine's own threads."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TASKS = Path("/proc/self/task")
_TIDYING = "rocksdb:low"
"""What the engine calls the threads that merge its files into larger ones."""
_LAST = 19


def give_way() -> None:
    """Let the engine's tidying take only the time that nothing else wants.

    A store that was loaded at one stroke is tidied as soon as it is opened for writing, for minutes, on every
    processor; a writer that adds one review is done in seconds, and has nothing from it. Elsewhere than on Linux this
    does nothing.
    """
    with suppress(OSError):
        for task in _TASKS.iterdir():
            with suppress(OSError):
                if (task / "comm").read_text(encoding="utf-8").strip() == _TIDYING:
                    os.setpriority(os.PRIO_PROCESS, int(task.name), _LAST)
