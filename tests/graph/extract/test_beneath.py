"""Lines below the title: the director beside details, the year alone; and years told beside the title."""

from __future__ import annotations

import pytest

from graph.extract.film import read_film
from graph.extract.layout import read_layout
from graph.facts import Document, Metadata

LATE = (
    "Bo Li waits at the quay for an hour, and nobody waves to him. It is cold, and stays so. Nobody waves in The Weir."
)


@pytest.mark.parametrize(
    ("text", "directors", "year"),
    [
        (f"The Weir (1949)\nAna Ruiz · 114m · 16mm\n\n{LATE}", ["Ana Ruiz"], 1949),
        (f"The Weir\nAna Ruiz\n2024\n\n{LATE}", ["Ana Ruiz"], 2024),
        (f"The Weir\n2006.\nBased on a novel.\n\n{LATE}", [], 2006),
        (f"The Weir\nAna Ruiz\n\n{LATE}", [], None),
        (f"The Weir\nAna Ruiz | Harbour Notes\n\n{LATE}", [], None),
        (f"The Weir\n12 May 2016\n\n{LATE}", [], None),
        (f"The Weir\n\nDirector & Screenplay: Ana Ruiz\n\n{LATE}", ["Ana Ruiz"], None),
        (f"The Weir\n\nThe debut of directors Anna & Bo Ruiz. {LATE}", ["Anna Ruiz", "Bo Ruiz"], None),
        (f"The Weir\n\nIt helps that director Ben Foss (a sailor) waited. {LATE}", ["Ben Foss"], None),
        (f"The Weir\n\nThe Weir was released in 1999, and nobody came. {LATE}", [], 1999),
        (f"The Weir\n\nNobody waves in Ruiz's 1957 film The Weir. {LATE}", [], 1957),
        (f"The Weir\n\nIt has the ending of the 1957 film The Weir. {LATE}", [], None),
        (f"The Weir\nNorway | 2023 | Norwegian | 96 min\n\n{LATE}", [], 2023),
        (f"The Weir\n\nThe 1931 adaptation of the Bo Li novel, directed by Ana Ruiz. {LATE}", ["Ana Ruiz"], None),
    ],
)
def test_directors_and_years_near_the_title(text: str, directors: list[str], year: int | None) -> None:
    """A name below the title directs where details or a year stand beside it; a line of its own may be a byline."""
    found = read_film(Document("case", text), read_layout(text))
    assert [credit.person for credit in found.credits if credit.job == "director"] == directors
    assert (found.film.year.value if found.film.year else None) == year


def test_who_wrote_the_review_did_not_write_the_film() -> None:
    """Who signs the text with "Written by" and a date is its reviewer, no writer of the film."""
    text = f"The Weir (2008)\n\nWritten by Ada Lorne on 8th August 2012\n\n{LATE}"
    found = read_film(Document("case", text), read_layout(text))
    assert found.reviewer is not None
    assert (found.reviewer.value, found.published and found.published.value) == ("Ada Lorne", "2012-08-08")
    assert found.credits == ()


def test_a_line_that_begins_with_a_name_of_the_text_is_no_byline() -> None:
    """A second headline such as "Ruiz Flies" signs nothing where the text speaks of Ruiz."""
    text = f"The Maltese Falcon\nRuiz Flies\n\nWhat would Ruiz do? {LATE}"
    assert read_film(Document("case", text), read_layout(text)).reviewer is None


@pytest.mark.parametrize(
    ("headline", "text", "title"),
    [
        ("A feast for the eyes", f"The Weir is a quiet film about a ferry. {LATE}", "The Weir"),
        ("A feast for the eyes", LATE, None),
        ("The Weir", LATE, "The Weir"),
        ("The Quiet Harbour", "It is cold, and nobody waves.", "The Quiet Harbour"),
        ("Movie Review: The Weir (2008)", LATE, "The Weir"),
    ],
)
def test_a_pages_headline_is_a_title_only_where_it_reads_as_one(headline: str, text: str, title: str | None) -> None:
    """The title of a page's front matter names the film where it is written as a title and the text names no other."""
    known = Metadata(title=headline, headline=headline)
    film = read_film(Document("case", text, metadata=known), read_layout(text)).film
    assert (film.title.value if film.title else None) == title
