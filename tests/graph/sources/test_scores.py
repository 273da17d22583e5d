"""Ratings as they are written beside a text."""

from __future__ import annotations

import pytest

from graph.sources.scores import read_score


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("4", (4.0, None)),
        ("3.5/5", (3.5, 5.0)),
        ("3,5 / 5", (3.5, 5.0)),
        ("7 out of 10", (7.0, 10.0)),
        ("two and a half stars", (2.5, None)),
        ("3½", (3.5, None)),
        ("½ star", (0.5, None)),
        ("3.5 out of 4 stars", (3.5, 4.0)),
        ("★★★½", (3.5, 5.0)),
        ("★★★☆", (3.0, 4.0)),
        ("⭐⭐⭐⭐", (4.0, 5.0)),
        ("***1/2 out of four", (3.5, 4.0)),
        ("B+", (3.3, 4.3)),
        ("A-", (3.7, 4.3)),
        ("F", (0.0, 4.3)),
        ("85%", (85.0, 100.0)),
        ("Two thumbs up!", (2.0, 2.0)),
        ("thumbs down", (0.0, 1.0)),
    ],
)
def test_a_rating_is_read(words: str, score: tuple[float, float | None]) -> None:
    """A rating of any usual shape gives its value and, where the shape shows it, the end of its scale."""
    assert read_score(words) == score


@pytest.mark.parametrize(
    "words", ["", "good", "E", "F+", "PG-13", "stars", "4 apples", "3/", "★★★ and a hat", "thumbs"]
)
def test_other_words_are_no_rating(words: str) -> None:
    """What is no rating gives nothing."""
    assert read_score(words) is None
