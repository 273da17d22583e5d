"""A worker that is about to be replaced: it takes no more visitors, and asks those it has to connect anew."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

SIGNAL = signal.SIGUSR1
"""Tells a worker that it will end soon."""
CLOSE = ("connection", "close")
Headers = list[tuple[str, str]]


class Leaving:
    """Whether this worker is about to end; nobody whose request has come is turned away."""

    def __init__(self) -> None:
        self.now = False

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Heed the signal from now on."""
        loop.add_signal_handler(SIGNAL, self.begin)

    def begin(self) -> None:
        """Take no more connections, and end each that is there with its next answer."""
        self.now = True
        stop_accepting()

    def told(self, headers: Headers) -> Headers:
        """The headers of an answer: the last on its connection where this worker is about to end."""
        return [*headers, CLOSE] if self.now else headers


def stop_accepting() -> None:
    """Leave new connections to the other processes that listen on the same sockets.

    Closing them does not stop the server's loop, so that a socket which nobody knows takes the place of each.
    """
    for number, _ in listening():
        with socket.create_server(("127.0.0.1", 0)) as unknown:
            unknown.setblocking(False)  # as the one before
            os.dup2(unknown.fileno(), number, inheritable=False)


def listening() -> Iterator[tuple[int, socket.socket]]:
    """The sockets of this process that listen, with the numbers of their files."""
    for number in sorted(int(path.name) for path in Path("/proc/self/fd").iterdir()):
        try:
            found = socket.socket(fileno=os.dup(number))
        except OSError:
            continue  # no socket, or closed by now
        with found:
            if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield number, found
