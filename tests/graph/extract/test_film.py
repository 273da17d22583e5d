"""Films and their credits from whole reviews: cases as files, and what holds for any text."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.extract.film import FilmFacts, read_film
from graph.extract.layout import read_layout
from graph.facts import Credit, Document, Evidence, Film, Metadata, Rating, Role, Value
from tests.benchmarks import quality

CASES = sorted((Path(__file__).parents[2] / "cases" / "film").glob("*.txt"))
WORDS = st.sampled_from(
    [
        "Directed by ",
        "Cast: ",
        "Ann Bell",
        " as ",
        "Kevin",
        "(2017)",
        " | ",
        "\n",
        "\n\n",
        "★★",
        "8/10",
        "- ",
        "**",
        ". ",
    ]
)


def _read(text: str, metadata: Metadata | None = None) -> FilmFacts:
    return read_film(Document("case", text, metadata or Metadata()), read_layout(text))


def _facts(found: FilmFacts) -> Iterator[str]:
    """All facts but the headline, one a line."""
    for field in fields(Film):
        value = getattr(found.film, field.name)
        for one in value if isinstance(value, tuple) else [value] if value else []:
            yield f"{field.name}: {one.value}"
    for credit in found.credits:
        yield f"{credit.job}: {credit.person}"
    for actor in found.cast:
        yield f"cast: {actor.value}"
    for role in found.roles:
        yield f"role: {role.actor} → {role.character or f'({role.description})'}"
    for rating in found.ratings:
        yield f"{rating.kind} rating: {rating.value:g} of {rating.best:g}" + (
            f", {rating.count} votes" if rating.count else ""
        )
    for name in ("reviewer", "outlet", "published"):
        if value := getattr(found, name):
            yield f"{name}: {value.value}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    """A review gives exactly the facts of the film that its case file lists."""
    text, _, output = case.read_text(encoding="utf-8").partition("\n# output\n")
    assert list(_facts(_read(text))) == output.strip().splitlines()


def _evidence(found: FilmFacts) -> Iterator[Evidence]:
    values: Iterable[Value[str] | Value[int] | Credit | Role | Rating] = [
        *(v for f in fields(Film) if isinstance(v := getattr(found.film, f.name), Value)),
        *(v for f in fields(Film) if isinstance(vs := getattr(found.film, f.name), tuple) for v in vs),
        *found.credits,
        *found.cast,
        *found.roles,
        *found.ratings,
        *(v for v in (found.reviewer, found.outlet, found.published) if v),
    ]
    for value in values:
        assert value.evidence
        yield from value.evidence


def _check(text: str) -> None:
    for evidence in _evidence(_read(text)):
        assert evidence.span.of(text) == evidence.quote
        assert 0 <= evidence.confidence <= 1
        for mention in evidence.mentions:
            assert evidence.span.start <= mention.start < mention.end <= evidence.span.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_evidence_lies_in_the_text(case: Path) -> None:
    """Every value is proved by a passage of the text that holds the very words."""
    _check(case.read_text(encoding="utf-8").partition("\n# output\n")[0])


@settings(deadline=None)
@given(st.lists(WORDS | st.text(max_size=20), max_size=40).map("".join))
@example("Cast: Ann Bell (as Kevin\nDirected by")
def test_any_text_has_a_film(text: str) -> None:
    """Any text gives facts, perhaps none, and every fact's passage lies in the text."""
    _check(text)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_reading_is_a_function(text: str) -> None:
    """The same text gives the same facts."""
    assert _read(text) == _read(text)


def test_metadata_fills_what_the_text_lacks() -> None:
    """A value that only the metadata gives has no passage."""
    found = _read("Nobody waves, and nobody is missed.", Metadata(title="Salt", year=2017, directors=("Ana Ruiz",)))
    assert (found.film.title, found.film.year) == (Value("Salt"), Value(2017))
    assert found.credits == (Credit("Ana Ruiz", "director"),)


def test_metadata_that_agrees_leaves_the_evidence() -> None:
    """Where text and metadata agree the text's passage stays, and nothing is given twice."""
    known = Metadata(title="SALT", directors=("ANA RUIZ",), cast=("Bo Li",), ratings=(Rating("own", 8.0, 10.0),))
    found = _read("Salt (2017)\n\nDirector: Ana Ruiz\nCast: Bo Li\nRating: 4/5", known)
    assert [credit.person for credit in found.credits] == ["Ana Ruiz"]
    assert len(found.cast) == len(found.ratings) == 1
    assert all(list(_evidence(found)))


def test_metadata_that_disagrees_is_given_as_well() -> None:
    """Where text and metadata name different directors both are given, the text's first."""
    found = _read("Salt (2017)\n\nDirector: Ana Ruiz", Metadata(directors=("Max Orr",)))
    assert [(credit.person, bool(credit.evidence)) for credit in found.credits] == [
        ("Ana Ruiz", True),
        ("Max Orr", False),
    ]


@pytest.mark.parametrize(
    "headline",
    ["Salt Harvest", "Salt Harvest: a film to remember", "Mira Osei shines in Salt Harvest", "Salt Harvest review"],
)
def test_a_pages_headline_helps_to_name_the_film(headline: str) -> None:
    """A title that a text mentions once is the film's where the headline holds it; the evidence is the text's."""
    film = _read("In Salt Harvest (2019), Mira Osei plays the ferryman.", Metadata(headline=headline)).film
    assert film.title is not None
    assert (film.title.value, film.year and film.year.value) == ("Salt Harvest", 2019)
    assert all(each.quote.startswith(("In Salt", "Salt Harvest (2019)")) for each in film.title.evidence)


@pytest.mark.measured
@pytest.mark.parametrize(
    "unit", ["(", "a", "Ann Bell ", "Directed by ", "director Max Orr ", "Cast: ", "| ", "★", "'s ", "\n- ", "1 "]
)
def test_a_megabyte_of_anything_is_read_fast(unit: str) -> None:
    """A megabyte without sense or full stop takes the time of any other megabyte: a few seconds at most."""
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    _read(text)
    assert time.process_time() - start < 5


def test_floors_of_the_film_itself() -> None:
    """Title, credits, rating and the rest are read as well on the project's own gold as they once were."""
    floors = json.loads(quality.FIELDS_BASELINE.read_text(encoding="utf-8"))
    assert quality.below(floors, quality.rounded(quality.field_figures(quality.own_sets()))) == []
