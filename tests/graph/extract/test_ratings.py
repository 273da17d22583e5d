"""Ratings: every shape by its own examples, labels, lines and running text, and what is no rating."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract import rules
from graph.extract.layout import read_layout
from graph.extract.ratings import find_scores, read_ratings
from graph.facts import Span

SHAPES: list[dict[str, Any]] = rules.load("ratings")["shape"]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["name"])
def test_shape_catches_its_example(shape: dict[str, Any]) -> None:
    """Each shape of a score is found in its example, which it fills."""
    example = shape["catches"]
    (score,) = find_scores(example, Span(0, len(example)))
    assert (score.shape, score.span) == (shape["name"], Span(0, len(example)))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["name"])
def test_shape_spares_its_counterexample(shape: dict[str, Any]) -> None:
    """No shape is found in its counterexample."""
    example = shape["spares"]
    assert shape["name"] not in [score.shape for score in find_scores(example, Span(0, len(example)))]


def _read(text: str) -> list[tuple[str, float, float, int | None]]:
    return [(r.kind, r.value, r.best, r.count) for r in read_ratings(text, read_layout(text))]


@pytest.mark.parametrize(
    ("text", "value", "best"),
    [
        ("Our Score: 4/5", 4, 5),
        ("Rating: ★★★½", 3.5, 5),
        ("Rating: ★★★☆", 3, 4),
        ("My rating: three and a half out of five stars", 3.5, 5),
        ("Final grade: A-", 3.7, 4.3),
        ("Score: 85%", 85, 100),
        ("Score: 8", 8, 10),
        ("Rating: 2 of 10", 2, 10),
        ("**Rating:** 3 out of 4 stars", 3, 4),
        ("Rating out of 10: 7", 7, 10),
        ("The Salt Year (2017) ★★★★", 4, 5),
        ("***½ (out of four)", 3.5, 4),
        ("8/10 - Underrated!", 8, 10),
        ("★ ★ ★ ★ (out of five)", 4, 5),
        ("Total: 7.2/9.0 or 80%", 7.2, 9),
        ("Two thumbs up", 2, 2),
        ("It is long, but it grows on one. I give it 7 out of 10.", 7, 10),
        ("It is long, but it grows on one. I'd give it two and a half stars.", 2.5, 5),
        ("It is long, but it grows on one.\n\n10 stars", 10, 10),
        ("It is long, but it grows on one. It earns a solid B+ from me.", 3.3, 4.3),
        ("The second half drags, and the ending is a shrug. ** from ****", 2, 4),
        ("I rate\nit 7 out of 10 because the last reel is weak, and so on.", 7, 10),
    ],
)
def test_own_rating(text: str, value: float, best: float) -> None:
    """The reviewer's verdict is read on its own scale, behind a label, in its own line or in running text."""
    assert _read(text) == [("own", value, best, None)]


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("User Rating 3.75 (4 votes)", ("user", 3.75, 5.0, 4)),
        ("User Rating: 7.2/10 (1,234 votes)", ("user", 7.2, 10.0, 1234)),
        ("IMDb: 7.4", ("user", 7.4, 10.0, None)),
        ("Metacritic: 81", ("user", 81.0, 100.0, None)),
        ("SCORE: 6.5 / 10 (14 votes)", ("user", 6.5, 10.0, 14)),
    ],
)
def test_user_rating(text: str, rating: tuple[str, float, float, int | None]) -> None:
    """A verdict with votes is the readers'; its count is the number of votes."""
    assert _read(text) == [rating]


@pytest.mark.parametrize(
    "text",
    [
        "  • Our Score",
        "Our Score\n\nThe film is long, and it does not get shorter.",
        "9 out of 10 critics agree that the sea is wet.",
        "He goes 3/4 of the way on foot, on 9/11, 24/7.",
        "The three stars of the film are good, and the two stars above them shine.",
        "It is a Grade A thriller from start to finish.",
        "He spent $8/10 of his money there, at 7:30.",
        "Rating: R",
        "Rating: 11/10 would be absurd.",
        "* * *",
        "Section\n\n***\n\nAnother section begins here, and it is a long one.",
    ],
)
def test_what_is_no_rating(text: str) -> None:
    """Labels without a value, fractions, dates, film stars and section marks are no ratings."""
    assert _read(text) == []


def test_rating_shows_its_passage() -> None:
    """A rating's evidence is the sentence that gives it, and the mention is the score itself."""
    text = "The sea is fine. I give it 7 out of 10. Bring a coat, for the wind is cold and the film is long."
    (rating,) = read_ratings(text, read_layout(text))
    (evidence,) = rating.evidence
    assert (evidence.quote, evidence.mentions[0].of(text)) == ("I give it 7 out of 10.", "7 out of 10")
