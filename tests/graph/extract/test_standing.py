"""Titles that stand alone above a text, in a review's heading behind an outlet, and before a second title."""

from __future__ import annotations

import pytest

from graph.extract.film import read_film
from graph.extract.layout import read_layout
from graph.facts import Document

REST = (
    "Bo Li waits at the quay for an hour, and nobody waves to him. It is cold, and it stays cold until the ferry comes "
    "in, when somebody sings. Nobody could ask for more of a wet evening."
)


def _title(text: str) -> str | None:
    found = read_film(Document("case", text), read_layout(text)).film.title
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Salt Year\n\n{REST}", "Salt Year"),
        (f"Brine\n\n{REST}", "Brine"),
        (f"Zalun Harbar Ek\nBo Li rows and rows\n\n{REST}", "Zalun Harbar Ek"),
        (f"Ann Bell\n\n{REST}", None),
        (f"Tovik Wexlun\nENGL 101\n4 May\n\n{REST}", None),
        (f"A NIGHT AT SEA\n\n{REST}", None),
        (f"Summer Movies\n\n{REST}", None),
        (f"Culture\n\n{REST}", None),
        (f"Rain, Salt, Ice\n\n{REST}", None),
        (f"The Ferry That Never Came Home\n\n{REST}", None),
        (f"Salt Year\nBergen\nMonday\nFree\nAll ages\n\n{REST}", None),
        ("Salt Year\n\nIt is short.", None),
    ],
)
def test_a_line_alone_above_the_text_is_its_title(text: str, title: str | None) -> None:
    """A short first line written as a title names the film, if it is no name, no headline and no head of a page."""
    assert _title(text) == title


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("HIFF Review: Salt", "Salt"),
        ("Harbour Notes Review – Salt", "Salt"),
        ("Salt Review: Slow and Wet", "Salt"),
        ("Salt – Demningen (2013)", "Salt"),
        ("Salt (Demningen)", "Salt"),
        ("Salt – Water (2013)", "Salt – Water"),
    ],
)
def test_headings_with_an_outlet_or_a_second_title(heading: str, title: str) -> None:
    """Of an outlet and a title, or of two titles, the one that the text goes on to use names the film."""
    water = " It is all about Water." if "Water" in heading else ""
    assert _title(f"{heading}\n\nNobody waves in Salt. {REST}{water}") == title


def test_countries_before_a_year_are_no_title() -> None:
    """A caption that holds only countries and a year gives the year."""
    text = f"# In the rain\n\nNorway/Italy 1962©\n\n{REST}"
    film = read_film(Document("case", text), read_layout(text)).film
    assert (film.title, film.year and film.year.value) == (None, 1962)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("Nobody waves in The Weir, a 2025 Norwegian horror film.", 2025),
        ("The Weir is a 2021 rural horror/thriller.", 2021),
        ("He read The Weir, a 2025 novel.", None),
        ("It is unlike The Weir, the sequel of 2007.", None),
    ],
)
def test_the_year_right_behind_the_title(sentence: str, year: int | None) -> None:
    """What follows the title and calls it a film of a year dates it."""
    text = f"The Weir\n\n{REST} Nobody waves in The Weir. {sentence}"
    film = read_film(Document("case", text), read_layout(text)).film
    assert (film.year.value if film.year else None) == year


def test_a_footnote_mark_behind_a_bracket_is_no_star() -> None:
    """A single asterisk behind a role leads to a note; several, or one behind a length, are stars."""
    for end, rated in (("Cy Dorn (the drunk) *", False), ("The Weir (98m) *", True), ("The Weir (Norway) ***", True)):
        text = f"# The Weir\n\nNobody waves in The Weir. {REST}\n\n{end}"
        assert bool(read_film(Document("case", text), read_layout(text)).ratings) is rated, end
