"""Facts and rows for a terminal: complete, aligned, never wider than asked."""

import json

import pytest

from graph import present
from graph.facts import Evidence, Facts, Film, Rating, Role, Span, Value
from graph.store import Iri, Rows

LONG = "A sentence that goes on, and on, " * 6


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_fits_its_width(width: int) -> None:
    """Long cells are wrapped; no line is wider than the terminal."""
    rows = Rows(("film", "who", "sentence"), [("Rust", "Ann Bell", LONG), ("Snow", None, "short")])
    text = present.table(rows, width)
    assert max(map(len, text.splitlines())) <= width
    assert "2 rows" in text
    assert " ".join(LONG.split())[:20] in text


def test_a_table_without_rows_says_so() -> None:
    """No rows: the names of the columns and the count."""
    assert present.table(Rows(("film",), []), 80).splitlines() == ["film", "────", "", "0 rows"]


def test_a_table_of_many_columns_keeps_each_readable() -> None:
    """Where there is no room, every column still has some."""
    names = tuple(f"column{i}" for i in range(20))
    assert present.table(Rows(names, [names]), 40).splitlines()[0].split()[0] == "column0"


def test_unknown_values_are_null() -> None:
    """A film of which nothing is known has null where a value would stand, and empty lists."""
    facts = json.loads(present.facts_json(Facts(source="x")))
    assert facts["film"]["title"] is None
    assert facts["film"]["year"] is None
    assert facts["roles"] == facts["ratings"] == facts["directors"] == []


def test_a_described_role_has_no_character() -> None:
    """Either a character or a description, with the sentence."""
    proof = Evidence(Span(3, 9), "A cook", "rule", 0.8)
    facts = Facts(source="x", roles=(Role("Ann Bell", None, "the cook", 0.8, (proof,)),))
    (role,) = json.loads(present.facts_json(facts))["roles"]
    assert role["character"] is None
    assert role["description"] == "the cook"
    assert role["rule"] == "rule"
    assert role["evidence"] == {"start": 3, "end": 9, "quote": "A cook"}


def test_the_text_form_shows_sentence_and_rating() -> None:
    """What a reader wants first: the film, the rating, who played whom, and the proof."""
    proof = Evidence(Span(0, 9), "Ann as Fay", "rule", 0.8)
    facts = Facts(
        source="x.txt",
        film=Film(title=Value("Rust"), year=Value(1990)),
        roles=(Role("Ann Bell", "Fay", None, 0.8, (proof,)),),
        ratings=(Rating("user", 3.75, 5.0, 4),),
    )
    text = present.facts_text(facts, 60)
    for words in ("Rust (1990)", "3.75 of 5 (user, 4 votes)", "Ann Bell → Fay", "“Ann as Fay”"):
        assert words in text


def test_resources_of_ours_are_short_in_a_table() -> None:
    """An IRI under the base is written relative to it; other IRIs and texts stay whole."""
    row = (Iri("http://a.example/film/rust"), Iri("http://b.example/x"), "http://a.example/text")
    short = present.relative(Rows(("a", "b", "c"), [row]), "http://a.example/")
    assert short.rows == [("<film/rust>", *row[1:])]
