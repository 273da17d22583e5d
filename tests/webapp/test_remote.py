"""The site over a SPARQL server in place of a snapshot."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import build, snapshot
from tests.webapp.conftest import CASES
from tests.webapp.reading import graph, soup, words
from webapp import Config, create_app

OXIGRAPH = Path(__file__).parents[2] / ".venv" / "bin" / "oxigraph"


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of the site over an Oxigraph server that holds a small graph."""
    place = build.Place(tmp_path_factory.mktemp("remote"), "http://localhost:8000/")
    build.import_facts(place, CASES / "odd.toml")
    with snapshot.open_current(place.data) as current:
        (place.data / "all.nq").write_bytes(current.dump())
    store = ["--location", str(place.data / "oxigraph")]
    subprocess.run([OXIGRAPH, "load", *store, "-f", place.data / "all.nq"], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(OXIGRAPH), "serve-read-only", *store, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        _wait(port)
        yield create_app(Config(place.data, endpoint=f"http://127.0.0.1:{port}/query")).test_client()
        server.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/films", "/films?order=year", "/people", "/characters", "/genres", "/reviews", "/about", "/ontology",
        "/film/the-quiet-harbour-1961", "/person/piet-doorn", "/character/the-quiet-harbour-1961/louise-farrow",
        "/sitemap.xml", "/healthz", "/query",
    ],
)  # fmt: skip
def test_every_page_works_on_a_server(remote: FlaskClient, path: str) -> None:
    """The pages need nothing that a SPARQL 1.1 server does not give."""
    answer = remote.get(path)
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_a_film_has_its_cast_and_its_rdf(remote: FlaskClient) -> None:
    """Who played whom comes from the server, in HTML and in RDF."""
    path = "/film/the-quiet-harbour-1961"
    assert "Louise Farrow" in words(soup(remote.get(path)))
    assert len(graph(remote.get(path, headers={"Accept": "text/turtle"}))) > 20


def test_search_reads_the_labels(remote: FlaskClient) -> None:
    """Without a search index, names are still found, though only as they are spelt."""
    page = soup(remote.get("/search?q=harbour"))
    assert {words(label) for label in page.select(".found .label")} == {
        "The Quiet Harbour (1961)",
        "The Quiet Harbour Again (1970)",
    }


def test_queries_run_on_the_server(remote: FlaskClient) -> None:
    """The query page asks the server."""
    page = soup(remote.get('/query?query=ASK { ?film film:title "The Quiet Harbour" }'))
    assert "yes" in words(page).split()
