"""Named queries: filled with typed terms, refused when a term is missing, extra or no term."""

from dataclasses import dataclass

import pytest
from rdflib import Literal, URIRef

from graph import query
from graph.errors import QueryError
from graph.store import Rows

FILM = URIRef("http://localhost:8000/film/x-2000")


def test_the_sample_row_is_replaced() -> None:
    """The filled query asks about the given film, and no longer about the sample."""
    text = query.fill("film-cast", film=FILM)
    assert FILM.n3() in text
    assert query.load("film-cast").text != text


@pytest.mark.parametrize(
    ("terms", "message"), [({}, "needs a value for film"), ({"film": FILM, "x": FILM}, "no term x")]
)
def test_missing_and_extra_terms_are_refused(terms: dict[str, URIRef], message: str) -> None:
    """The message names the query's terms."""
    with pytest.raises(QueryError, match=message):
        query.fill("film-cast", limit=None, **terms)


@pytest.mark.parametrize("value", ["> } DROP ALL #", "a b", 'x"y', "line\nbreak"])
def test_a_text_that_is_no_iri_never_reaches_a_query(value: str) -> None:
    """Characters that would end an IRI are refused."""
    with pytest.raises(QueryError, match="no valid IRI"):
        query.fill("film-cast", film=URIRef(value))


def test_a_literal_is_escaped() -> None:
    """Quotes inside a literal stay inside it."""
    name = next(name for name in query.names() if any("?after" in line for line in query.load(name).text.splitlines()))
    terms = {term: Literal('x" } #') for term in query.load(name).terms}
    assert '"x\\" } #"' in query.fill(name, limit=None, **terms)


def test_an_unknown_name_lists_the_known_ones() -> None:
    """A misspelt query name, or a path that leaves the folder, is an error that helps."""
    for name in ("film-casts", "../errors", "UPPER"):
        with pytest.raises(QueryError, match="film-cast"):
            query.load(name)


def test_every_query_begins_with_its_question() -> None:
    """Each named query and each example says what it answers."""
    for name in [name for folder in ("", "examples", "infer", "known") for name in query.names(folder)]:
        assert query.load(name).text.startswith("#+ question: "), name
        assert query.question(name).endswith("?"), name


def test_rows_become_dataclasses_by_the_names_of_variables() -> None:
    """The order of variables does not matter, and a missing one is named."""

    @dataclass(frozen=True)
    class Pair:
        who: str
        whom: str

    table = Rows(("whom", "who"), [("Kevin", "Graham Rogers")])
    assert query.typed(table, Pair) == [Pair("Graham Rogers", "Kevin")]
    with pytest.raises(QueryError, match=r"\?who"):
        query.typed(Rows(("whom",), []), Pair, "q")


def test_terms_from_the_command_line_get_the_type_of_the_sample() -> None:
    """A path is enough where the sample is an IRI."""
    assert query.read_terms("film-cast", {"film": "film/x-2000"}, "http://localhost:8000/") == {"film": FILM}
