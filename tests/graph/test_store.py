"""The embedded store: what queries give, what they may not do, what the writer keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph, URIRef

from graph import snapshot
from graph.errors import QueryError, StoreError
from graph.store import (
    GRAPH_TYPES,
    RESULT_TYPES,
    Form,
    Iri,
    MalformedQueryError,
    RefusedQueryError,
    Snapshot,
    Writer,
    outline,
    types_for,
)
from tests.small_graph import ONE, PREFIXES, TURTLE, TWO, nquads, publish

FILM = "https://w3id.org/filmgraph#"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The small graph, published and open."""
    data = tmp_path_factory.mktemp("store")
    publish(data)
    with snapshot.open_current(data, PREFIXES) as opened:
        yield opened


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("<http://e/x>", Iri("http://e/x")),
        ('"text"', "text"),
        ('"texte"@fr', "texte"),
        ("42", 42),
        ('"2001"^^xsd:gYear', 2001),
        ('"07"^^xsd:byte', 7),
        ("3.75", 3.75),
        ("1e3", 1000.0),
        ("true", True),
        ('"2020-01-31"^^xsd:date', "2020-01-31"),
        ('"no number"^^xsd:integer', "no number"),
        ("?unbound", None),
    ],
)
def test_term_becomes_a_plain_value(small: Snapshot, expression: str, value: object) -> None:
    """Each kind of RDF term becomes one kind of Python value."""
    found = small.select(f"SELECT (({expression}) AS ?x) {{}}" if expression != "?unbound" else "SELECT ?unbound {}")
    assert found.rows == [(value,)]
    assert type(found.rows[0][0]) is type(value)


def test_variables_keep_their_order_and_rows_their_length(small: Snapshot) -> None:
    """A row has a cell for every variable, in the order of the SELECT."""
    found = small.select("SELECT ?year ?title ?nothing { ?f film:title ?title ; film:year ?year } ORDER BY ?year")
    assert found.variables == ("year", "title", "nothing")
    assert list(found) == [(1962, "The Broken Bell", None), (2001, "Amélie", None)]


def test_default_graph_is_the_union(small: Snapshot) -> None:
    """Without FROM a query sees every graph, with FROM only the graph it names."""
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?film a film:Film }}"
    assert small.select(count.format("")).rows == [(2,)]
    assert small.select(count.format(f"FROM <{ONE}>")).rows == [(1,)]
    assert small.select(count.format(f"FROM <{ONE}> FROM <{TWO}>")).rows == [(2,)]
    assert small.ask(f"ASK FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?film film:title 'The Broken Bell' }} }}")
    assert not small.ask(f"ASK FROM NAMED <{TWO}> {{ ?film a film:Film }}")


def test_the_word_from_in_a_string_changes_nothing(small: Snapshot) -> None:
    """Only the keyword FROM narrows a query to a graph."""
    assert small.ask("ASK { ?f film:title 'Amélie' FILTER('from <http://e/>' != '') }")


def test_describe_gives_the_outgoing_triples(small: Snapshot) -> None:
    """The description of a resource is all triples of which it is the subject, sorted."""
    lines = small.describe("http://example.org/tautou").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 3
    assert all(line.startswith(b"<http://example.org/tautou> ") for line in lines)


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_triples_in_every_syntax_are_the_same(small: Snapshot, media_type: str) -> None:
    """Every syntax carries the same triples."""
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    syntax = {"application/ld+json": "json-ld", "application/trig": "turtle", "application/n-quads": "nt"}
    parsed = Graph().parse(small.serialize(query, media_type), format=syntax.get(media_type, media_type))
    assert set(parsed) == set(Graph().parse(small.construct(query), format="nt"))
    assert len(parsed) > 30


@pytest.mark.parametrize("media_type", RESULT_TYPES)
def test_rows_are_serialised_in_every_results_format(small: Snapshot, media_type: str) -> None:
    """Every results format holds the value."""
    assert b"Broken Bell" in small.serialize("SELECT ?t { ?f film:title ?t }", media_type)


@pytest.mark.parametrize(("query", "media_type"), [("ASK {}", "text/turtle"), ("DESCRIBE <http://e/>", "text/csv")])
def test_wrong_format_for_the_form_is_an_error(small: Snapshot, query: str, media_type: str) -> None:
    """A boolean cannot be Turtle and triples cannot be CSV; the message lists what is possible."""
    with pytest.raises(QueryError, match="ask for one of: "):
        small.serialize(query, media_type)


