"""Who reviewed, where and when, in the many ways in which a review says so."""

from __future__ import annotations

import pytest

from graph.extract.film import read_film
from graph.extract.layout import read_layout
from graph.facts import Document

BODY = (
    "It is a slow film, and a cold one. Nobody is in a hurry, and nobody has to be, for the tide is not in one either."
)


def _byline(head: str) -> tuple[str | None, str | None, str | None]:
    text = f"Salt (2017)\n{head}\n\n{BODY}\n"
    found = read_film(Document("case", text), read_layout(text))
    reviewer, outlet, published = found.reviewer, found.outlet, found.published
    return (
        reviewer.value if reviewer else None,
        outlet.value if outlet else None,
        published.value if published else None,
    )


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("By ADA LORNE", ("Ada Lorne", None, None)),
        ("\nBy Ada Lorne\nStaff writer", ("Ada Lorne", None, None)),
        ("\nAda Lorne", ("Ada Lorne", None, None)),
        ("Posted by Ada Lorne, Bergen. December 2016", ("Ada Lorne", None, None)),
        ("Posted on April 11, 2017 by Ada Lorne", ("Ada Lorne", None, "2017-04-11")),
        ("April 11, 2017 | Ada Lorne", ("Ada Lorne", None, "2017-04-11")),
        ("Ada Lorne, The Late Show Notes, 11 April 2017", ("Ada Lorne", None, "2017-04-11")),
        ("By Ada Lorne in Cannes\n14 May 2017", ("Ada Lorne", None, "2017-05-14")),
        ("Review by Ada Lorne for The Late Show Notes", ("Ada Lorne", "The Late Show Notes", None)),
        ("10/10\nsaltlover_77, 14 October 2017", (None, None, "2017-10-14")),
        ("★★★★★ Watched 03 Jun 2017", (None, None, "2017-06-03")),
        ("Seen at Bergen Film Festival, 23 May 2017", (None, None, "2017-05-23")),
        ("By our Staff Movie Critic", (None, None, None)),
        ("\nDr. Pruitt", (None, None, None)),
    ],
)
def test_byline(head: str, byline: tuple[str | None, str | None, str | None]) -> None:
    """A byline gives a person's name, an outlet of more than a word, and a full date; what is none of these is left."""
    assert _byline(head) == byline
