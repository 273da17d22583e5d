"""Where headlines and running text name the film in passing."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.film import read_film
from graph.extract.layout import read_layout
from graph.extract.naming import from_cues
from graph.extract.rules import load
from graph.facts import Document

CUES = load("titles")["cue"]
BODY = "For an hour nobody waves, and in that hour there is time to think of Salt, of Rust, and of the way home."
PLACES = {
    "headline": "{cue}\n\n" + BODY,
    "opening": "All at sea, and late for it\n\n{cue} " + BODY,
    "foot": "All at sea, and late for it\n\n" + BODY + "\n\n" + BODY + "\n\n{cue}",
}


def _title(text: str) -> str | None:
    title, _ = from_cues(text, read_layout(text))
    return title.value if title else None


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: str(cue["name"]))
def test_cue_catches_its_example(cue: dict[str, Any]) -> None:
    """A cue finds the film's title in its example."""
    found = _title(PLACES[cue["where"]].format(cue=cue["catches"]))
    assert found is not None
    assert found.startswith(("Salt", "SALT"))


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: str(cue["name"]))
def test_cue_spares_its_counterexample(cue: dict[str, Any]) -> None:
    """A cue finds no title in what only looks like its example."""
    assert _title(PLACES[cue["where"]].format(cue=cue["spares"])) is None


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("Folk Fridays: SALT AND WATER (Ana Ruiz, 1973)\n\nIt is cold.", "Salt and Water", 1973),
        ("Silence and Shame: Ana Ruiz's The Salt Year (1993)\n\nIt is cold.", "The Salt Year", 1993),
        ("Ana Ruiz's Salt (1993)\n\nIt is cold.", "Ana Ruiz's Salt", 1993),
        ("A is for Apple: THE SALT YEAR (GB 1971, 94 mins)\n\nIt is cold.", "The Salt Year", 1971),
        ("Salt Year, The (1960) 125m. D: Ana Ruiz. Bo Li, Cy Dorn. It is cold.", "The Salt Year", 1960),
        ("Notes, week 6\n\nFilm: Salt (Norway/UK, 2005, dir. Ana Ruiz)\n\nIt is cold.", "Salt", 2005),
        ("THE SALT\na film by Ana Ruiz\nNorway, 2013, 80 min.\n\nIt is cold.", "The Salt", 2013),
        ("Salt, also known as The Sea, is a 1951 drama about a cold year.", "Salt", 1951),
        ("Rating: 4/5\nCast: Bo Li, Cy Dorn\nDirector: Ana Ruiz\n\nIt is cold, and it stays cold.", None, None),
        ('All at sea\n\nAfter Ana Ruiz\'s film "Rust" it is cold, as cold as it was in "Rust".', None, None),
        ("All at sea\n\nLike Rust (1953), it is cold. Rust was cold too, and shorter by an hour.", None, None),
        ("All at sea\n\nIn Ana Ruiz's film “Rust” it is cold. “Rust” is long, and it is on tour.", "Rust", None),
        ("UK/US, 2008. Director: Ana Ruiz. With Bo Li, Cy Dorn.\n\nIt is cold, and it stays cold.", None, 2008),
    ],
)
def test_title_and_year(text: str, title: str | None, year: int | None) -> None:
    """A title stands without the series, the maker or the details around it; details alone are no title."""
    film = read_film(Document("case", text), read_layout(text)).film
    assert (film.title.value if film.title else None) == title
    assert (film.year.value if film.year else None) == year
