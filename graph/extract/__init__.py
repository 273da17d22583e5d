"""Reads a review as a careful person does: who played whom, with the sentence that proves it.

The way of the data: ``clean`` → ``sentences`` → ``names`` → ``units`` (coded sentences) → ``relations`` (rules) →
``pairs`` → ``features`` → ``judge`` → ``resolve_roles``; beside it ``layout`` → ``film`` for the film and its credits.
"""

from __future__ import annotations

from dataclasses import replace

from graph.extract.judge import judge_pairs
from graph.extract.language import check_readable
from graph.extract.names import key
from graph.extract.reading import Gazetteer, Reading, read
from graph.extract.resolve_roles import both, decide, roles
from graph.facts import Credit, Document, Facts, Role

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
    found = _joined(reading, roles(reading, decide(judge_pairs(reading))))
    film = reading.film
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
    merged = {_place(role): role for role in found}
    for role in reading.film.roles:
        known = merged.get(_place(role))
        merged[_place(role)] = role if known is None else _as_listed(both(known, role), role)
    return list(merged.values())


def _as_listed(role: Role, listed: Role) -> Role:
    """A role as the cast list writes it."""
    return replace(role, character=listed.character, description=listed.description)


def _place(role: Role) -> tuple[str, str]:
    """What tells two roles apart: performer and character, without the article."""
    return key(role.actor), key(role.character or role.description or "").removeprefix("the ")
