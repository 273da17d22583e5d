"""Real SPARQL servers on ports and in folders of their own, for tests: Oxigraph's (PyPI) and Virtuoso (Debian)."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from graph import push
from graph.build import Place
from graph.errors import StoreError
from graph.store import Endpoint, GraphStore, UpdateService
from webapp.site import KEY, Site

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
START = 180.0
"""Seconds that a server may take to come up, or to answer, on a machine however loaded."""
LOWEST = 12_000
PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")

VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {reads}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
"""
VIRTUOSO_BUFFERS = 170_000
"""Two gigabytes of buffers, as Virtuoso's manual has it for a machine of four."""


def write_virtuoso_ini(
    folder: Path, *, port: int, sql_port: int, buffers: int = 20_000, reads: Path = Path(), default_graph: str = ""
) -> None:
    """Virtuoso's settings for a database in a folder: ports, 8 KB buffers, and where its loader may read."""
    text = VIRTUOSO.format(port=port, sql_port=sql_port, buffers=buffers, dirty=buffers * 3 // 4, reads=reads)
    text += f"DefaultGraph = {default_graph}\n" if default_graph else ""
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: where it is asked, where graphs and updates are written, and who may write."""

    query: str
    store: str
    update: str
    credentials: tuple[str, str] | None = None
    default_graph: str | None = None
    """Where the merge of all graphs goes: a server without a default graph of its own needs a graph for it."""

    def endpoint(self, **options: object) -> Endpoint:
        """What asks the server."""
        return Endpoint(self.query, default_graph=self.default_graph, timeout=START, **options)  # type: ignore[arg-type]

    def target(self, *, update: bool = False) -> push.Target:
        """What ``push`` writes to."""
        url = self.update if update else self.store
        service = (UpdateService if update else GraphStore)(url, self.credentials)
        return push.Target(service, url, self.default_graph)


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to outgoing connections meanwhile."""
    for port in random.SystemRandom().sample(range(LOWEST, _given_out()), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("a hundred ports are in use")


def _given_out() -> int:
    """The first port that the system chooses itself."""
    with suppress(OSError):
        return max(LOWEST + 1000, int(PORTS.read_text(encoding="ascii").split()[0]))
    return LOWEST + 1000


def patient(app: Flask) -> Flask:
    """A site that answers and explains queries on a machine however loaded."""
    site: Site = app.extensions[KEY]
    site.explainer._deadline = START
    site.sandbox.limits = replace(site.sandbox.limits, timeout=START, max_timeout=START, patience=START)
    if site.endpoint is not None:
        site.endpoint._timeout = START
    return app


@contextmanager
def running(command: Sequence[str | Path], folder: Path, endpoint: Endpoint) -> Iterator[None]:
    """A server's process, from when it answers until the end of the block."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(endpoint, process)
            yield
        finally:
            process.kill()


def _await(endpoint: Endpoint, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            endpoint.ask("ASK {}")
        except StoreError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server {process.args!r} did not start")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """An Oxigraph server on the store in a folder, or on a new one."""
    if not OXIGRAPH.exists():
        pytest.skip("the Oxigraph server is not installed")
    folder.mkdir(exist_ok=True)
    address = f"127.0.0.1:{free_port()}"
    server = Server(f"http://{address}/query", f"http://{address}/store", f"http://{address}/update")
    command: list[str | Path] = [OXIGRAPH, "serve", "--location", folder, "--bind", address, *options]
    with running(command, folder, Endpoint(server.query)):
        yield server


@contextmanager
def virtuoso(folder: Path, base: str) -> Iterator[Server]:
    """A Virtuoso on a database of its own."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("Virtuoso is not installed; get it with: apt-get install virtuoso-opensource-7-bin")
    folder.mkdir(exist_ok=True)
    port = free_port()
    write_virtuoso_ini(folder, port=port, sql_port=free_port())
    address = f"http://127.0.0.1:{port}"
    server = Server(
        f"{address}/sparql",
        f"{address}/sparql-graph-crud-auth",
        f"{address}/sparql-auth",
        ("dba", "dba"),
        f"{base}graph/merged",
    )
    with running(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], folder, Endpoint(server.query)):
        yield server


@contextmanager
def loaded(name: str, folder: Path, place: Place) -> Iterator[Server]:
    """A server of this name that holds what the current snapshot of a place holds."""
    with oxigraph(folder) if name == "oxigraph" else virtuoso(folder, place.base) as server:
        push.push(place.data, server.target())
        yield server
