"""Read the texts of reviews where there is no index of their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from graph.extract.sentences import split_sentences
from graph.sidecar.fold import fold
from graph.store import QuerySource

SATURATION, LENGTH = 1.2, 0.75
"""The two numbers of the BM25 formula, by which an index ranks sentences."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of ``plain/texts`` and ``plain/quotes``."""

    review: str
    text: str


def sentences(source: QuerySource, reviews: Sequence[str]) -> dict[str, list[str]]:
    """The sentences of some reviews, in the order of their texts; of those kept in parts, what is quoted of them."""
    if not reviews:
        return {}
    asked = [URIRef(review) for review in reviews]
    whole = {row.review: row.text for row in query.rows(source, "plain/texts", TextRow, review=asked)}
    found = {review: [span.of(text) for span in split_sentences(text)] for review, text in whole.items()}
    parts = [review for review in asked if str(review) not in whole]
    quotes = query.rows(source, "plain/quotes", TextRow, review=parts) if parts else []
    for row in sorted(quotes, key=lambda row: (row.review, row.text)):
        found.setdefault(row.review, []).append(row.text)
    return found


def naming(source: QuerySource, name: str, limit: int) -> list[tuple[str, str]]:
    """Reviews and sentences that hold a name, its words in a row, the best first; so many at most."""
    wanted = _words(name)
    if not wanted:
        return []
    reviews = sorted(str(review) for (review,) in source.select(query.fill("plain/naming", name=Literal(name))).rows)
    said = sentences(source, reviews)
    lines = [(review, line, f" {_words(line)} ") for review in reviews for line in said.get(review, [])]
    average = sum(len(folded.split()) for _, _, folded in lines) / max(len(lines), 1)
    held = [(review, line, folded) for review, line, folded in lines if f" {wanted} " in folded]
    held.sort(key=lambda each: -_rank(each[2].count(f" {wanted} "), len(each[2].split()) / average))
    return [(review, line) for review, line, _ in held[:limit]]


def namesakes(source: QuerySource, name: str) -> int:
    """How many people bear a name, as it is written; 20 stands for that many or more."""
    return len(source.select(query.fill("plain/namesakes", name=Literal(name))).rows)


def _words(text: str) -> str:
    """The words of a text, folded; a possessive's ending is a word of its own.

    >>> _words("Branagh’s Hamlet")
    'branagh s hamlet'
    """
    return fold(text.replace("'", " ").replace("’", " "))


def _rank(times: int, length: float) -> float:
    """How well a sentence fits that holds the name so many times, its length told in those of a usual one."""
    return times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH + LENGTH * length))
