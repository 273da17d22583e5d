"""Brings the dossiers of a sidecar up to date: of films that a change speaks of, and of those that show its names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDFS, URIRef

from graph import query
from graph.dossier.gather import first_names, source_names
from graph.sidecar.dossiers import Place, dossiers, fill_dossiers, fill_places, forget
from graph.sidecar.patch import NoRoomError
from graph.store import QuerySource
from graph.vocabulary import FILM

_CHUNK = 300
"""Things that are asked for at a time."""
_SUPPORTS, _NAME, _LABEL = (f"<{term}>".encode() for term in (FILM.supports, FILM.name, RDFS.label))


@dataclass(frozen=True, slots=True)
class _Found:
    iri: str


class Refile:
    """What a change of the graph, told in lines of N-Quads, does to the dossiers of an open sidecar."""

    def __init__(self, before: QuerySource, after: QuerySource, lines: Iterable[bytes]) -> None:
        self._states = (before, after)
        self._proved: set[str] = set()
        self._named: set[str] = set()
        self._labelled: set[str] = set()
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _SUPPORTS:
                self._proved.add(rest[1 : rest.index(b">")].decode())
            elif predicate == _NAME:
                self._named.add(subject[1:-1].decode())
            elif predicate == _LABEL:
                self._labelled.add(subject[1:-1].decode())

    def follow(self, base: sqlite3.Connection, touched: set[str], films: set[str]) -> None:
        """Make the dossiers of these films, and of all that show what was touched, what they are now.

        Raises ``NoRoomError`` where a source has another name, for all that it says would have to be looked through.
        """
        self._look_at_sources()
        renamed = self._renamed()
        for source in self._states:
            films |= self._proved | set(_ask(source, "sidecar/films-of", self._proved))
            films |= set(_ask(source, "dossier/films-around", renamed))
            films |= set(_ask(source, "dossier/ratings-around", touched))
        after = self._states[1]
        forget(base, touched, films)
        fill_places(base, _places(after, touched))
        fill_dossiers(base, dossiers(after, films))

    def _renamed(self) -> set[str]:
        """What is called otherwise than before."""
        before, after = (first_names(source, self._named) for source in self._states)
        return {iri for iri in self._named if before.get(iri) != after.get(iri)}

    def _look_at_sources(self) -> None:
        before, after = (source_names(source, self._labelled) for source in self._states)
        if any(before[iri] != after[iri] for iri in before.keys() & after.keys()):
            raise NoRoomError


def _ask(source: QuerySource, name: str, things: Iterable[str]) -> Iterator[str]:
    for chunk in _chunks(things):
        yield from (str(row.iri) for row in query.rows(source, name, _Found, thing=chunk))


def _places(source: QuerySource, things: Iterable[str]) -> Iterator[Place]:
    for chunk in _chunks(things):
        yield from query.rows(source, "sidecar/places-of", Place, character=chunk)


def _chunks(things: Iterable[str]) -> Iterator[list[URIRef]]:
    ordered = [URIRef(iri) for iri in sorted(things)]
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
