"""Loading snapshots into remote servers: whole, what changed, and from where an earlier attempt ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmgraph import main
from graph import build, snapshot
from graph.errors import StoreError
from graph.push import Pushed, Target, push
from graph.store import Endpoint, RemoteGraphs
from tests.servers import Server, free_port, oxigraph, virtuoso
from tests.small_graph import ONE, TURTLE, TWO, nquads, publish

ODD = r"""
  :a :p "line\nfeed and \"quotes\" and \\ and é and 𝄞"@fr , "1999"^^xsd:gYear , 1.5 , true , "2020-02-29"^^xsd:date ;
     :q <http://example.org/%C3%A9?x=1&y=(2)> , "" , "\t" .
"""
BASE = "http://example.org/"


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An empty server of each kind."""
    folder = tmp_path_factory.mktemp(request.param)
    with oxigraph(folder) if request.param == "oxigraph" else virtuoso(folder, BASE) as started:
        yield started


def graph_on(server: Server, iri: str) -> bytes:
    """What the server says of one graph."""
    return server.endpoint().construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")


def triples(turtle: str) -> bytes:
    """The sorted N-Triples of a graph."""
    return b"".join(line.rsplit(b" <", 1)[0] + b" .\n" for line in nquads(turtle, ONE).splitlines())


@pytest.mark.parametrize("update", [False, True])
def test_a_server_holds_what_the_snapshot_holds(server: Server, tmp_path: Path, update: bool) -> None:
    """Each graph arrives whole, odd literals too; the merge says each triple once; what is gone is deleted."""
    publish(tmp_path, {ONE: ODD, TWO: TURTLE[TWO]})
    target, remote = server.target(update=update), server.endpoint()
    assert push(tmp_path, target, afresh=True).sent == 3
    assert graph_on(server, ONE) == triples(ODD)
    with snapshot.open_current(tmp_path) as here:
        everything = "CONSTRUCT WHERE { ?s ?p ?o }"
        assert remote.construct(everything) == here.construct(everything)
    publish(tmp_path, {TWO: ODD}, drop=[ONE])
    assert push(tmp_path, target) == Pushed(
        2, sent=2, deleted=1, unchanged=0, triples=2 * len(triples(ODD).splitlines())
    )
    assert graph_on(server, ONE) == b""
    assert graph_on(server, TWO) == triples(ODD)
    assert remote.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [(len(triples(ODD).splitlines()),)]
    assert push(tmp_path, target) == Pushed(2, sent=0, deleted=0, unchanged=2, triples=0)


def test_an_earlier_snapshot_can_be_pushed(server: Server, tmp_path: Path) -> None:
    """The number chooses; the server then holds that state."""
    publish(tmp_path, {ONE: ":x :y 1 ."})
    publish(tmp_path, {ONE: ":x :y 2 ."})
    assert push(tmp_path, server.target(), afresh=True).number == 2
    assert push(tmp_path, server.target(), number=1).number == 1
    assert graph_on(server, ONE) == triples(":x :y 1 .")
    with pytest.raises(StoreError, match="there is no snapshot 7"):
        push(tmp_path, server.target(), number=7)


class Broken:
    """A server that is gone after some requests."""

    most_lines = 1_000

    def __init__(self, server: RemoteGraphs, after: int) -> None:
        self.server, self.left = server, after
        self.requests: list[tuple[str, str | None]] = []

    def _count(self, what: str, graph: str | None) -> None:
        if not self.left:
            raise StoreError("gone")
        self.left -= 1
        self.requests.append((what, graph))

    def replace(self, graph: str | None, ntriples: bytes) -> None:
        """Replace, if there is still a server."""
        self._count("replace", graph)
        self.server.replace(graph, ntriples)

    def append(self, graph: str | None, ntriples: bytes) -> None:
        """Append, if there is still a server."""
        self._count("append", graph)
        self.server.append(graph, ntriples)

    def delete(self, graph: str | None) -> None:
        """Delete, if there is still a server."""
        self._count("delete", graph)
        self.server.delete(graph)


def test_an_interrupted_push_goes_on_from_there(server: Server, tmp_path: Path) -> None:
    """Pieces that arrived are not sent again, and in the end everything is there, once."""
    many = " ".join(f':s{i} :p "{i} {"x" * 100}" .' for i in range(300))
    publish(tmp_path, {ONE: many, TWO: TURTLE[TWO]})
    whole = server.target()
    first, second = Broken(whole.graphs, 5), Broken(whole.graphs, 1000)
    with pytest.raises(StoreError, match="gone"):
        push(tmp_path, replace(whole, graphs=first), chunk=4_000, afresh=True)
    assert first.requests == [("replace", ONE)] + 4 * [("append", ONE)]
    push(tmp_path, replace(whole, graphs=second), chunk=4_000)
    assert second.requests[0] == ("append", ONE)
    total = len((triples(many) + triples(TURTLE[TWO])).splitlines())
    assert server.endpoint().select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [(total,)]
    assert graph_on(server, ONE) == triples(many)


