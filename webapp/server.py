"""Runs the site under Granian: worker processes, each with its own application."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

from graph import snapshot
from graph.errors import StoreError
from webapp import create_app
from webapp.config import Config
from webapp.site import KEY, Site

if TYPE_CHECKING:
    from flask import Flask

THREADS = 16
"""Requests that one worker answers at a time; the engine releases the interpreter's lock while it works."""
HEADER_SECONDS = 10_000
"""Milliseconds a client may take for the head of its request."""


def serve(data: Path, base: str, endpoint: str | None, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted; raises StoreError at once where there is nothing to serve."""
    if endpoint is None:
        snapshot.open_current(data).close()
    _hand_down(FILMGRAPH_DATA=str(data.resolve()), FILMGRAPH_BASE=base, FILMGRAPH_ENDPOINT=endpoint or "")
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


def application() -> Flask:
    """The application of one worker, from the environment that ``serve`` set."""
    data = os.environ.get("FILMGRAPH_DATA")
    if not data:
        raise StoreError("FILMGRAPH_DATA is not set; start the site with `filmgraph serve`")
    base = os.environ["FILMGRAPH_BASE"]
    app = create_app(Config(Path(data), base=base, endpoint=os.environ.get("FILMGRAPH_ENDPOINT") or None))
    cast("Site", app.extensions[KEY]).sandbox.start()
    return app


def _hand_down(**settings: str) -> None:
    """Workers are fresh processes: the environment is what reaches them."""
    os.environ.update(settings)
