"""Runs the site under Granian: worker processes, each with its own application."""

from __future__ import annotations

import errno
import gc
import os
import resource
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from typing import cast

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from werkzeug.middleware.proxy_fix import ProxyFix

from graph import snapshot
from graph.errors import FilmgraphError, SettingError, StoreError
from graph.store import Endpoint
from graph.store.ahead import read_ahead
from webapp import create_app, memory, warm
from webapp.config import Config
from webapp.gateway import Gateway
from webapp.ready import SEEN, Ready
from webapp.settings import MB, WEB_PROCESS, read_bounds, read_telling
from webapp.site import KEY, Site
from webapp.sockets import Server
from webapp.sparql import SPARQL, Express
from webapp.telemetry.journal import Journal
from webapp.telemetry.lines import JSON, configuration, tell
from webapp.telemetry.recorded import Recorded

HEAD_MILLISECONDS = 10_000
"""How long a client may take for the head of its request, and how long a connection may be idle."""
HEAD_BYTES = 128 * 1024
CONNECTIONS = 4_000
"""Connections that one worker holds at a time."""
LIFETIME = 24 * 3600
"""Seconds after which a worker is replaced by a fresh one."""


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
    read_bounds().limits(workers)
    log = read_telling(terminal=sys.stdout.isatty()).log
    check_address(host, port)
    _allow_files()
    _hand_down(
        FILMGRAPH_DATA=str(data.resolve()),
        FILMGRAPH_BASE=base,
        FILMGRAPH_ENDPOINT=endpoint or "",
        FILMGRAPH_DEFAULT_GRAPH=default_graph or "",
        FILMGRAPH_WORKERS=str(workers),
        FILMGRAPH_LOG=log,
    )
    server = Server(
        "webapp.server:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backlog=1024,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,  # looking for HTTP/2 would wait for a first byte without end
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS, max_buffer_size=HEAD_BYTES),
        respawn_failed_workers=True,
        respawn_interval=3,
        workers_lifetime=LIFETIME,
        workers_max_rss=WEB_PROCESS,
        rss_samples=3,
        factory=True,
        websockets=False,
        log_dictconfig=configuration(log),
    )
    if log != JSON:
        print(f"filmgraph serves {base} on http://{host}:{port}/ (Ctrl+C ends it)", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory(prefix="filmgraph-") as counts:
        _hand_down(FILMGRAPH_COUNTS=counts)
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


def application() -> Recorded:
    """What one worker runs, from the environment that ``serve`` set.

    Told to end before it has visitors, it ends at once; the server listens for that itself when it begins.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    data = os.environ.get("FILMGRAPH_DATA")
    if not data:
        raise StoreError("FILMGRAPH_DATA is not set; start the site with `filmgraph serve`")
    endpoint, merge = (os.environ.get(f"FILMGRAPH_{name}") or None for name in ("ENDPOINT", "DEFAULT_GRAPH"))
    bounds, telling = read_bounds(), read_telling()
    memory.share_heaps()
    tell(telling.log)
    app = create_app(
        Config(
            Path(data),
            base=os.environ["FILMGRAPH_BASE"],
            endpoint=endpoint,
            default_graph=merge,
            answers=bounds.answers * MB,
            limits=bounds.limits(int(os.environ["FILMGRAPH_WORKERS"])),
            rate=bounds.rate,
            slow_seconds=bounds.slow_seconds,
            dev=bounds.dev == 1,
            metrics=telling.metrics,
            contact=telling.contact,
            mounted=telling.mount,
            counts=Path(os.environ["FILMGRAPH_COUNTS"]),
        )
    )
    if bounds.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=bounds.proxies, x_proto=0)  # type: ignore[method-assign]
    site = cast("Site", app.extensions[KEY])
    if site.follower is not None:
        memory.Bounded(site.follower.refresh).watch()
        place = snapshot.current(Path(data))
        site.sandbox.start(place)
        if place is not None:
            threading.Thread(target=read_ahead, args=(place / "store",), name="read-ahead", daemon=True).start()
    warm.begin(app, site)
    gc.collect()
    gc.freeze()  # what is there now stays, and need not be looked through again and again
    return Recorded(
        Gateway(
            app.wsgi_app,
            ready=_ready(site),
            express=Express(app.extensions[SPARQL], site.at_hand, bounds.proxies, site.config.root),
        ),
        Journal(site.counts, telling.log),
        lambda: site.follower.version if site.follower else None,
    )


def _ready(site: Site) -> Ready | None:
    """Where answers lie ready that hold for a snapshot; a remote server's data may change at any time."""
    return None if site.follower is None else Ready(site.config.cache, site.follower.target, SEEN)


def _allow_files() -> None:
    """Let the workers hold as many connections as the system allows this program."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _hand_down(**settings: str) -> None:
    """Workers are fresh processes: the environment is what reaches them."""
    os.environ.update(settings)
