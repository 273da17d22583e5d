"""The remote store, against a real Oxigraph server, and against servers that misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graph import push, snapshot
from graph.errors import QueryError, StoreError
from graph.store import (
    GRAPH_TYPES,
    RESULT_TYPES,
    Endpoint,
    MalformedQueryError,
    QuerySource,
    RefusedQueryError,
    Snapshot,
)
from tests.servers import START, free_port, oxigraph
from tests.small_graph import PREFIXES, publish


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small graph."""
    folder = tmp_path_factory.mktemp("endpoint")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def embedded(data: Path) -> Iterator[Snapshot]:
    """The small graph in the embedded store."""
    with snapshot.open_current(data, PREFIXES) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[str]:
    """A server with the small graph, whose default graph is the union."""
    with oxigraph(tmp_path_factory.mktemp("server"), "--union-default-graph") as server:
        push.push(data, replace(server.target(), union=True))
        yield server.query


@pytest.fixture
def remote(url: str) -> Endpoint:
    """The small graph in the server."""
    return Endpoint(url, prefixes=PREFIXES, timeout=START)


SELECTS = (
    "SELECT ?f ?t ?y { ?f film:title ?t ; film:year ?y } ORDER BY ?t",
    "SELECT ?n ?whom { ?r film:performer/film:name ?n OPTIONAL { ?r film:roleDescription ?whom } } ORDER BY ?n",
    'SELECT * { VALUES (?a ?b) { (1.5 "é\\n\\t\\"") (true UNDEF) (1e3 "x"@en) ("2020-01-01"^^xsd:date <http://e/>) } }',
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "PREFIX x: <https://w3id.org/filmgraph#> SELECT ?t { ?f x:title ?t } ORDER BY ?t",
)


@pytest.mark.parametrize("query", SELECTS)
def test_rows_are_the_same_on_both_engines(embedded: QuerySource, remote: QuerySource, query: str) -> None:
    """The server and the embedded store give the same rows, in the same Python types."""
    ours, theirs = embedded.select(query), remote.select(query)
    assert ours == theirs
    assert len(ours) > 0
    assert [[type(cell) for cell in row] for row in ours] == [[type(cell) for cell in row] for row in theirs]


@pytest.mark.parametrize("media_type", [*RESULT_TYPES, *GRAPH_TYPES])
def test_serialisations_are_the_same_on_both_engines(
    embedded: QuerySource, remote: QuerySource, media_type: str
) -> None:
    """The answer in every media type has the same bytes, whatever the server itself speaks."""
    query = "SELECT ?t { ?f film:title ?t } ORDER BY ?t"
    if media_type in GRAPH_TYPES:
        query = "CONSTRUCT { ?f film:title ?t } WHERE { ?f film:title ?t } ORDER BY ?t LIMIT 1"
    assert embedded.serialize(query, media_type) == remote.serialize(query, media_type)


def test_triples_and_booleans_are_the_same_on_both_engines(embedded: QuerySource, remote: QuerySource) -> None:
    """CONSTRUCT, DESCRIBE and ASK agree too."""
    everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert embedded.construct(everything) == remote.construct(everything)
    assert embedded.describe("http://example.org/roth") == remote.describe("http://example.org/roth") != b""
    for query in ("ASK { ?s film:title 'Amélie' }", "ASK { ?s film:title 'No such film' }"):
        assert embedded.ask(query) == remote.ask(query)
    assert remote.version.startswith("http://127.0.0.1:")


def test_malformed_query_is_explained_in_the_servers_words(remote: Endpoint) -> None:
    """The server's own message reaches the user."""
    with pytest.raises(MalformedQueryError, match="cannot read the query"):
        remote.select("SELECT * { ?s ?p }")


@pytest.mark.parametrize("query", ["INSERT DATA { <a:a> <a:b> 1 }", "CLEAR ALL"])
def test_updates_are_never_sent(remote: Endpoint, query: str) -> None:
    """An update does not leave this machine."""
    with pytest.raises(RefusedQueryError):
        remote.select(query)


def test_wrong_form_is_an_error_before_anything_is_sent() -> None:
    """The form of a query is checked without asking the server."""
    with pytest.raises(QueryError, match="expected SELECT"):
        Endpoint("http://127.0.0.1:9/").select("ASK {}")


def test_union_is_checked(remote: Endpoint, tmp_path: Path, data: Path) -> None:
    """A server whose default graph does not hold what its graphs hold is found out, with what to do."""
    remote.check()
    with oxigraph(tmp_path / "server") as server:
        push.push(data, replace(server.target(), union=True))
        with pytest.raises(StoreError, match=r"filmgraph push.*--union-default-graph"):
            server.endpoint().check()
        with pytest.raises(StoreError, match=r"FILMGRAPH_DEFAULT_GRAPH, is empty; fill it with `filmgraph push`"):
            Endpoint(server.query, default_graph="http://e/merged").check()
        push.push(data, server.target())
        server.endpoint().check()


def test_absent_server_is_explained() -> None:
    """A server that is away is a StoreError in plain words, after the retries."""
    url = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(StoreError, match=r"cannot be reached.*is its address right"):
        Endpoint(url).ask("ASK {}")


class Scripted(BaseHTTPRequestHandler):
    """Hangs up on the first request and answers the second; remembers what was asked."""

    seen: list[tuple[str, str]]
    answers: list[bytes | None]

    def do_POST(self) -> None:
        """Answer, or hang up where the script says None."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.headers["User-Agent"], self.headers["Accept"]))
        answer = self.answers.pop(0)
        if answer is None:
            return
        self.wfile.write(b"HTTP/1.0 " + answer)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def scripted() -> Iterator[tuple[str, type[Scripted]]]:
    """A server that does as its script says; its URL and its handler."""

    class Handler(Scripted):
        seen: list[tuple[str, str]] = []  # noqa: RUF012  # one list for each fixture
        answers: list[bytes | None] = []  # noqa: RUF012

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", Handler
    server.shutdown()
    server.server_close()


TRUE = b'200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{"head":{},"boolean":true}'


def test_a_lost_connection_is_tried_again(scripted: tuple[str, type[Scripted]]) -> None:
    """A server that hangs up without an answer is asked again, with the same agent."""
    url, handler = scripted
    handler.answers[:] = [None, TRUE]
    assert Endpoint(url, agent="filmgraph/test").ask("ASK {}")
    assert handler.seen == [("filmgraph/test", "application/sparql-results+json")] * 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"500 Oops\r\n\r\ntoo much", "failed on the query: too much"),
        (b"503 Busy\r\n\r\nlater", "HTTP status 503"),
        (b"404 None\r\n\r\n", "refused"),
        (TRUE.replace(b"\r\n", b"\r\nX-SPARQL-MaxRows: 10\r\n", 1), "no more than 10 rows, and cut this answer"),
        (b"200 OK\r\nContent-Type: text/html\r\n\r\n<html>login</html>", "something else than SPARQL results"),
    ],
)
def test_an_answered_query_is_not_sent_again(scripted: tuple[str, type[Scripted]], answer: bytes, says: str) -> None:
    """Any answer, however bad, ends the attempts, and the error says what came."""
    url, handler = scripted
    handler.answers[:] = [answer, TRUE]
    with pytest.raises(StoreError, match=says):
        Endpoint(url).ask("ASK {}")
    assert len(handler.seen) == 1


def test_a_slow_server_times_out() -> None:
    """A server that accepts and says nothing is given up after the timeout."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(StoreError, match=r"did not answer within 0\.5 seconds"):
            Endpoint(url, timeout=0.5).ask("ASK {}")
