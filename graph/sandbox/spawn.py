"""Starts one of our own modules as a process that will lock itself in, with a socket between it and us."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_ALLOCATOR = "glibc.malloc.tcache_count=4000"
"""How many freed pieces of a size glibc keeps at hand (usually 7): a look-up of the engine takes and frees many."""


def spawn(module: str, *more: int) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A process that runs ``python -m module DESCRIPTOR PARENT more…``, and our end of its socket.

    It inherits nothing but that socket, and whatever it prints is lost.
    """
    here, there = socket.socketpair()
    with there:
        started = subprocess.Popen(  # noqa: S603  # our own module, our own numbers
            [sys.executable, "-m", module, *map(str, (there.fileno(), os.getpid(), *more))],
            pass_fds=(there.fileno(),),
            cwd=_ROOT,
            env={**os.environ, "GLIBC_TUNABLES": os.environ.get("GLIBC_TUNABLES", _ALLOCATOR)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return started, here
