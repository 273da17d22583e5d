"""The endpoint and its rivals, started on the same data: ours, the Oxigraph server of PyPI, and Virtuoso of Debian."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph import snapshot
from tests.benchmarks.client import listener
from tests.benchmarks.service import ROOT, add_raw, await_answer, served
from tests.servers import VIRTUOSO_BUFFERS, free_port, write_virtuoso_ini

FILMS = "http://example.org/films"
"""The graph that Virtuoso loads the films into."""


@dataclass
class Server:
    """A started server: its name, where it answers, and its process."""

    name: str
    address: str
    pid: int


def triples(path: Path, folder: Path) -> Path:
    """The data as plain N-Triples, unpacked into the folder if need be."""
    plain = folder / path.name.removesuffix(".gz")
    if path.suffix != ".gz":
        return path
    if not plain.exists():
        with gzip.open(path) as packed, plain.open("wb") as out:
            shutil.copyfileobj(packed, out)
    return plain


def own(data: Path, folder: Path) -> Path:
    """The triples of a data folder of ours, into the folder, where its store is found as well."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, store = folder / "own.nt", folder / "var"
    if not store.exists():
        store.symlink_to(data)
    if not plain.exists():
        with timed("dumped, for the others: filmgraph"), snapshot.open_current(data) as current:
            current.dump_triples(plain, ())
    return plain


@contextlib.contextmanager
def filmgraph(data: Path, folder: Path) -> Iterator[Server]:
    """Our own service, with the number of queries of one client not bounded."""
    store = folder / "var"
    if not (store / "current").exists():
        with timed("filmgraph"):
            add_raw(store, data)
    with served(store, rate="0") as address:
        yield Server("filmgraph", f"{address}sparql", listener(address))


@contextlib.contextmanager
def oxigraph(data: Path, folder: Path) -> Iterator[Server]:
    """The Oxigraph server of PyPI."""
    program, place, port = ROOT / ".venv/bin/oxigraph", folder / "oxigraph", free_port()
    if not place.exists():
        with timed("oxigraph"):
            subprocess.run([program, "load", "--location", place, "--file", data], check=True, capture_output=True)
    with _started([program, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"]) as pid:
        await_answer(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", None)
        yield Server("oxigraph", f"http://127.0.0.1:{port}/query", pid)


@contextlib.contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[Server]:
    """Virtuoso of Debian, with 1.5 GB for its pages."""
    place, http, port = folder / "virtuoso", free_port(), free_port()
    while port == http:
        port = free_port()
    ready = (place / "loaded").exists()
    place.mkdir(parents=True, exist_ok=True)
    write_virtuoso_ini(
        place, port=http, sql_port=port, buffers=VIRTUOSO_BUFFERS, reads=data.parent, default_graph=FILMS
    )
    with _started(["virtuoso-t", "-f", "-c", place / "virtuoso.ini"], place) as pid:
        await_answer(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", None)
        if not ready:
            with timed("virtuoso"):
                _load_virtuoso(data, port)
            (place / "loaded").touch()
        yield Server("virtuoso", f"http://127.0.0.1:{http}/sparql", pid)


@contextlib.contextmanager
def timed(name: str) -> Iterator[None]:
    """Say how long a server's loader took."""
    begun = time.monotonic()
    yield
    print(f"{name} has loaded the data in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def _load_virtuoso(data: Path, port: int) -> None:
    script = (
        f"ld_add('{data}', '{FILMS}'); rdf_loader_run(); checkpoint; SPARQL SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }};"
    )
    subprocess.run(["isql-vt", str(port), "dba", "dba", f"EXEC={script}"], check=True, capture_output=True)


@contextlib.contextmanager
def _started(command: list[str | Path], folder: Path | None = None) -> Iterator[int]:
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


SERVERS: dict[str, Callable[[Path, Path], contextlib.AbstractContextManager[Server]]] = {
    "filmgraph": filmgraph,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
}
