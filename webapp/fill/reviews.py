"""Fill the page of a review: its text with the proved spans marked, and the facts that they prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rdflib import URIRef

from graph import query
from graph.store import Iri, Value
from webapp.fill.passages import Passage, quoted_paragraphs, text_paragraphs
from webapp.fill.proofs import span
from webapp.fill.rows import unique
from webapp.fill.withdrawn import as_it_was, of_source
from webapp.pages import Fact, FilmRef, Paragraph, Ref, ReviewCard, ReviewPage, Verdict
from webapp.site import View

PROPERTIES = {
    "title": "Title",
    "originalTitle": "Original title",
    "year": "Year",
    "genre": "Genre",
    "runtime": "Minutes",
    "certificate": "Certificate",
    "country": "Country",
    "studio": "Studio",
    "tagline": "Tagline",
    "description": "Description",
}
"""How the page calls what a passage proves of the film itself."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of ``review``."""

    label: str
    film: str | None
    title: str | None
    year: int | None
    headline: str | None
    reviewer: str | None
    outlet: str | None
    published: str | None
    url: str | None
    licence: str | None
    text: str | None
    mode: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ProvedRow:
    """One row of ``review-facts``: a passage, one of its mentions, and the fact that it proves."""

    evidence: str
    start: int
    end: int
    quote: str | None
    mention: str | None
    confidence: float
    rule: str
    fact: str
    property: str | None
    value: Value
    valueLabel: str | None  # noqa: N815  # fields are named as the query's variables
    person: str | None
    name: str | None
    job: str | None
    character: str | None
    whom: str | None
    description: str | None
    kind: str | None
    rated: float | None
    best: float | None
    count: int | None


def review_page(view: View, review: URIRef) -> ReviewPage | None:
    """The page of a review, None if there is no such review."""
    found = query.rows(view.source, "review", ReviewRow, review=review)
    if not found:
        return None
    row = found[0]
    proved = query.rows(view.source, "review-facts", ProvedRow, review=review)
    gone, reasons = _withdrawn(view, review)
    facts, passages = _facts(sorted([*proved, *gone], key=_place) if gone else proved, reasons)
    return ReviewPage(
        iri=review,
        label=row.label,
        film=FilmRef(row.film, row.title or row.film, row.year) if row.film else None,
        headline=row.headline,
        reviewer=row.reviewer,
        outlet=row.outlet,
        published=row.published,
        url=row.url,
        licence=row.licence,
        mode=row.mode,
        sha256=row.sha256,
        ratings=tuple(query.rows(view.source, "review-ratings", Verdict, review=review)),
        paragraphs=_paragraphs(row.text, passages),
        facts=facts,
        others=tuple(unique(query.rows(view.source, "review-others", ReviewCard, review=review), lambda r: r.iri)),
    )


def _paragraphs(text: str | None, passages: list[Passage]) -> tuple[Paragraph, ...]:
    return text_paragraphs(text, passages) if text is not None else quoted_paragraphs(passages)


def _withdrawn(view: View, review: URIRef) -> tuple[list[ProvedRow], dict[str, str]]:
    """What the review said of roles that were withdrawn, and why each was."""
    rows = of_source(view, review)
    if not rows:
        return [], {}
    before = as_it_was(view, rows, str(view.iris.graph(review.rsplit("/", 1)[-1])))
    said = query.rows(before.source, "review-facts", ProvedRow, review=review)
    return said, {row.role: row.reason for row in rows}


def _place(row: ProvedRow) -> tuple[int, int, str]:
    return row.start, row.end, row.fact


def _facts(rows: list[ProvedRow], withdrawn: dict[str, str]) -> tuple[tuple[Fact, ...], list[Passage]]:
    """The facts in the order in which the text proves them, and the passages with the numbers of their facts."""
    by_fact: dict[tuple[str, str | None, str], list[ProvedRow]] = {}
    for row in rows:
        by_fact.setdefault((row.fact, row.property, str(row.value)), []).append(row)
    facts: list[Fact] = []
    passages: list[Passage] = []
    for number, group in enumerate(by_fact.values(), start=1):
        why = withdrawn.get(group[0].fact)
        facts.append(_fact(number, group, why))
        passages += _passages(number, group, stands=why is None)
    return tuple(facts), passages


def _passages(number: int, rows: list[ProvedRow], *, stands: bool) -> Iterable[Passage]:
    for _, group in groupby(rows, lambda row: (row.start, row.end)):
        same = list(group)
        mentions = tuple(found for found in map(span, sorted({row.mention or "" for row in same})) if found)
        yield Passage(same[0].start, same[0].end, same[0].quote, number, mentions, stands)


def _fact(number: int, rows: list[ProvedRow], withdrawn: str | None) -> Fact:
    row = rows[0]
    what, subject, found, words = _said(row)
    anchors = tuple(dict.fromkeys(f"p{each.start}-{each.end}" for each in rows))
    best = max(rows, key=lambda each: each.confidence)
    return Fact(number, row.fact, what, subject, found, words, anchors, best.confidence, best.rule, withdrawn)


def _said(row: ProvedRow) -> tuple[str, Ref | None, Ref | None, str]:
    """What kind of fact a row tells of, its subject, its object, and its words."""
    person = Ref(row.person, row.name) if row.person and row.name else None
    if row.property:
        name = row.property.rsplit("#", 1)[-1]
        words = row.valueLabel or str(row.value)
        found = Ref(row.value, words) if isinstance(row.value, Iri) else None
        return PROPERTIES.get(name, name), None, found, words
    if row.rated is not None and row.best is not None:
        whose = {"own": "the reviewer’s rating", "user": "readers’ rating"}.get(row.kind or "", "rating")
        votes = f", {row.count} votes" if row.count else ""
        return "rating", None, None, f"{row.rated:g} of {row.best:g}, {whose}{votes}"
    if row.job:
        return "credit", person, None, row.job
    character = Ref(row.character, row.whom) if row.character and row.whom else None
    return "role", person, character, row.description or row.whom or ""
