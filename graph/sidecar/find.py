"""What a text means, whether it names one thing or two: what pages and the command line search with."""

from __future__ import annotations

from collections.abc import Iterator

from graph.sidecar.pairs import SEARCH, TYPING, Pair
from graph.sidecar.search import Hit, Sidecar

ROLE = "role"
"""The kind of a hit that is a role, which two things name together."""
FEW = 5
"""Things that are called as asked from which on nobody means two; of what is still being typed, one will do."""
ROLES = 5
"""Roles that are told for one text."""
NAMED = 1.0
"""The score of a hit for its name; that of a review for its sentences is lower."""


def find(sidecar: Sidecar, text: str, kind: str | None = None, limit: int = 20, *, typing: bool = False) -> list[Hit]:
    """What a text names: things called so, then roles that it tells by two sides, with their films and people.

    ``kind`` is one of ``KINDS``, or None for all and for roles. With ``typing`` it is what was typed so far. Sentences
    of reviews follow; near spellings, marked as such, are given where there is nothing else.
    """
    hits = _look(sidecar, text, kind, limit, typing=typing, near=False)
    named = [hit for hit in hits if hit.score >= NAMED]
    if len(named) < (1 if typing else FEW) and kind in (None, "film", "person", "character"):
        roles = sidecar.pairs(text, ROLES, near=not named, reach=TYPING if typing else SEARCH)
        if roles:
            known = {hit.iri for hit in named}
            told = [hit for hit in _told(roles, kind) if hit.iri not in known]
            hits = [*named, *told, *(hit for hit in hits if hit.score < NAMED)]
    return hits[:limit] or _look(sidecar, text, kind, limit, typing=typing, near=True)


def _look(sidecar: Sidecar, text: str, kind: str | None, limit: int, *, typing: bool, near: bool) -> list[Hit]:
    if typing:
        return sidecar.suggest(text, limit, kind, near=near)
    return sidecar.search(text, kind, limit, near=near)


def _told(roles: list[Pair], kind: str | None) -> list[Hit]:
    """Roles, then their films and people, each once."""
    found = {hit.iri: hit for pair in roles for hit in _hits(pair) if kind in (None, hit.kind)}
    return sorted(found.values(), key=lambda hit: (ROLE, "film", "person").index(hit.kind))


def _hits(pair: Pair) -> Iterator[Hit]:
    film = f"{pair.title} ({pair.year})" if pair.year else pair.title
    yield Hit(pair.role, ROLE, f"{pair.name} as {pair.whom}" if pair.whom else pair.name, film, NAMED, pair.near)
    yield Hit(pair.film, "film", pair.title, pair.year, NAMED, pair.near)
    yield Hit(pair.person, "person", pair.name, "", NAMED, pair.near)
