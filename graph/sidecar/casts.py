"""Who acted in or directed which film, as numbers of things: for each film its people, for each person their films.

The numbers stand packed in one value, 64 bits each, so that all that a career touches is read in one go.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph import query
from graph.sidecar.entries import key
from graph.store import QuerySource

Packed = Iterable[tuple[int, Iterable[int]]]
"""Numbers of things, each with the numbers of those that belong to it, ascending."""


@dataclass(frozen=True, slots=True)
class Credit:
    """One person who acted in or directed a film, by IRI."""

    film: str
    person: str


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers in one value."""
    listed = list(numbers)
    return struct.pack(f"<{len(listed)}q", *listed)


def unpack(value: bytes) -> tuple[int, ...]:
    """The numbers of one value."""
    return struct.unpack(f"<{len(value) // 8}q", value)


def casts(source: QuerySource) -> tuple[Packed, Packed]:
    """The people of each film, and the films of each person."""
    films, people = defaultdict(set), defaultdict(set)
    for film, person in _pairs(query.rows(source, "sidecar/casts", Credit)):
        films[film].add(person)
        people[person].add(film)
    return _ordered(films), _ordered(people)


def fill_casts(base: sqlite3.Connection, films: Packed, people: Packed) -> None:
    """The people of all films and the films of all people, best by ascending number."""
    base.executemany("INSERT INTO cast_of VALUES (?, ?)", ((film, pack(those)) for film, those in films))
    base.executemany("INSERT INTO career VALUES (?, ?)", ((person, pack(those)) for person, those in people))


def recast(base: sqlite3.Connection, films: Iterable[str], credits_now: Iterable[Credit]) -> None:
    """Make these the people of these films."""
    now: dict[int, set[int]] = {key(film, "film"): set() for film in films}
    for film, person in _pairs(credits_now):
        now[film].add(person)
    joined, left = defaultdict(set), defaultdict(set)
    for film, people in now.items():
        before = set(_kept(base, "SELECT people FROM cast_of WHERE film = ?", film))
        for person in people - before:
            joined[person].add(film)
        for person in before - people:
            left[person].add(film)
        _keep(base, "cast_of", "film", film, people)
    for person in sorted({*joined, *left}):
        career = set(_kept(base, "SELECT films FROM career WHERE person = ?", person))
        _keep(base, "career", "person", person, (career | joined[person]) - left[person])


def _pairs(rows: Iterable[Credit]) -> Iterator[tuple[int, int]]:
    return ((key(row.film, "film"), key(row.person, "person")) for row in rows)


def _ordered(groups: Mapping[int, set[int]]) -> Packed:
    return ((one, sorted(groups[one])) for one in sorted(groups))


def _kept(base: sqlite3.Connection, question: str, number: int) -> tuple[int, ...]:
    found = base.execute(question, (number,)).fetchone()
    return unpack(found[0]) if found else ()


def _keep(base: sqlite3.Connection, table: str, column: str, number: int, those: set[int]) -> None:
    if those:
        base.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", (number, pack(sorted(those))))  # noqa: S608  # our own names
    else:
        base.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608  # our own names
