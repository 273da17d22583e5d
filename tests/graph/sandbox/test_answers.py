"""What the sandbox answers: the bytes of the snapshot, or an error that says what is wrong with the query."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import QueryError, StoreError
from graph.sandbox import Sandbox
from graph.store import RESULT_TYPES, MalformedQueryError, RefusedQueryError, Snapshot
from tests.graph.sandbox.bounds import CSV, JSON, workers
from tests.small_graph import ONE, PREFIXES, TWO, publish


def test_answers_are_those_of_the_snapshot(sandbox: Sandbox, folder: Path) -> None:
    """An answer has the very bytes that the store gives in this process."""
    query = "SELECT ?t { ?f film:title ?t } ORDER BY ?t"
    with Snapshot.open(folder, PREFIXES) as here:
        for media_type in RESULT_TYPES:
            with sandbox.run(folder, query, media_type) as result:
                assert result.read() == here.serialize(query, media_type)
                assert (result.rows, result.size, result.media_type) == (2, len(result.read()), media_type)


def test_given_graphs_replace_those_of_the_text(sandbox: Sandbox, folder: Path) -> None:
    """The graphs of the request narrow the query, whatever FROM says."""
    count = "SELECT (COUNT(*) AS ?n) {} {{ {} }}"

    def counted(query: str, **graphs: tuple[str, ...]) -> str:
        with sandbox.run(folder, query, CSV, **graphs) as result:
            return result.read().decode().split()[1]

    films = count.format("", "?f a film:Film")
    assert counted(films) == "2"
    assert counted(films, default_graphs=(ONE,)) == "1"
    assert counted(films, named_graphs=(ONE,)) == "0"
    assert counted(count.format(f"FROM <{TWO}>", "?f film:title 'Amélie'"), default_graphs=(ONE,)) == "1"
    assert counted(count.format("", "GRAPH ?g { ?f a film:Film }"), named_graphs=(TWO,)) == "1"
    assert counted(films, default_graphs=("http://example.org/graph/none",)) == "0"


def test_large_answer_comes_in_pieces_from_a_file(sandbox: Sandbox, folder: Path) -> None:
    """An answer too large for memory is spooled, complete, and its file has no name."""
    query = "SELECT ?x ?y { VALUES ?x { " + "1 " * 150 + "} VALUES ?y { " + "2 " * 150 + "} }"
    result = sandbox.run(folder, query, CSV)
    assert not isinstance(result.file, BytesIO)
    data = b"".join(result.pieces())
    assert (len(data), result.rows) == (result.size, 150 * 150)
    assert result.file.closed
    assert data.startswith(b"x,y\r\n1,2\r\n")


def test_long_lists_are_no_chains(sandbox: Sandbox, folder: Path) -> None:
    """Ten thousand values in a list are fine."""
    values = " ".join(f"<http://example.org/{n}> -1 1.5 'x'" for n in range(2_500))
    with sandbox.run(folder, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {values} }} }}", CSV) as result:
        assert result.read() == b"n\r\n10000\r\n"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", RefusedQueryError),
        ("PREFIX a: <urn:a> DROP ALL", RefusedQueryError),
        ("LOAD <http://127.0.0.1:9/>", RefusedQueryError),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", RefusedQueryError),
        ("SELECT * FROM <http://127.0.0.1:9/> {}", RefusedQueryError),
        ("SELECT * FROM NAMED <https://127.0.0.1:9/> {}", RefusedQueryError),
        ("SELECT * { ?s ?p }", MalformedQueryError),
        ("", MalformedQueryError),
        ("ASK { \0 }", MalformedQueryError),
        ("ASK { '\ud800' }", MalformedQueryError),
        ("SELECT (<urn:f>(1) AS ?x) {}", QueryError),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", QueryError),
    ],
)
def test_bad_query_is_a_query_error(sandbox: Sandbox, folder: Path, query: str, error: type[QueryError]) -> None:
    """Whatever is wrong with a text, the error says so, and no process is lost."""
    before = workers(sandbox)
    with pytest.raises(error) as caught:
        sandbox.run(folder, query, JSON)
    assert type(caught.value) is error or error is QueryError
    assert before <= workers(sandbox)


def test_damaged_snapshot_is_a_store_error(sandbox: Sandbox, tmp_path: Path) -> None:
    """A folder without a snapshot is not the query's fault."""
    with pytest.raises(StoreError, match="no snapshot"):
        sandbox.run(tmp_path / "none", "ASK {}", JSON)


def test_each_query_runs_on_the_snapshot_that_it_names(sandbox: Sandbox, tmp_path: Path) -> None:
    """The processes move to a new snapshot with the first query that names it."""
    for n in (1, 2, 1):
        data = tmp_path / str(n)
        if not data.exists():
            publish(data, {ONE: f":x :n {n} ."})
        path = snapshot.current(data)
        assert path is not None
        with sandbox.run(path, "SELECT ?n { ?s <http://example.org/n> ?n }", CSV) as result:
            assert result.read() == f"n\r\n{n}\r\n".encode()