def test_a_piece_has_bounded_size(tmp_path: Path) -> None:
    """No request is larger than the chunk, unless one triple alone is."""
    sizes: list[int] = []

    class Scales(Broken):
        def __init__(self) -> None:
            self.requests = []

        def replace(self, graph: str | None, ntriples: bytes) -> None:
            sizes.append(len(ntriples))

        append = replace

    publish(tmp_path, {ONE: " ".join(f':s{i} :p "{"x" * (5_000 if i == 7 else 90)}" .' for i in range(100))})
    push(tmp_path, Target(Scales(), "http://e/"), chunk=2_000)
    assert sorted(sizes)[-3] <= 2_000 < max(sizes) < 5_200
    assert len(sizes) > 10


def test_blank_nodes_become_iris(tmp_path: Path) -> None:
    """A node without a name gets one under the base, so that pieces can be sent one by one."""
    raw = tmp_path / "raw.ttl"
    raw.write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .")
    place = build.Place(tmp_path / "var", "http://localhost:8000/")
    build.import_raw(place, [raw])
    with oxigraph(tmp_path / "server") as started:
        push(place.data, started.target())
        rows = started.endpoint().select("SELECT ?b { <urn:a> <urn:p> ?b . ?b <urn:q> 1 }").rows
    assert len(rows) == 1
    assert str(rows[0][0]).startswith("http://localhost:8000/.well-known/genid/")


def run(data: Path, *words: str, **env: str) -> tuple[int, str, str]:
    """The command line on a data folder: exit code, output, errors."""
    result = CliRunner().invoke(main, ["--data", str(data), *words], env=env)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_pushes_and_says_what_it_did(server: Server, tmp_path: Path) -> None:
    """Credentials and the graph of the merge come from the environment; a wrong password is named."""
    publish(tmp_path)
    env = {"FILMGRAPH_DEFAULT_GRAPH": server.default_graph or ""}
    if server.credentials:
        code, _, problem = run(tmp_path, "push", server.store, **env, FILMGRAPH_USER="dba", FILMGRAPH_PASSWORD="no")  # noqa: S106
        assert code == 1
        assert "set FILMGRAPH_USER and FILMGRAPH_PASSWORD" in problem
        env |= {"FILMGRAPH_USER": server.credentials[0], "FILMGRAPH_PASSWORD": server.credentials[1]}
    code, said, problem = run(tmp_path, "push", server.store, "--all", **env)
    assert (code, problem) == (0, "")
    assert said.startswith(f"snapshot 1 is at {server.store}: 3 graphs sent (")
    assert "0 graphs sent (0 triples), 3 unchanged, 0 deleted" in run(tmp_path, "push", server.store, **env)[1]


def test_each_change_reaches_the_update_service(place: build.Place, tmp_path: Path) -> None:
    """With FILMGRAPH_UPDATE_ENDPOINT set, what is added, removed and rolled back is seen on the server at once."""
    review = tmp_path / "lantern.txt"
    review.write_text("Title: The Lantern (1987)\n\nOdd Nylund plays the keeper Arvid Moe with quiet force.\n")
    with oxigraph(tmp_path / "server") as started:
        env = {"FILMGRAPH_UPDATE_ENDPOINT": started.update, "FILMGRAPH_ENDPOINT": started.query}
        remote = Endpoint(started.query)
        ask = "ASK { ?film a <https://w3id.org/filmgraph#Film> }"
        code, said, problem = run(place.data, "add", str(review), **env)
        assert (code, problem) == (0, "")
        assert f"snapshot 1 is at {started.update}" in said
        assert remote.ask(ask)
        source = run(place.data, "stats", "--sources", **env)[1].split()[0]
        assert run(place.data, "remove", source, **env)[0] == 0
        assert not remote.ask(ask)
        assert run(place.data, "snapshots", "rollback", "1", **env)[0] == 0
        assert remote.ask(ask)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["push"], 2, "give the URL of a graph store"),
        (["push", "localhost"], 1, "URL is 'localhost'"),
        (["push", f"http://127.0.0.1:{free_port()}/store"], 1, "cannot be reached; is the server running?"),
        (["--update-endpoint", "x", "stats"], 1, "--update-endpoint is 'x'"),
    ],
)
def test_mistakes_are_one_line(tmp_path: Path, words: list[str], code: int, message: str) -> None:
    """A wrong or dead address is answered with what to do."""
    publish(tmp_path)
    exit_code, _, problem = run(tmp_path, *words)
    assert exit_code == code
    assert message in problem
    assert "Traceback" not in problem


def test_an_address_that_is_no_graph_store_is_named(tmp_path: Path) -> None:
    """The query address in place of the store's is the likely mistake."""
    publish(tmp_path)
    with oxigraph(tmp_path / "server") as started:
        code, _, problem = run(tmp_path, "push", started.query)
    assert code == 1
    assert "is this the address of its graph store" in problem
