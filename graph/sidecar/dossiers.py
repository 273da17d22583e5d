"""The dossiers of films in a sidecar, and which film each character belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from graph.dossier import pack
from graph.dossier.gather import gather_parts
from graph.dossier.record import Parts, has_title
from graph.sidecar.entries import key
from graph.store import QuerySource


@dataclass(frozen=True, slots=True)
class Place:
    """A character and a film in which it is."""

    character: str
    film: str


def dossiers(source: QuerySource, films: Iterable[str]) -> Iterator[tuple[str, Parts]]:
    """The dossiers of these films, by IRI, as far as they have one."""
    return gather_parts(source, [URIRef(film) for film in sorted(films) if not film.startswith("_:")])


def places(source: QuerySource) -> list[Place]:
    """The film of every character."""
    return query.rows(source, "sidecar/places", Place)


def fill_dossiers(base: sqlite3.Connection, found: Iterable[tuple[str, Parts]]) -> None:
    """Keep those of these dossiers that tell a title: without one there is no page."""
    rows = ((key(film, "film"), pack(parts)) for film, parts in found if has_title(parts))
    base.executemany("INSERT OR REPLACE INTO dossier VALUES (?, ?)", rows)


def fill_places(base: sqlite3.Connection, found: Iterable[Place]) -> None:
    """Note the film of each character."""
    rows = ((key(one.character, "character"), key(one.film, "film")) for one in found)
    base.executemany("INSERT OR IGNORE INTO place VALUES (?, ?)", sorted(rows))


def forget(base: sqlite3.Connection, things: Iterable[str], films: Iterable[str]) -> None:
    """Take out the places of these characters and the dossiers of these films."""
    base.executemany("DELETE FROM place WHERE thing = ?", [(key(iri, "character"),) for iri in things])
    base.executemany("DELETE FROM dossier WHERE film = ?", [(key(iri, "film"),) for iri in films])
