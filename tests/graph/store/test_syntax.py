"""What is read from the text of a query: its form, its shape, SERVICE, and where it is malformed."""

from __future__ import annotations

import pytest

from graph.store import (
    Form,
    MalformedQueryError,
    RefusedQueryError,
    Snapshot,
    outline,
    types_for,
)


@pytest.mark.parametrize(
    ("query", "line", "column", "says"),
    [
        ("SELECT * {\n ?s flim:title ?o }", 2, 5, "the prefix flim: is not declared"),
        ("SELECT ?x WHERE { ?x <http://e/p> }", 1, 35, "'}' was not expected here"),
        ("SELECT ?x { person played ?x }", 1, 20, "'played' was not expected here"),
        ("SELECT ?x { ?x film:title ?y ?x film:year ?z }", 1, 33, "'film:year' was not expected here"),
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
