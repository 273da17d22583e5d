"""Titles before the names of well-known performers: of a role, or held in life."""

from __future__ import annotations

from graph.extract.reading import read
from graph.facts import Document


def test_title_of_role_stands_apart() -> None:
    """A role's title before a well-known performer is no part of the name, an office held in life is."""
    reading = read(
        Document("case", "The gang fears Marshal Robert Redford. He met President Gregory Peck, and Dr. Orr.")
    )
    assert [span.of(reading.clean.text) for span in reading.names] == [
        "Robert Redford",
        "President Gregory Peck",
        "Dr. Orr",
    ]
