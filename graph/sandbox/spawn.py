"""Starts one of our own modules as a process that will lock itself in, with a socket between it and us."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


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
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return started, here
