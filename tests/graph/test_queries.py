"""Every query file runs as it stands, and gives the same rows on the embedded engine and on a remote server."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import build, ontology, query, snapshot
from graph.errors import StoreError
from graph.store import Endpoint, Form, QuerySource, Snapshot, outline, read_prefixes

OXIGRAPH = Path(__file__).parents[2] / ".venv" / "bin" / "oxigraph"
NAMES = [name for folder in ("", "context", "examples", "infer", "known", "sidecar") for name in query.names(folder)]


@pytest.fixture(scope="module")
def embedded(sample: build.Place) -> Iterator[Snapshot]:
    """The sample's snapshot."""
    with snapshot.open_current(sample.data, read_prefixes(ontology.PREFIXES)) as current:
        yield current


@pytest.fixture(scope="module")
def remote(embedded: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The same data in an Oxigraph server: the named graphs, and their merge as the default graph."""
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "named.nq").write_bytes(embedded.dump())
    (folder / "merge.nt").write_bytes(embedded.construct("CONSTRUCT WHERE { ?s ?p ?o }"))
    store = ["--location", str(folder / "store")]
    subprocess.run([OXIGRAPH, "load", *store, "-f", folder / "named.nq", folder / "merge.nt"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([OXIGRAPH, "serve-read-only", *store, "--bind", f"127.0.0.1:{port}"]) as server:
        try:
            yield _ready(Endpoint(f"http://127.0.0.1:{port}/query", prefixes=read_prefixes(ontology.PREFIXES)))
        finally:
            server.kill()


def _ready(endpoint: Endpoint) -> Endpoint:
    for _ in range(100):
        try:
            endpoint.ask("ASK {}")
        except StoreError:
            time.sleep(0.1)
        else:
            return endpoint
    pytest.fail("the Oxigraph server did not start within ten seconds")


Answer = tuple[tuple[str, ...], list[str]]


def answer(source: QuerySource, text: str) -> Answer:
    """The variables and the sorted rows; the lines of a graph, or a truth value, are rows of no variables."""
    form = outline(text).form
    if form is Form.SELECT:
        rows = source.select(text)
        return rows.variables, sorted(map(repr, rows.rows))
    if form is Form.ASK:
        return (), [repr(source.ask(text))]
    return (), source.construct(text).decode().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same(name: str, embedded: Snapshot, remote: Endpoint) -> None:
    """The file runs as written; a LIMIT without a total order is the only reason for another row."""
    text = query.load(name).text
    here, there = answer(embedded, text), answer(remote, text)
    if "LIMIT" in text and here != there:
        assert here[0] == there[0]
        assert len(here[1]) == len(there[1]) > 0
    else:
        assert here == there


@pytest.mark.parametrize(
    "name", [name for name in NAMES if not name.startswith(("context", "infer", "known", "sidecar"))]
)
def test_every_sample_term_finds_something(name: str, embedded: Snapshot) -> None:
    """A query file shows at least one row on the bundled sample, so that a reader learns from it."""
    text = query.load(name).text
    if outline(text).form is Form.SELECT:
        assert embedded.select(text).rows, name
