"""The film that a text without a telling heading keeps naming."""

from __future__ import annotations

import pytest

from graph.extract import extract
from graph.facts import Document


def title(text: str) -> str | None:
    """The film's title as extraction gives it."""
    found = extract(Document("case", text)).film.title
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A nurse rows home.\n\n_The Weir_ resurrects the ferry film. Later _The Weir_ stalls.", "The Weir"),
        ("A nurse rows home.\n\n*The Weir*, the third film of its kind, drags. *The Weir* has rain.", "The Weir"),
        ("We rowed home. “The Weir” sags in the middle, and “The Weir” knows it.", "The Weir"),
        ("A sequel of sorts to _Rust_. Ann Bell came to fame in _Rust_ and in _Rust_ alone.", None),
        ('They call her "Rust" at the mill. Nobody says why "Rust" came home, or when "Rust" will leave.', None),
        ("The town had _Rust_ and _The Weir_ on one day; for us _Rust_ came first, then _The Weir_ came.", None),
    ],
)
def test_the_title_that_leads(text: str, wanted: str | None) -> None:
    """A title in italics or quotes is the film's where it is a subject and none comes near; a byname is none."""
    assert title(text) == wanted


def test_a_makers_possessive_is_no_part_of_a_title_with_an_article() -> None:
    """Of "Ana Ruiz's The Weir" in an opening the title is The Weir, and Ana Ruiz its director."""
    facts = extract(
        Document(
            "case", "Rain as Speech in Ana Ruiz's The Weir\n\nAna Ruiz's The Weir (1993) opens at sea. Ruiz waits."
        )
    )
    assert facts.film.title is not None
    assert facts.film.title.value == "The Weir"
    assert [credit.person for credit in facts.credits if credit.job == "director"] == ["Ana Ruiz"]


def test_a_book_of_the_same_name_hides_no_director() -> None:
    """Who directed a film after a novel of the same name is its director."""
    text = "The Weir is a 1993 drama adapted from Bo Li's novel of the same name, directed by Ana Ruiz in one year."
    assert [c.person for c in extract(Document("case", text)).credits if c.job == "director"] == ["Ana Ruiz"]
