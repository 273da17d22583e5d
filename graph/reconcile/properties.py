"""What can be said of a thing in a table: properties by the kind of thing, and their values in the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import URIRef

from graph import query
from graph.sidecar import Hit, Sidecar
from graph.store import Iri, QuerySource
from graph.vocabulary import FILM

KINDS = ("film", "person", "character", "review")
"""The kinds of things that can be reconciled, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a value is reached: by a property of the thing, or, with ``of``, from things of that kind that name it."""

    term: URIRef
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that can be said of a kind of thing. ``gives`` is the kind of its values, "" for plain values.

    ``roles`` is the property of a role that leads to the thing, for the one property whose values are roles.
    """

    id: str
    name: str
    says: str
    gives: str = ""
    ways: tuple[Way, ...] = ()
    roles: URIRef | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a thing with its label, or a plain value, whose ``iri`` is None."""

    iri: str | None
    label: str | int


@dataclass(frozen=True, slots=True)
class _Row:
    thing: str
    property: str
    value: Any


@dataclass(frozen=True, slots=True)
class _RoleRow:
    thing: str
    actor: str
    whom: str | None
    title: str
    year: int | None


_IN, _BY = Way(FILM.inFilm), Way(FILM.director, "film")
PROPERTIES: Mapping[str, tuple[Property, ...]] = {
    "film": (
        Property("year", "year", "The year in which the film came out.", ways=(Way(FILM.year),)),
        Property("director", "director", "Who directed it.", "person", (Way(FILM.director),)),
        Property("actor", "actor", "Who acts in it.", "person", (Way(FILM.actor),)),
        Property("character", "character", "Who is played in it.", "character", (Way(FILM.inFilm, "character"),)),
        Property("role", "role", "Who plays whom in it, in words.", roles=FILM.inFilm),
        Property("genre", "genre", "Its genres.", "genre", (Way(FILM.genre),)),
        Property("country", "country", "Where it was made.", ways=(Way(FILM.country),)),
        Property("runtime", "runtime", "Its length in minutes.", ways=(Way(FILM.runtime),)),
        Property("review", "review", "Reviews of it.", "review", (Way(FILM.reviewOf, "review"),)),
    ),
    "person": (
        Property("film", "film", "Films that the person acted in or directed.", "film", (Way(FILM.actedIn), _BY)),
        Property("directed", "directed", "Films that the person directed.", "film", (_BY,)),
        Property("character", "character", "Whom the person played.", "character", (Way(FILM.played),)),
        Property("role", "role", "Whom the person played in which film, in words.", roles=FILM.performer),
    ),
    "character": (
        Property("film", "film", "The film that the character is in.", "film", (_IN,)),
        Property("actor", "actor", "Who played the character.", "person", (Way(FILM.played, "person"),)),
        Property("role", "role", "Who played the character in which film, in words.", roles=FILM.character),
    ),
    "review": (
        Property("film", "film", "The film that the review is about.", "film", (Way(FILM.reviewOf),)),
        Property("reviewer", "reviewer", "Who wrote it.", ways=(Way(FILM.reviewer),)),
        Property("outlet", "outlet", "Where it appeared.", ways=(Way(FILM.outlet),)),
        Property("published", "published", "When it appeared.", ways=(Way(FILM.published),)),
    ),
}

Values = Mapping[tuple[str, str], Sequence[Value]]
"""Values by thing and the property's id; what the graph does not say is absent."""


def values(source: QuerySource, sidecar: Sidecar, asked: Iterable[Property], things: Iterable[str]) -> Values:
    """What the graph says of these things, all of which are of the kind that the properties belong to."""
    properties, iris = list(asked), [URIRef(thing) for thing in sorted(set(things))]
    if not iris or not properties:
        return {}
    found: dict[tuple[str, str], dict[Value, None]] = defaultdict(dict)
    rows = [(row, back) for back in (False, True) for row in _rows(source, properties, iris, back=back)]
    known = sidecar.about({str(row.value) for row, _ in rows if isinstance(row.value, Iri)})
    for row, back in rows:
        for prop in properties:
            if any(_is_by(way, row, known, back=back) for way in prop.ways):
                found[row.thing, prop.id][_value(row, known)] = None
    for prop in properties:
        if prop.roles is not None:
            for role in query.rows(source, "reconcile/roles", _RoleRow, thing=iris, property=prop.roles):
                found[role.thing, prop.id][Value(None, _words(role))] = None
    return {key: tuple(sorted(each, key=lambda value: str(value.label))) for key, each in found.items()}


def _rows(source: QuerySource, properties: Sequence[Property], iris: list[URIRef], *, back: bool) -> list[_Row]:
    """What the things say, or what says them; the engine is slow where a VALUES row tells it by what they say it."""
    terms = sorted({way.term for prop in properties for way in prop.ways if (way.of is not None) == back})
    if not back:
        return query.rows(source, "reconcile/values", _Row, thing=iris) if terms else []
    name = "reconcile/backwards"
    return [row for term in terms for row in query.rows(source, name, _Row, thing=iris, property=term)]


def _is_by(way: Way, row: _Row, known: Mapping[str, Hit], *, back: bool) -> bool:
    if str(way.term) != row.property or (way.of is not None) != back:
        return False
    return way.of is None or (row.value in known and known[row.value].kind == way.of)


def _value(row: _Row, known: Mapping[str, Hit]) -> Value:
    """A value with the label that the search index knows; a film's has its year with it."""
    if isinstance(row.value, Iri):
        iri = str(row.value)
        hit = known.get(iri)
        if hit is None:
            return Value(iri, iri.rsplit("/", 1)[-1])
        return Value(iri, f"{hit.label} ({hit.detail})" if hit.kind == "film" and hit.detail else hit.label)
    whole = isinstance(row.value, int) and not isinstance(row.value, bool)
    return Value(None, row.value if whole else str(row.value))


def _words(row: _RoleRow) -> str:
    year = f" ({row.year})" if row.year else ""
    return f"{row.actor} as {row.whom or 'somebody'} in {row.title}{year}"
