"""Runs the site under Granian: worker processes, each with its own application."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

from graph import snapshot
from graph.errors import FilmgraphError, SettingError, StoreError
from graph.store import Endpoint
from webapp import create_app
from webapp.config import Config
from webapp.site import KEY, Site

if TYPE_CHECKING:
    from flask import Flask

THREADS = 16
"""Requests that one worker answers at a time; the engine releases the interpreter's lock while it works."""
HEADER_SECONDS = 10_000
"""Milliseconds a client may take for the head of its request."""


def serve(
    data: Path,
    base: str,
    endpoint: str | None,
    *,
    default_graph: str | None = None,
    host: str,
    port: int,
    workers: int,
) -> None:
    """Serve until interrupted.

    Raises StoreError at once where there is nothing to serve, SettingError where the address cannot be listened at.
    """
    if endpoint is None:
        snapshot.open_current(data).close()
    else:
        _look(Endpoint(endpoint, default_graph=default_graph))
    check_address(host, port)
    logging.getLogger("_granian").addFilter(lambda record: "quite high" not in record.getMessage())  # see THREADS
    _hand_down(
        FILMGRAPH_DATA=str(data.resolve()),
        FILMGRAPH_BASE=base,
        FILMGRAPH_ENDPOINT=endpoint or "",
        FILMGRAPH_DEFAULT_GRAPH=default_graph or "",
    )
    server = Granian(
        "webapp.server:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=512,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS),
        respawn_failed_workers=True,
        factory=True,
        websockets=False,
    )
    print(f"filmgraph serves {base} on http://{host}:{port}/ (Ctrl+C ends it)", flush=True)  # noqa: T201
    server.serve()


def _look(endpoint: Endpoint) -> None:
    """Say now what the visitors would find; the site comes up all the same, for the server may come back."""
    try:
        endpoint.check()
    except FilmgraphError as error:
        print(f"filmgraph: {error}", file=sys.stderr, flush=True)  # noqa: T201


def check_address(host: str, port: int) -> None:
    """Raises SettingError where another program listens, or no socket can be bound.

    The server's own sockets share their port (its workers do), so without this look a second server would start
    beside the first and answer every other request.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as plain:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what closed a moment ago is no hindrance
            plain.bind(address)
            plain.listen(1)
    except socket.gaierror as error:
        raise SettingError(f"{host!r} is no address of this machine; choose another with --host") from error
    except OSError as error:
        raise SettingError(_refusal(error, host, port)) from error


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host!r} is no address of this machine; choose another with --host"
    return f"cannot listen on {host}:{port}: {error.strerror}; choose another with --host or --port"


def application() -> Flask:
    """The application of one worker, from the environment that ``serve`` set."""
    data = os.environ.get("FILMGRAPH_DATA")
    if not data:
        raise StoreError("FILMGRAPH_DATA is not set; start the site with `filmgraph serve`")
    base = os.environ["FILMGRAPH_BASE"]
    endpoint, merge = (os.environ.get(f"FILMGRAPH_{name}") or None for name in ("ENDPOINT", "DEFAULT_GRAPH"))
    app = create_app(Config(Path(data), base=base, endpoint=endpoint, default_graph=merge))
    cast("Site", app.extensions[KEY]).sandbox.start()
    return app


def _hand_down(**settings: str) -> None:
    """Workers are fresh processes: the environment is what reaches them."""
    os.environ.update(settings)
