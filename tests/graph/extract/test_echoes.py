"""Titles that a headline holds among other words, or that stand in a line of their own."""

from __future__ import annotations

import pytest

from graph.extract.echoes import from_echoes
from graph.extract.layout import read_layout
from graph.extract.narrowing import narrowed
from graph.extract.titles import find_title
from graph.facts import Span

LATE = "Bo Li waits at the quay for an hour, and nobody waves to him. It is cold, and it stays cold."


def _title(text: str) -> str | None:
    title, _ = find_title(text, read_layout(text))
    return title.value if title else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"The Salt Year of Pier 9\n\nIt is her film The Salt Year again. {LATE} On Pier 9 it rains.", "The Salt Year"),
        (f"Why nobody waves in The Weir or at Pier 9\n\nIt is wet. {LATE} I saw _The Weir_ at home.", "The Weir"),
        (f"Anna Foss waits at the quay again\n\nI saw Anna Foss. {LATE}", None),
        (f"What Cold Harbour taught me about tea\n\nWe live in Cold Harbour. {LATE} So is Cold Harbour.", None),
    ],
)
def test_the_words_of_a_headline_that_are_a_film(text: str, wanted: str | None) -> None:
    """Of a headline's words those are the title that the text takes for a film; a place or a person is none."""
    assert _title(text) == wanted


@pytest.mark.parametrize(("name", "taken"), [("Marlow", True), ("Fernandel", False)])
def test_a_well_known_performer_in_a_headline_is_no_echo_of_a_title(name: str, taken: bool) -> None:
    """Whom the text has seen three times may still be somebody, not something, to see."""
    headline = f"Why {name} waits at the quay"
    text = f"{headline}\n\nI saw {name}. {LATE} I watched {name} twice, and have seen {name} again."
    found = from_echoes(text, [Span(0, len(headline))])
    assert (found.value if found else None) == (name if taken else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"Season 5 — the quay\n\nIt is cold.\n\nSALT WATER YEARS\n2007 · 98 min · Drama\n\n{LATE}",
            "Salt Water Years",
        ),
        (f"The Quiet Weir\n\nDirector: Ana Ruiz.\nStarring: Bo Li, Cy Dorn.\n2006.\n\n{LATE}", "The Quiet Weir"),
        (f"What nobody waves at\n\nThe Weir\n\n{LATE}", None),
        (f"TIFF 2012: Part 2\n\nThe Weir\n\n{LATE}", "The Weir"),
        (f"All at Sea Again, and Late\n\n{LATE}", None),
        (f"Why Nobody Waves\n\nDirector: Ana Ruiz.\nStarring: Bo Li, Cy Dorn.\n\n{LATE}", None),
        (f"Casablanca Nights\n\n{LATE}", None),
        (f"The Quiet Weir\nA Movie Review, with Spoilers\n\n{LATE}", "The Quiet Weir"),
        (f"Quiet\nDrama\n2016\n\n{LATE}", "Quiet"),
        (f"When the Weir Was Low...\n\n{LATE} I have finally seen When the Weir Was Low.", "When the Weir Was Low"),
        (f"The Maltese Falcon\nTwice\n\n{LATE}", "The Maltese Falcon"),
    ],
)
def test_a_line_that_is_the_title_by_its_place(text: str, wanted: str | None) -> None:
    """A line above facts or details, in a column of several films, or of a well-known title names the film."""
    assert _title(text) == wanted


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Entry #17: The Weir (2008)", "The Weir"),
        ("#12 The Weir (2008)", "The Weir"),
        ("[★★★☆☆] The Weir (2008)", "The Weir"),
        ("[REVIEW] The Weir / Demningen (Norway, 2008)", "The Weir"),
        ("The Weir aka Demningen (2008)", "The Weir"),
        ("Sin and Water in The Weir (Ana Ruiz, 2008)", "The Weir"),
        ("You never wave, she said! (The Weir, 2008)", "The Weir"),
        ("The Weir movie review & film summary (2008)", "The Weir"),
        ("500 Word Review of The Weir", "The Weir"),
        ("Spoiler-Free Review: The Weir", "The Weir"),
        ("Film review: 'The Weir' is a gripping drama", "The Weir"),
        ("Review: The Weir is cold and long", "The Weir"),
        ("The Weir (Review)", "The Weir"),
        ("The Weir – 4/5", "The Weir"),
        ("The Weir Review by Ada Lorne", "The Weir"),
        ("Once Upon a Quay in The Hague (2008)", "Once Upon a Quay in The Hague"),
    ],
)
def test_a_headline_with_more_than_the_title(headline: str, wanted: str) -> None:
    """A title stands without what numbers, sorts or rates it, its second title, or the remark around it."""
    assert _title(f"{headline}\n\nNobody waves in The Weir. {LATE}") == wanted


@pytest.mark.parametrize(
    ("repeated", "wanted"), [("A Light in The Weir", "A Light in The Weir"), ("The Weir", "The Weir")]
)
def test_a_title_that_stands_whole_below_is_not_cut(repeated: str, wanted: str) -> None:
    """Only what the text never repeats as a whole may be an essay's words before the film's title."""
    headline = "A Light in The Weir"
    text = f"{headline}\n\n{LATE} Nobody waves in {repeated}."
    assert narrowed(text, Span(0, len(headline))).of(text) == wanted
