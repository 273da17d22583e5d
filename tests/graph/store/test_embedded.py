"""The embedded store: what queries give, in every format, and what they may not do."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rdflib import Graph

from graph import snapshot
from graph.errors import QueryError, StoreError
from graph.store import (
    GRAPH_TYPES,
    RESULT_TYPES,
    Iri,
    Snapshot,
)
from tests.small_graph import ONE, TURTLE, TWO, nquads, publish

FILM = "https://w3id.org/filmgraph#"


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


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "s,p,o"),
        ("SELECT DISTINCT * # all\n{ ?s a ?kind MINUS { ?s ?p ?o } FILTER NOT EXISTS { ?s ?q 7 } }", "s,kind"),
        ("PREFIX select: <http://e/> SELECT*{ ?z select:x ?a BIND(1 AS ?m) { SELECT * { ?z ?y ?b } } }", "z,a,m,y,b"),
        ("SELECT * { VALUES (?late ?early) { (1 2) } }", "late,early"),
        ("SELECT ?p ?o { { SELECT * { ?s ?p ?o } } } LIMIT 1", "p,o"),
    ],
)
def test_a_star_gives_columns_as_the_query_names_them(small: Snapshot, query: str, columns: str) -> None:
    """The columns of SELECT * come in the order of the query, and only those that it has; others as they are named."""
    assert small.serialize(query, "text/csv").decode().splitlines()[0] == columns
    heads = json.loads(small.serialize(query, "application/sparql-results+json"))["head"]["vars"]
    assert ",".join(heads) == columns


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


def test_json_results_of_a_boolean(small: Snapshot) -> None:
    """ASK in JSON holds the boolean."""
    assert json.loads(small.serialize("ASK {}", "application/sparql-results+json"))["boolean"] is True
