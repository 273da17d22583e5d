"""Writes a whole sidecar from a state of the graph."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from graph import query
from graph.errors import StoreError
from graph.sidecar.casts import casts, fill_casts
from graph.sidecar.dossiers import dossiers, fill_dossiers, fill_places, places
from graph.sidecar.entries import Entry, entries, key, sentences, spellings, weights
from graph.sidecar.marks import fill_lists, marks
from graph.store import QuerySource

NAME = "sidecar.sqlite"
"""The file's name in a snapshot's folder."""
VERSION = 6
"""Changes with the tables; a sidecar of another version is made anew."""
ROOM = 1 << 20
"""Free ids of names before those of the things of which most is said."""
ABOVE = 1 << 62
"""A weight above all others, to which those ids belong; no thing has it."""
SPARE = 1 << 16
"""Free ids after those of each weight, besides an eighth: half of them go to each weight that comes in between."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: how many there are of a kind."""

    name: str
    value: int


def build(path: Path, source: QuerySource, counts: Mapping[str, int] | None = None) -> dict[str, int]:
    """Write the sidecar of a state of the graph to a new file; gives the counts that it holds.

    ``counts`` are further figures to keep, such as the number of triples. The same state gives the same file.
    Raises ``StoreError`` where the file cannot be written.
    """
    figures = {**{row.name: row.value for row in query.rows(source, "sidecar/counts", Count)}, **(counts or {})}
    found = list(entries(source, weights(source)))
    with writing(path) as base:
        fill_things(base, sorted(found, key=lambda entry: entry.key))
        fill_names(base, sorted(found, key=lambda entry: entry.rank))
        fill_sentences(base, sentences(source))
        fill_lists(base, marks(source))
        fill_casts(base, *casts(source))
        fill_places(base, places(source))
        fill_dossiers(base, dossiers(source, (one.iri for one in found if one.kind == "film")))
        finish(base, figures)
    return figures


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A new sidecar without contents; raises ``StoreError`` where it cannot be written."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;")
            base.executescript(f"PRAGMA user_version = {VERSION};" + script("schema.sql"))
            base.execute("BEGIN")
            yield base
            base.execute("COMMIT")
            base.execute("PRAGMA optimize")
    except sqlite3.Error as error:
        raise StoreError(f"the search index {path} cannot be written: {error}; is the disk full?") from error


def script(name: str) -> str:
    """A file of statements that is part of this package."""
    return files("graph").joinpath("sidecar", name).read_text(encoding="utf-8")


def fill_things(base: sqlite3.Connection, things: Iterable[Entry]) -> None:
    """The rows of all things, best by ascending key."""
    base.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((one.key, one.iri, one.kind, one.label, one.detail, one.other, one.weight) for one in things),
    )


def fill_names(base: sqlite3.Connection, things: Iterable[Entry]) -> None:
    """The names of all things, which come by rank."""
    place = ROOM
    base.execute("INSERT INTO rank VALUES (?, 1, ?)", (ABOVE, ROOM))
    for weight, group in groupby(things, key=lambda one: one.weight):
        first = place
        for one in group:
            names = spellings((one.label, *one.others))
            base.executemany(
                "INSERT INTO name VALUES (?, ?, ?, ?)",
                [(place + more, one.key, name, one.kind) for more, name in enumerate(names)],
            )
            place += len(names)
        place += (place - first) // 8 + SPARE
        base.execute("INSERT INTO rank VALUES (?, ?, ?)", (weight, first, place))


def fill_sentences(base: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> None:
    """The sentences of reviews that are there; texts of what is not typed or named as a review are left out."""
    known = {number for (number,) in base.execute("SELECT id FROM thing WHERE kind = 'review'")}
    said = ((key(review, "review"), text) for review, text in rows)
    kept = ((review, text) for review, text in said if review in known)
    base.executemany("INSERT INTO sentence (review, text) VALUES (?, ?)", kept)


def add_counts(path: Path, counts: Mapping[str, int]) -> dict[str, int]:
    """Add figures to a finished sidecar; gives all that it holds."""
    with closing(sqlite3.connect(path)) as base, base:
        base.executemany("INSERT INTO count VALUES (?, ?)", counts.items())
        return dict(base.execute("SELECT name, value FROM count ORDER BY name"))


def finish(base: sqlite3.Connection, figures: Mapping[str, int]) -> None:
    """The figures, and the indexes of all that is there."""
    base.executemany("INSERT INTO count VALUES (?, ?)", sorted(figures.items()))
    for statement in script("indexes.sql").split(";\n"):
        base.execute(statement)
