"""Reads a review as a careful person does: who played whom, with the sentence that proves it.

The way of the data: ``clean`` → ``sentences`` → ``names`` → ``units`` (coded sentences) → ``relations`` (rules) →
``pairs`` → ``features`` → ``judge`` → ``resolve_roles``; beside it ``layout`` → ``film`` for the film and its credits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.extract.castlist import BRACKETED
from graph.extract.judge import judge_pairs
from graph.extract.language import check_readable
from graph.extract.names import key
from graph.extract.reading import Gazetteer, Reading, read
from graph.extract.resolve_roles import both, decide, roles
from graph.facts import Credit, Document, Facts, Role, Span, Value

THRESHOLD = 0.5
"""Roles below this confidence are suggestions, not facts.

Cross-validation over films finds F1 flat from 0.40 to 0.55; within that the annotated texts decide.
"""

__all__ = ["THRESHOLD", "Gazetteer", "extract"]


def extract(document: Document, gazetteer: Gazetteer | None = None, threshold: float = THRESHOLD) -> Facts:
    """The facts of one review.

    Raises InputError where the text is empty, binary, or not in English; the message names ``document.name``.
    """
    check_readable(document.name, document.text)
    reading = read(document, gazetteer)
    film = reading.film
    found = _billed(_joined(reading, roles(reading, decide(judge_pairs(reading)))), film.cast)
    return Facts(
        source=document.name,
        film=film.film,
        credits=(*film.credits, *(Credit(name.value, "actor", name.evidence) for name in film.cast)),
        roles=tuple(role for role in found if role.confidence >= threshold),
        ratings=film.ratings,
        suggestions=tuple(role for role in found if role.confidence < threshold),
        reviewer=film.reviewer,
        outlet=film.outlet,
        published=film.published,
        headline=film.headline,
        url=film.url,
    )


def _joined(reading: Reading, found: list[Role]) -> list[Role]:
    """The roles of the text with those of cast lists and tables; the same role twice has the evidence of both."""
    told = [e.span for role in reading.film.roles for e in role.evidence if e.rule == BRACKETED]
    merged = {_place(role): role for role in found if not told or not _within(role, told)}
    for role in reading.film.roles:
        known = merged.get(_place(role))
        merged[_place(role)] = role if known is None else _as_listed(both(known, role), role)
    return list(merged.values())


def _within(role: Role, lines: Iterable[Span]) -> bool:
    """Whether all that speaks for a role are lines of a cast list, which is better read as a whole."""
    starts = {line.start for line in lines}
    return all(any(e.span.start <= start < e.span.end for start in starts) for e in role.evidence)


def _billed(found: Iterable[Role], cast: Iterable[Value[str]]) -> list[Role]:
    """The roles with their performers' places in the document's list of the cast, as far as it has one."""
    listed = dict.fromkeys(key(name.value) for name in cast)
    place = {name: number for number, name in enumerate(listed, start=1)}
    return [replace(role, billing=place.get(key(role.actor))) for role in found]


def _as_listed(role: Role, listed: Role) -> Role:
    """A role as the cast list writes it."""
    return replace(role, character=listed.character, description=listed.description)


def _place(role: Role) -> tuple[str, str]:
    """What tells two roles apart: performer and character, without the article."""
    return key(role.actor), key(role.character or role.description or "").removeprefix("the ")
