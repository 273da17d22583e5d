"""Reads the graph of one source back, as far as resolution needs it: its films, people and their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, SKOS, URIRef
from rdflib.plugins.parsers.ntriples import unquote

from graph.vocabulary import FILM

Line = tuple[str, str, str]
"""Subject and predicate without their brackets; the object as N-Quads writes it."""

_ACTING, _PERSON = str(FILM.performer), str(FILM.person)
_TITLES = {str(term) for term in (FILM.title, FILM.originalTitle, SKOS.altLabel)}

NOTHING = URIRef("")


@dataclass(slots=True)
class Part:
    """A role or credit: its film, who has it, and for a role its character's name or its description."""

    iri: URIRef
    film: URIRef = NOTHING
    person: URIRef = NOTHING
    character: URIRef | None = None


@dataclass(slots=True)
class Told:
    """What the graph of one source tells."""

    titles: dict[URIRef, list[str]] = field(default_factory=dict)
    """The titles of each film, its own first."""
    labels: dict[URIRef, str] = field(default_factory=dict)
    years: dict[URIRef, int] = field(default_factory=dict)
    names: dict[URIRef, str] = field(default_factory=dict)
    """Names of people and characters."""
    people: set[URIRef] = field(default_factory=set)
    parts: dict[URIRef, Part] = field(default_factory=dict)
    of_film: dict[URIRef, list[Part]] = field(default_factory=dict)
    """The parts of each film."""


def lines(nquads: bytes, graph: str) -> Iterator[Line]:
    """The statements of a graph's N-Quads, all of whose subjects are IRIs."""
    end = f" <{graph}> ."
    for line in nquads.decode().split("\n"):
        if line:
            subject, predicate, rest = line.split(" ", 2)
            yield subject[1:-1], predicate[1:-1], rest.removesuffix(end)


def words(value: str) -> str:
    r"""The text of a literal as N-Quads writes it.

    >>> words('"a \\"b\\""'), words('"2017"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    ('a "b"', '2017')
    """
    return str(unquote(value[1 : value.rindex('"')]))


def read_told(statements: Iterable[Line]) -> Told:
    """Films, people and parts of a graph."""
    told, kinds = Told(), {str(FILM.Film): "film", str(FILM.Person): "person"}
    for subject, predicate, value in statements:
        this = URIRef(subject)
        if predicate == str(RDF.type) and kinds.get(value[1:-1]) == "film":
            told.titles.setdefault(this, [])
        elif predicate == str(RDF.type) and kinds.get(value[1:-1]) == "person":
            told.people.add(this)
        elif predicate in _TITLES:
            known = told.titles.setdefault(this, [])
            known.insert(0 if predicate == str(FILM.title) else len(known), words(value))
        elif predicate == str(FILM.year):
            told.years[this] = int(words(value))
        elif predicate == str(FILM.name):
            told.names.setdefault(this, words(value))
        elif predicate == str(RDFS.label):
            told.labels[this] = words(value)
        else:
            _part(told, this, predicate, value)
    told.parts = {iri: part for iri, part in told.parts.items() if part.film and part.person}
    for part in told.parts.values():
        told.of_film.setdefault(part.film, []).append(part)
    return told


def _part(told: Told, this: URIRef, predicate: str, value: str) -> None:
    """Note what belongs to a role or credit."""
    if predicate not in (_ACTING, _PERSON, str(FILM.inFilm), str(FILM.character)):
        return
    part, other = told.parts.setdefault(this, Part(this)), URIRef(value[1:-1])
    if predicate in (_ACTING, _PERSON):
        part.person = other
    elif predicate == str(FILM.inFilm):
        part.film = other
    else:
        part.character = other
