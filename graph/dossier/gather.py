"""Asks a store for the dossiers of films, in the same few questions however many films or roles there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from graph.dossier.packing import opened
from graph.dossier.record import Dossier, Parts, Raw, Rows, parts
from graph.store import Iri, QuerySource, Value

BATCH = 400
"""Things asked about in one query."""
FILMS = 25
"""Films asked about at a time."""
SECTIONS = ("facts", "genres", "ratings", "reviews")
Told = dict[str, list[str]]
"""What is said of one part: the values by the last part of their property."""


@dataclass(frozen=True, slots=True)
class _Part:
    film: str
    part: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class _Name:
    thing: str
    name: str


@dataclass(frozen=True, slots=True)
class _Stated:
    fact: str
    source: str


@dataclass(frozen=True, slots=True)
class _Proved:
    fact: str


@dataclass(frozen=True, slots=True)
class _Source:
    source: str
    sourceLabel: str  # noqa: N815  # fields are named as the query's variables
    dataset: bool


def gather(source: QuerySource, film: URIRef) -> Dossier:
    """The dossier of a film; it has no facts where no source speaks of it."""
    return opened(dict(gather_parts(source, [film]))[str(film)])


def gather_parts(source: QuerySource, films: Sequence[URIRef]) -> Iterator[tuple[str, Parts]]:
    """The parts of the dossiers of films, by IRI."""
    for at in range(0, len(films), FILMS):
        yield from _gathered(source, films[at : at + FILMS])


def _gathered(source: QuerySource, films: Sequence[URIRef]) -> Iterator[tuple[str, Parts]]:
    facts, genres, ratings, reviews = (_by_film(source, name, films) for name in SECTIONS)
    dossiers = {
        film: Rows(facts=facts[film], genres=genres[film], ratings=ratings[film], reviews=reviews[film])
        for film in map(str, films)
    }
    _add_parts(source, films, dossiers)
    named = source_names(source, {name for rows in dossiers.values() for name in _sources(rows)})
    for film, rows in dossiers.items():
        yield film, parts(rows, named)


def source_names(source: QuerySource, sources: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """The first label of each source that has one, and whether it is a dataset."""
    named: dict[str, tuple[str, bool]] = {}
    for batch in _batches(sources):
        for row in query.rows(source, "source-names", _Source, source=batch):
            label = str(row.sourceLabel)
            named[row.source] = min(label, named.get(row.source, (label,))[0]), row.dataset
    return named


def _by_film(source: QuerySource, name: str, films: Sequence[URIRef]) -> dict[str, list[Raw]]:
    """The rows of a question about each film, without the film."""
    rows: dict[str, list[Raw]] = defaultdict(list)
    for film, *row in source.select(query.fill(f"dossier/{name}", film=films)):
        rows[str(film)].append(tuple([str(value) if isinstance(value, Iri) else value for value in row]))
    return rows


def _sources(rows: Rows) -> Iterator[str]:
    yield from (row[2] for row in rows.facts)
    yield from (row[5] for row in rows.ratings)
    yield from (name for row in (*rows.roles, *rows.credits) for name in row[-1])


def _add_parts(source: QuerySource, films: Sequence[URIRef], dossiers: dict[str, Rows]) -> None:
    """The roles and credits of the films, with whether they, and the film itself, are proved."""
    told: dict[str, dict[str, Told]] = defaultdict(dict)
    for row in query.rows(source, "dossier/parts", _Part, film=films):
        about = told[row.film].setdefault(row.part, {})
        about.setdefault(row.property.rsplit("#", 1)[-1], []).append(row.value)
    names = _names(source, (each for film in told.values() for each in film.values()))
    stated: dict[str, list[str]] = defaultdict(list)
    for said in sorted(query.rows(source, "dossier/sources", _Stated, film=films), key=lambda said: said.source):
        stated[said.fact].append(str(said.source))
    facts = [*dossiers, *(part for film in told.values() for part in film)]
    proved = {row.fact for each in _batches(facts) for row in query.rows(source, "proved", _Proved, fact=each)}
    for film, rows in dossiers.items():
        rows.proved = film in proved
        said_of = told[film].items()
        rows.roles = [row for iri, each in said_of for row in _role(iri, each, names, iri in proved, stated[iri])]
        rows.credits = [row for iri, each in said_of for row in _credit(iri, each, names, iri in proved, stated[iri])]


def _role(iri: str, told: Told, names: dict[str, str], proved: bool, stated: list[str]) -> Iterator[Raw]:
    named = _named(told, "performer", names)
    if named:
        whom, character = min(_named(told, "character", names), default=(None, None))
        description = min(told.get("roleDescription", ()), default=None)
        billing = min(_places(told), default=None)
        name, person = min(named)
        yield str(iri), person, name, character, whom, description, proved, billing, tuple(stated)


def _places(told: Told) -> Iterator[int]:
    values: Iterable[Value] = told.get("billing", ())
    return (value for value in values if isinstance(value, int) and not isinstance(value, bool))


def _credit(iri: str, told: Told, names: dict[str, str], proved: bool, stated: list[str]) -> Iterator[Raw]:
    named = _named(told, "person", names)
    if named and "job" in told:
        name, person = min(named)
        yield str(iri), min(told["job"]), person, name, proved, tuple(stated)


def _named(told: Told, key: str, names: dict[str, str]) -> list[tuple[str, str]]:
    return [(names[iri], str(iri)) for iri in told.get(key, ()) if iri in names]


def _names(source: QuerySource, told: Iterable[Told]) -> dict[str, str]:
    """The first name of everyone and everything that the parts speak of, in the order of letters."""
    things = {iri for each in told for key in ("performer", "person", "character") for iri in each.get(key, ())}
    return first_names(source, (thing for thing in things if isinstance(thing, Iri)))


def first_names(source: QuerySource, things: Iterable[str]) -> dict[str, str]:
    """The first name of each thing that has one, in the order of letters."""
    found: dict[str, str] = {}
    for batch in _batches(things):
        for row in query.rows(source, "names", _Name, thing=batch):
            name = str(row.name)
            found[row.thing] = min(name, found.get(row.thing, name))
    return found


def _batches(things: Iterable[str]) -> Iterator[list[URIRef]]:
    """IRIs in batches; what has none cannot be asked for."""
    ordered = [URIRef(thing) for thing in sorted(set(map(str, things))) if not thing.startswith("_:")]
    return (ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH))
