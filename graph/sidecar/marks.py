"""What lists can be narrowed by: a mark says that a thing has a value of a facet, such as a film its decade."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from graph import query
from graph.sidecar.bits import pack
from graph.sidecar.entries import key
from graph.store import QuerySource

LISTED = ("film", "person", "character", "review")
"""The kinds of things of which there are lists."""
SPARSE = ("director", "actor", "outlet", "reviewer")
"""Facets of many values, each of few things; all others have few values."""
OF_PEOPLE = ("director", "actor")
"""Facets whose values are people."""
_YEAR = re.compile(r"\d{4}")
_ARTICLE = re.compile(r"^(the|an|a) ")


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing of a kind has a value of a facet, as the graph says it."""

    iri: str
    kind: str
    facet: str
    value: str


Said = tuple[str, str | int]
"""A facet and a value, as the index keeps them."""


def marks(source: QuerySource) -> list[Mark]:
    """All marks of a state of the graph."""
    return query.rows(source, "sidecar/marks", Mark)


def kept(mark: Mark) -> Iterator[Said]:
    """What the index keeps of a mark: a year is also of a decade, a score is a number from 0 to 100.

    >>> list(kept(Mark("f", "film", "year", "1994"))), list(kept(Mark("f", "film", "score", "3.5/5")))
    ([('year', '1994'), ('decade', '1990')], [('score', '070')])
    """
    if mark.facet == "year":
        if _YEAR.fullmatch(mark.value):
            yield from (("year", mark.value), ("decade", mark.value[:3] + "0"))
    elif mark.facet == "score":
        yield from (("score", score) for score in _score(*mark.value.split("/", 1)))
    elif mark.facet in OF_PEOPLE:
        yield mark.facet, key(mark.value, "person")
        if mark.facet == "director":
            yield "directed", "yes"
    else:
        yield mark.facet, mark.value


def _score(value: str, best: str) -> Iterator[str]:
    try:
        part = float(value) / float(best)
    except (ValueError, ZeroDivisionError):
        return
    if 0 <= part <= 1:
        yield f"{int(part * 100 + 1e-6):03}"


def sort_key(kind: str, label: str, detail: str, year: int | None, iri: str) -> str:
    """Where a thing stands in the list of its kind: its name in small letters, two blanks, the year and the IRI.

    Two blanks sort before all that a longer name goes on with, so that "Cyrano" comes before "Cyrano de Bergerac".
    Titles and characters leave out their leading article; a review stands under the title of its film.

    >>> sort_key("film", "The Third Man", "1949", 1949, "http://a.example/f")
    'third man  1949 http://a.example/f'
    """
    if kind == "person":
        return f"{label.lower()}  {iri}"
    name = detail or label if kind == "review" else label
    return f"{_ARTICLE.sub('', name.lower())}  {'' if year is None else year} {iri}"


def fill_lists(base: sqlite3.Connection, found: Iterable[Mark]) -> None:
    """The lists of all things that a new sidecar holds, and by what they can be narrowed."""
    base.execute("CREATE TEMP TABLE said (thing INTEGER, facet TEXT, value)")
    rows = ((key(mark.iri, mark.kind), *said) for mark in found for said in kept(mark))
    base.executemany("INSERT INTO said VALUES (?, ?, ?)", rows)
    base.create_function("sort_key", 5, sort_key, deterministic=True)
    base.execute(_ITEMS)
    base.execute("INSERT INTO ordered SELECT kind, COUNT(*) FROM item GROUP BY kind")
    base.execute("CREATE TEMP TABLE place AS SELECT thing, kind, slot FROM item ORDER BY thing")
    base.execute("CREATE INDEX temp.place_thing ON place (thing)")
    base.execute("INSERT INTO said SELECT thing, 'all', 'yes' FROM item")
    places = ", ".join("?" * len(SPARSE))
    base.execute(
        "INSERT OR IGNORE INTO mark SELECT facet, value, slot FROM said JOIN place USING (thing)"  # noqa: S608  # question marks
        f" WHERE facet IN ({places}) ORDER BY facet, value, slot",
        SPARSE,
    )
    _fill_bits(base, places)
    base.execute("DROP TABLE place")
    base.execute("DROP TABLE said")


_ITEMS = """
  INSERT INTO item
  SELECT kind, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY sort) - 1, id, sort, year
  FROM (
    SELECT kind, id, sort_key(kind, label, detail, first, iri) AS sort, first AS year
    FROM thing LEFT JOIN (
      SELECT thing, MIN(CAST(value AS INTEGER)) AS first FROM said WHERE facet = 'year' GROUP BY thing
    ) dated ON dated.thing = thing.id
    WHERE kind IN ('film', 'person', 'character', 'review')
  )
"""


def _fill_bits(base: sqlite3.Connection, places: str) -> None:
    """A set of slots for each value of the facets that have few."""
    question = (
        "SELECT kind, facet, value, slot FROM said JOIN place USING (thing)"  # noqa: S608  # question marks
        f" WHERE facet NOT IN ({places}) ORDER BY kind, facet, value"
    )
    sizes = dict(base.execute("SELECT kind, slots FROM ordered"))
    for named, rows in groupby(base.execute(question, SPARSE), key=lambda row: row[:3]):
        room = bytearray(sizes[named[0]] // 8 + 1)
        for *_, slot in rows:
            room[slot >> 3] |= 1 << (slot & 7)
        bits = int.from_bytes(room, "little")
        base.execute("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", (*named, bits.bit_count(), pack(bits)))
