"""What a small change of the sources adds to the inferred statements, and what it takes from them.

Every rule joins statements of one film, or of one resource. So the rules run on two small stores, which hold what the
sources say of the films and resources that are touched, before and after the change; what follows only before is
checked once more against all films of the people in it, since somebody may be an actor by another film.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rdflib import URIRef

from graph import ontology, query
from graph.infer.rules import conclusions
from graph.iris import Iris
from graph.store import QuerySource, in_memory
from graph.triples import ntriples
from graph.vocabulary import FILM

_CHUNK = 300
"""Resources that are asked for at a time."""
_IRI = re.compile(rb"<([^>]*)>")
_IN_FILM = f"<{FILM.inFilm}>".encode()


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of N-Triples that now follow, and lines that no longer do; either may hold what was so already."""

    added: set[bytes]
    gone: set[bytes]


@dataclass(frozen=True, slots=True)
class _Film:
    film: str


def consequences(iris: Iris, before: QuerySource | None, after: QuerySource, touched: Iterable[bytes]) -> Change:
    """What follows from a change whose lines (N-Quads, added or gone) are ``touched``."""
    things, films = _touched(touched)
    sources = [source for source in (before, after) if source is not None]
    for source in sources:
        films |= set(_films(source, "context/films", "thing", things))
    old = set() if before is None else conclusions(_context(before, iris, things, films))
    new = conclusions(_context(after, iris, things, films))
    gone = old - new
    people = {iri.decode() for line in gone for iri in _IRI.findall(line) if b"/person/" in iri}
    if people:
        wider = set(_films(after, "context/filmography", "person", people))
        gone -= conclusions(_context(after, iris, things | people, films | wider))
    return Change(new, gone)


def _touched(lines: Iterable[bytes]) -> tuple[set[str], set[str]]:
    """The subjects of some statements, and the films that they belong to."""
    things, films = set(), set()
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        things.add(subject[1:-1].decode())
        if predicate == _IN_FILM:
            films.add(rest[1 : rest.index(b">")].decode())
    return things, films


def _films(source: QuerySource, name: str, term: str, iris: Iterable[str]) -> Iterator[str]:
    for chunk in _chunks(iris):
        terms: dict[str, Any] = {term: chunk}
        yield from (row.film for row in query.rows(source, name, _Film, **terms))


def _context(source: QuerySource, iris: Iris, things: Iterable[str], films: Iterable[str]) -> QuerySource:
    """A store in memory with the ontology and what sources say of these resources and films."""
    pieces = [ntriples(ontology.statements())]
    for name, term, wanted in (("context/of-things", "thing", things), ("context/of-films", "film", films)):
        for chunk in _chunks(wanted):
            terms: dict[str, Any] = {term: chunk, "inferred": [iris.inferred]}
            pieces.append(source.construct(query.fill(name, **terms)))
    return in_memory(b"".join(pieces))


def _chunks(iris: Iterable[str]) -> Iterator[list[URIRef]]:
    ordered = [URIRef(iri) for iri in sorted(iris)]
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
