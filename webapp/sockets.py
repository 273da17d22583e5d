"""The server with one listening socket for all its workers, so that one of them can end and nobody is turned away.

With a socket for each worker, the system sends some of those who wait to the one that is about to end, and none at all
once the last is gone; a socket that the parent holds keeps them waiting for the next worker.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import threading
from contextlib import suppress
from typing import Any

from granian._granian import ListenerSpec
from granian.server.mp import MPServer

from webapp.leaving import SIGNAL
from webapp.memory import own

AGAIN = 2.0
"""Seconds after which a worker that has not ended is told once more."""


class Server(MPServer):
    """Granian's server of processes, listening once."""

    def serve(self, *args: Any, **options: Any) -> None:
        """Serve until interrupted, without the warning of what happens to sockets of several workers."""
        signal.signal(SIGNAL, signal.SIG_IGN)  # so does a worker that has not begun yet
        logging.getLogger("_granian").addFilter(lambda record: "tcp_migrate_req" not in record.getMessage())
        super().serve(*args, **options)

    def _stop_workers(self) -> None:
        """Stop the workers; one that was told before it listened for signals is told again."""
        while any(worker.is_alive() for worker in self.wrks):  # type: ignore[no-untyped-call]
            for worker in self.wrks:
                worker.terminate()  # type: ignore[no-untyped-call]
            for worker in self.wrks:
                worker.join(AGAIN)  # type: ignore[no-untyped-call]
        super()._stop_workers()  # type: ignore[no-untyped-call]

    def _respawn_workers(self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        """Replace workers one by one; half the time before its end a worker is told, so that it leaves in order."""
        for place in workers:
            threading.Timer(delay / 2, _tell, [self.wrks[place]]).start()
            super()._respawn_workers([place], spawn_target, target_loader, delay)

    def _write_pidfile(self) -> None:
        """Where Granian makes what tells it the memory of its workers: what each has for itself is to be counted."""
        super()._write_pidfile()  # type: ignore[no-untyped-call]
        self._rss_collector = Held()  # type: ignore[assignment]  # it asks for no more

    def _init_shared_socket(self) -> None:
        """Listen here and let the workers inherit it, as Granian does itself where ports cannot be shared."""
        if multiprocessing.get_start_method() != "fork":
            super()._init_shared_socket()  # type: ignore[no-untyped-call]  # Granian has no types here
            return
        listening: Any = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._ssp, self._shd, self._sfd = None, listening, listening.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)


class Held:
    """Tells the memory of workers that they have for themselves."""

    def memory(self, processes: list[int]) -> dict[int, int]:
        """Bytes by process; one that has just ended is left out."""
        found = {}
        for process in processes:
            with suppress(OSError):
                found[process] = own(process)
        return found


def _tell(worker: Any) -> None:
    if worker.is_alive():
        with suppress(ProcessLookupError):
            os.kill(worker.inner.pid, SIGNAL)
