"""Builds a sidecar from the answers to the queries in graph/queries/sidecar/."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graph import query
from graph.errors import StoreError
from graph.extract.sentences import split_sentences
from graph.sidecar.fold import fold
from graph.store import Iri, QuerySource

NAME = "sidecar.sqlite"
"""The file's name in a snapshot's folder."""
QUERIES = {
    "film": "sidecar/films",
    "person": "sidecar/people",
    "character": "sidecar/characters",
    "genre": "sidecar/genres",
    "review": "sidecar/reviews",
}
"""For each kind of thing that can be searched, the query that names them all."""


@dataclass(frozen=True, slots=True)
class _Name:
    iri: str
    name: str
    main: bool
    detail: str | None


@dataclass(frozen=True, slots=True)
class _Weight:
    iri: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Text:
    review: str
    text: str


@dataclass(frozen=True, slots=True)
class _Count:
    name: str
    value: int


@dataclass(slots=True)
class _Thing:
    names: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The first of its names."""
        return min(self.names or self.others)


def build(path: Path, source: QuerySource, counts: Mapping[str, int] | None = None) -> dict[str, int]:
    """Write the sidecar of a state of the graph to a new file; gives the counts that it holds.

    ``counts`` are further figures to keep, such as the number of triples. The same state gives the same file.
    Raises ``StoreError`` where the file cannot be written.
    """
    figures = {**{row.name: row.value for row in query.rows(source, "sidecar/counts", _Count)}, **(counts or {})}
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _schema())
            base.execute("BEGIN")
            places = _fill_things(base, source)
            _fill_sentences(base, source, places)
            base.executemany("INSERT INTO count VALUES (?, ?)", sorted(figures.items()))
            base.execute("COMMIT")
            base.execute("PRAGMA optimize")
    except sqlite3.Error as error:
        raise StoreError(f"the search index {path} cannot be written: {error}; is the disk full?") from error
    return figures


def _schema() -> str:
    return files("graph").joinpath("sidecar", "schema.sql").read_text(encoding="utf-8")


def _fill_things(base: sqlite3.Connection, source: QuerySource) -> dict[str, int]:
    """The rows of all things, those of which most is said first; gives each thing's row by its IRI."""
    weights = {row.iri: row.weight for row in query.rows(source, "sidecar/weights", _Weight)}
    things = [(iri, kind, thing) for kind, name in QUERIES.items() for iri, thing in _things(source, name).items()]
    _name_films(things)
    things.sort(key=lambda entry: (-weights.get(entry[0], 0), entry[0], entry[1]))
    for place, (iri, kind, thing) in enumerate(things, start=1):
        _insert(base, place, iri, kind, thing, weights.get(iri, 0))
    base.execute("INSERT INTO name_word (name_word) VALUES ('rebuild')")
    base.execute("INSERT INTO name_gram (name_gram) VALUES ('rebuild')")
    return {iri: place for place, (iri, kind, _) in enumerate(things, start=1) if kind == "review"}


def _things(source: QuerySource, name: str) -> dict[str, _Thing]:
    things: dict[str, _Thing] = {}
    for row in query.rows(source, name, _Name):
        thing = things.setdefault(row.iri, _Thing())
        (thing.names if row.main else thing.others).add(str(row.name))
        if row.detail:
            thing.details.add(row.detail)
    return things


def _name_films(things: list[tuple[str, str, _Thing]]) -> None:
    """Details that are films get the film's label here: cheaper than a join in the query for every character."""
    labels = {iri: thing.label for iri, kind, thing in things if kind == "film"}
    for _, _, thing in things:
        thing.details = {labels.get(detail, "") if isinstance(detail, Iri) else detail for detail in thing.details}


def _insert(base: sqlite3.Connection, place: int, iri: str, kind: str, thing: _Thing, weight: int) -> None:
    label, *more = [*sorted(thing.names), *sorted(thing.others - thing.names)]
    detail, other = ", ".join(sorted(filter(None, thing.details))), " / ".join(more)
    base.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", (place, iri, kind, label, detail, other, weight))
    spellings = sorted({folded for name in (label, *more) if (folded := fold(name))})
    base.executemany(
        "INSERT INTO name (thing, folded, kind) VALUES (?, ?, ?)", [(place, text, kind) for text in spellings]
    )


def _fill_sentences(base: sqlite3.Connection, source: QuerySource, places: Mapping[str, int]) -> None:
    base.executemany("INSERT INTO sentence (review, text) VALUES (?, ?)", _sentences(source, places))
    base.execute("INSERT INTO sentence_word (sentence_word) VALUES ('rebuild')")


def _sentences(source: QuerySource, places: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """Review and sentence; texts of what is not typed or named as a review are left out."""
    for row in sorted(query.rows(source, "sidecar/texts", _Text), key=lambda row: row.review):
        if row.review in places:
            yield from ((places[row.review], span.of(row.text)) for span in split_sentences(row.text))
    for row in sorted(query.rows(source, "sidecar/quotes", _Text), key=lambda row: (row.review, row.text)):
        if row.review in places:
            yield places[row.review], row.text