def test_xml_results_are_well_formed_whatever_the_data(small: Snapshot) -> None:
    """Characters that XML forbids are replaced, wherever the pieces of the answer are cut."""
    text = "".join(f"{n:05d}\\u0001\\uFFFE&<é日" for n in range(5000))
    answer = small.serialize(f'SELECT ("{text}" AS ?x) ("b\\u0008" AS ?y) {{}}', "application/sparql-results+xml")
    document = ET.fromstring(answer)  # noqa: S314  # our own answer
    literals = [node.text or "" for node in document.iter() if node.tag.endswith("literal")]
    assert literals == ["".join(f"{n:05d}��&<é日" for n in range(5000)), "b�"]


def test_rdf_xml_refuses_a_property_that_it_cannot_name(small: Snapshot) -> None:
    """Where RDF/XML has no name for a property the answer is an error, not a broken document."""
    with pytest.raises(QueryError, match="text/turtle"):
        small.serialize("CONSTRUCT { <urn:s> <urn:p/1> 1 } {}", "application/rdf+xml")


@pytest.mark.parametrize(
    ("query", "line", "column", "says"),
    [
        ("SELECT * {\n ?s flim:title ?o }", 2, 5, "the prefix flim: is not declared"),
        ("SELECT ?x WHERE { ?x <http://e/p> }", 1, 35, "'}' was not expected here"),
        ("ASK {", 1, 6, "the query ends too early"),
        ("", 1, 1, "the query is empty"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", 1, 30, "the same variable is made twice"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", 1, 41, "neither grouped nor aggregated"),
    ],
)
def test_malformed_query_says_where(small: Snapshot, query: str, line: int, column: int, says: str) -> None:
    """The error of a malformed query has line, column, a plain cause and a hint."""
    with pytest.raises(MalformedQueryError, match=says) as caught:
        small.serialize(query, "text/csv")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.hint


def test_nearest_prefix_is_offered(small: Snapshot) -> None:
    """A misspelt prefix is answered with the known one that is like it."""
    with pytest.raises(MalformedQueryError) as caught:
        small.ask("ASK { ?s flim:title ?o }")
    assert "did you mean film:" in caught.value.hint


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE:x{} }",
        "SELECT * { ?s ?p true.SeRvIcE <http://127.0.0.1:9/> {} }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/> {} }",
        'SELECT * { VALUES ?x {"""abc" } SERVICE <http://127.0.0.1:9/> {} }',
    ],
)
def test_service_is_refused_however_it_is_written(small: Snapshot, query: str) -> None:
    """No query makes the engine call another server."""
    with pytest.raises(RefusedQueryError):
        small.select(query)


def test_service_in_names_strings_and_comments_is_harmless() -> None:
    """The word alone, outside the place of a keyword, is no request for another server."""
    text = 'SELECT ?service { ?service film:service \'SERVICE\' . # SERVICE\n <http://SERVICE/> ?p """ SERVICE """ }'
    assert not outline(text).service


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX a: <b> BASE <c> SELECT * {}", Form.SELECT),
        ("# ASK\nconstruct {} where {}", Form.CONSTRUCT),
        ("DESCRIBE <x>", Form.DESCRIBE),
        ("PREFIX insert: <x> ASK {}", Form.ASK),
        ("PREFIX x: <select> DELETE WHERE { ?s ?p ?o }", Form.UPDATE),
        ("nothing at all", None),
    ],
)
def test_outline_finds_the_form(query: str, form: Form | None) -> None:
    """The form is told by the first keyword after the prologue."""
    assert outline(query).form is form


