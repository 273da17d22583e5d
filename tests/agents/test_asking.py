"""SPARQL by the tool of that name: rows, triples and truth values, its bounds, and what it says of a bad query."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agents.server import make_server
from agents.world import World
from graph import build
from graph.sandbox import Limits
from tests.agents.conftest import Call, caller

BASE = "http://localhost:8000/"


def test_rows_are_bounded_and_typed(call: Call) -> None:
    """Numbers are numbers, IRIs are whole, unbound columns are left out, and what is left off is counted."""
    text = "SELECT ?film ?year ?none { ?film a film:Film ; film:year ?year } ORDER BY ?year ?film"
    table = call("sparql", query=text, limit=2)
    every = call("sparql", query=text, limit=500)
    assert table["columns"] == ["film", "year", "none"]
    assert table["rows"][0] == {"film": f"{BASE}film/a-trip-to-the-moon-1902", "year": 1902}
    assert 2 + table["more"] == len(every["rows"])
    assert every["more"] == 0
    assert "triples" not in table


def test_the_other_forms_are_answered_too(call: Call) -> None:
    """ASK gives a truth value, DESCRIBE and CONSTRUCT give statements; relative IRIs are under the base."""
    assert call("sparql", query="ASK { <film/skyfall-2012> a film:Film }")["boolean"] is True
    described = call("sparql", query="DESCRIBE <film/skyfall-2012>", limit=1)
    assert described["triples"][0].startswith(f"<{BASE}film/skyfall-2012> ")
    assert described["more"] > 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { <film/skyfal-2012> ?p ?o }", f"Skyfall (2012) <{BASE}film/skyfall-2012>"),
        ("ASK { <http://localhost:8000/person/tim-rooth> ?p ?o }", f"<{BASE}person/tim-roth>"),
        ("SELECT * { ?role film:perfomer ?who }", "did you mean film:performer?"),
    ],
)
def test_what_a_query_makes_up_is_noted(call: Call, text: str, said: str) -> None:
    """An IRI of which nothing is known, or a term that there is not, is named with near ones."""
    (note,) = call("sparql", query=text)["notes"]
    assert said in note


def test_a_right_query_has_no_notes(call: Call) -> None:
    """IRIs that are known, graphs, and IRIs of others are passed over."""
    text = "ASK { GRAPH <graph/inferred> { <film/skyfall-2012> a <http://schema.org/Movie> } }"
    assert call("sparql", query=text)["notes"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELEC * { ?s ?p ?o }", "did you mean SELECT?"),
        ("SELECT * { ?s ?p }", "line 1"),
        ("", "empty or no SPARQL query"),
        ("DROP ALL", "this service only reads"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {" + "{" * 200 + "}" * 200 + "}", "levels of brackets"),
    ],
)
def test_a_bad_query_is_refused_with_a_reason(call: Call, text: str, said: str) -> None:
    """Nothing is guessed: the error says what is wrong with the query."""
    error = call("sparql", query=text)
    assert isinstance(error, str)
    assert said in error


@pytest.fixture
def hurried(sample: build.Place) -> Iterator[World]:
    """A world in which a query may run a second."""
    world = World(sample.data, sample.base, timeout=1)
    yield world
    world.close()


def test_a_query_without_end_is_stopped(hurried: World) -> None:
    """The process that runs it is killed at the deadline, and the next query is answered."""
    call = caller(make_server(hurried))
    error = call("sparql", query="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert "the query was stopped after 1 seconds" in error
    hurried.sandbox.limits = Limits(timeout=60)
    assert call("sparql", query="ASK {}")["boolean"] is True
