"""Find things by their names where there is no index of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from graph.sidecar import Hit
from graph.store import QuerySource
from graph.vocabulary import FILM

CLASSES: Mapping[str, URIRef] = {
    "film": FILM.Film,
    "person": FILM.Person,
    "character": FILM.Character,
    "genre": FILM.Genre,
    "review": FILM.Review,
}
"""The kinds of things that can be searched, and their classes."""
MOST = 200
"""Things that are looked at for one line of results."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of ``find`` and of ``plain/begun``."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One row of ``plain/details``."""

    iri: str
    title: str | None
    year: str | None
    film: str | None


def begun(source: QuerySource, letters: str, kind: str | None = None) -> list[Hit]:
    """Things in whose names a word begins with these letters, whatever their case; the likeliest first.

    ``kind`` is one of ``CLASSES``, or None for all.
    """
    rows = query.rows(source, "plain/begun", FoundRow, limit=MOST, letters=Literal(letters), **_of(kind))
    return _ranked(source, rows, letters)


def holding(source: QuerySource, text: str, kind: str | None, limit: int) -> list[Hit]:
    """Things whose names hold this text anywhere, whatever its case; the likeliest first."""
    rows = query.rows(source, "find", FoundRow, limit=limit, text=Literal(text), **_of(kind))
    return _ranked(source, rows, text)


def _of(kind: str | None) -> dict[str, list[URIRef]]:
    return {"class": [CLASSES[kind]] if kind else list(CLASSES.values())}


def _ranked(source: QuerySource, rows: Iterable[FoundRow], text: str) -> list[Hit]:
    """The whole name first, then names that begin so, the shorter ones before."""
    wanted, order = text.lower(), list(CLASSES)
    hits = _told(source, list(rows))
    return sorted(
        hits,
        key=lambda hit: (
            hit.label.lower() != wanted, not hit.label.lower().startswith(wanted), order.index(hit.kind),
            len(hit.label), hit.label, hit.iri,
        ),
    )  # fmt: skip


def _told(source: QuerySource, rows: list[FoundRow]) -> list[Hit]:
    """The rows as an index gives them: a film by its title, with its year; others with their film."""
    kinds = {str(iri): name for name, iri in CLASSES.items()}
    if not rows:
        return []
    asked = query.rows(source, "plain/details", DetailRow, iri=[URIRef(row.iri) for row in rows])
    known = {row.iri: row for row in asked}
    return [_hit(row, kinds[row.kind], known.get(row.iri)) for row in rows]


def _hit(row: FoundRow, kind: str, detail: DetailRow | None) -> Hit:
    if detail is None:
        return Hit(row.iri, kind, row.label, "", 1.0)
    if kind == "film":
        return Hit(row.iri, kind, detail.title or row.label, detail.year or "", 1.0)
    return Hit(row.iri, kind, row.label, detail.film or "", 1.0)