@pytest.mark.parametrize(
    "piece", ['"', "'", "(", "<", "a:", "a.", "é.", "\\", '"\\', "'''", "@a-", "'a\n", "<a ", "#", "1e"]
)
def test_outline_takes_any_text_in_linear_time(piece: str) -> None:
    """A long text of one repeated piece is read in well under a minute, most in milliseconds."""
    assert outline(piece * (200_000 // len(piece))).form is None


def test_shape_ignores_terms_but_not_structure() -> None:
    """Two queries have one shape if they differ in IRIs, literals and numbers only, however many a list holds."""
    one = outline("SELECT * { VALUES ?f { <http://a> } ?f film:title ?t } LIMIT 10").shape
    two = outline("SELECT * { VALUES ?f { <http://b> <http://c> } ?f film:title ?t } LIMIT 500").shape
    three = outline("SELECT * { VALUES ?f { <http://a> } ?t film:title ?f } LIMIT 10").shape
    assert one == two != three


def test_types_for_a_form_begin_with_its_default() -> None:
    """JSON is the first choice for rows, Turtle for triples."""
    assert types_for(Form.ASK)[0] == "application/sparql-results+json"
    assert types_for(Form.DESCRIBE)[0] == "text/turtle"


def test_ask_and_select_check_the_form(small: Snapshot) -> None:
    """Each method takes the query forms of its name only."""
    for wrong in (lambda: small.ask("SELECT * {}"), lambda: small.select("ASK {}"), lambda: small.construct("ASK {}")):
        with pytest.raises(QueryError, match="this is not"):
            wrong()


def test_unknown_function_is_the_querys_fault(small: Snapshot) -> None:
    """A function that the engine does not have is a query error."""
    with pytest.raises(QueryError, match="http://e/f"):
        small.select("SELECT * { ?s ?p ?o FILTER(<http://e/f>(?s)) }")


def test_closed_snapshot_says_so(tmp_path: Path) -> None:
    """A query on a closed snapshot is an error, not a crash."""
    publish(tmp_path)
    opened = snapshot.open_current(tmp_path)
    opened.close()
    opened.close()
    with pytest.raises(StoreError, match="closed"):
        opened.ask("ASK {}")


def test_dump_is_what_was_loaded(small: Snapshot) -> None:
    """The dump of a graph is byte for byte the sorted N-Quads that were put in."""
    assert small.graphs() == [ONE, TWO]
    assert small.dump(ONE) == nquads(TURTLE[ONE], ONE)
    assert small.dump() == b"".join(sorted((small.dump(ONE) + small.dump(TWO)).splitlines(keepends=True)))
    assert small.has_graph(ONE)
    assert not small.has_graph("http://example.org/graph/none")


def test_writer_replaces_and_drops_whole_graphs(tmp_path: Path) -> None:
    """Replacing a graph removes what it held before; dropping removes the graph; unchanged ones are told apart."""
    with Writer(tmp_path) as writer:
        changed = [writer.changed]
        assert writer.replace_graph(ONE, nquads(TURTLE[ONE], ONE))
        assert not writer.replace_graph(URIRef(ONE), nquads(TURTLE[ONE], ONE))
        assert writer.replace_graph(ONE, nquads(":a :b :c", ONE))
        assert writer.source().dump() == nquads(":a :b :c", ONE)
        changed.append(writer.changed)
        assert writer.drop_graph(URIRef(ONE))
        assert not writer.drop_graph(ONE)
        assert writer.graphs() == []
        assert [*changed, writer.changed] == [False, True, False]


def test_large_graph_comes_from_a_file(tmp_path: Path) -> None:
    """A file of N-Quads is loaded without holding it in memory, with the same result."""
    lines = "".join(f"<urn:s{n:06d}> <urn:p> <urn:o> <{ONE}> .\n" for n in range(1000))
    path = tmp_path / "large.nq"
    path.write_text(lines)
    with Writer(tmp_path / "var") as writer:
        writer.replace_graph(ONE, nquads(":old :b :c", ONE))
        writer.replace_graph(ONE, path)
        assert writer.source().dump() == lines.encode()
        assert writer.catalogue[ONE].triples == 1000


@pytest.mark.parametrize(
    "text", [b"<urn:s> <urn:p> .\n", b"<urn:s> <urn:p> <urn:o> <urn:other> .\n", b"<urn:s> <urn:p> <urn:o> .\n"]
)
def test_unreadable_quads_leave_the_graph_as_it_was(tmp_path: Path, text: bytes) -> None:
    """N-Quads that are malformed or name another graph change nothing, and the writer goes on."""
    with Writer(tmp_path) as writer:
        writer.replace_graph(ONE, nquads(":a :b :c", ONE))
        with pytest.raises(StoreError, match=ONE):
            writer.replace_graph(ONE, text)
        assert writer.source().dump() == nquads(":a :b :c", ONE)
        assert snapshot.publish(tmp_path, writer) == 1


def test_nothing_is_published_after_a_file_that_failed_half_way(tmp_path: Path) -> None:
    """A file that breaks off in the middle makes the writer unfit to publish."""
    path = tmp_path / "broken.nq"
    path.write_bytes(nquads(TURTLE[ONE], ONE) + b"<urn:s> <urn:p")
    with Writer(tmp_path / "var") as writer:
        with pytest.raises(StoreError):
            writer.replace_graph(ONE, path)
        with pytest.raises(StoreError, match="nothing was published"):
            snapshot.publish(tmp_path / "var", writer)
    assert snapshot.current(tmp_path / "var") is None


def test_views_of_a_writer_close_with_it(tmp_path: Path) -> None:
    """A view kept beyond its writer does not hold the store open for the next one."""
    with Writer(tmp_path) as writer:
        view = writer.source()
        assert view.version == "draft"
    with pytest.raises(StoreError, match="closed"):
        view.ask("ASK {}")
    with Writer(tmp_path) as writer:
        assert writer.graphs() == []


def test_json_results_of_a_boolean(small: Snapshot) -> None:
    """ASK in JSON holds the boolean."""
    assert json.loads(small.serialize("ASK {}", "application/sparql-results+json"))["boolean"] is True
