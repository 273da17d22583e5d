"""The server with one listening socket for all its workers, so that one of them can end and nobody is turned away.

With a socket for each worker, the system sends some of those who wait to the one that is about to end, and none at all
once the last is gone; a socket that the parent holds keeps them waiting for the next worker.
"""

from __future__ import annotations

import logging
import multiprocessing
import socket
from typing import Any

from granian._granian import ListenerSpec
from granian.server.mp import MPServer


class Server(MPServer):
    """Granian's server of processes, listening once."""

    def serve(self, *args: Any, **options: Any) -> None:
        """Serve until interrupted, without the warning of what happens to sockets of several workers."""
        logging.getLogger("_granian").addFilter(lambda record: "tcp_migrate_req" not in record.getMessage())
        super().serve(*args, **options)

    def _init_shared_socket(self) -> None:
        """Listen here and let the workers inherit it, as Granian does itself where ports cannot be shared."""
        if multiprocessing.get_start_method() != "fork":
            super()._init_shared_socket()  # type: ignore[no-untyped-call]  # Granian has no types here
            return
        listening: Any = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._ssp, self._shd, self._sfd = None, listening, listening.get_fd()
        self._sso = socket.socket(fileno=self._sfd)
        self._sso.set_inheritable(True)
