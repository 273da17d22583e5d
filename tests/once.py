"""A folder that all workers of a run share: whoever needs it first fills it, the others wait for it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """The folder of this name; after a failure the next who needs it fills a new one."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        if not done.exists():
            folder = factory.mktemp(name)
            fill(folder)
            done.write_text(str(folder), encoding="utf-8")
        return Path(done.read_text(encoding="utf-8"))
