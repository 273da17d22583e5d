"""What the graph holds already, as far as adding to it needs: films, people, roles and sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches

from rdflib import URIRef

from graph import query
from graph.resolve import Known, KnownFilm
from graph.store import QuerySource


@dataclass(frozen=True, slots=True)
class StoredSource:
    """One source of the graph: its graph's IRI, its own IRI, its label and the digest of its text or file."""

    graph: str
    source: str
    label: str
    sha256: str

    @property
    def id(self) -> str:
        """The end of its IRI, which ``filmgraph remove`` takes."""
        return self.graph.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class _Film:
    film: str
    title: str
    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class _Person:
    film: str
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class _Role:
    film: str
    person: str
    character: str


def sources(source: QuerySource) -> list[StoredSource]:
    """All sources, sorted by graph."""
    return query.rows(source, "known/sources", StoredSource)


def known(source: QuerySource) -> Known:
    """Films, people and roles, for resolving what is added."""
    graph = Known()
    people: dict[str, set[URIRef]] = defaultdict(set)
    for row in query.rows(source, "known/people", _Person):
        people[row.film].add(URIRef(row.person))
        graph.names.setdefault(URIRef(row.person), row.name)
    for film in query.rows(source, "known/films", _Film):
        note = KnownFilm(URIRef(film.film), film.label, film.year, frozenset(people[film.film]))
        graph.learn_film(film.title, note)
    for role in query.rows(source, "known/roles", _Role):
        graph.learn_role(URIRef(role.film), URIRef(role.person), role.character)
    return graph


def no_such_source(wanted: str, ids: list[str]) -> str:
    """The message for an unknown source, with the ids that look like it."""
    near = get_close_matches(wanted, ids, n=3, cutoff=0.5)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no source {wanted!r}{meant} (`filmgraph stats --sources` lists all {len(ids)})"
