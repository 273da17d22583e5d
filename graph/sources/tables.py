"""Fact tables: what a large dataset says, in a scratch database on disk, so that memory does not grow with the input.

The tables hold what ``graph.facts`` holds for one film, for all films of a dataset: see ``tables.sql``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from graph.iris import slug

MEMORY = "1200MB"
"""What the scratch database may hold in memory; the rest lies beside it on disk."""
SHOWN = 20
"""Problems that are reported one by one; the others are counted."""


_OF_A_FILM = {
    "film": "id",
    "other_title": "film",
    "country": "film",
    "studio": "film",
    "genre": "film",
    "credit": "film",
    "role": "film",
    "rating": "film",
}
"""The tables whose rows belong to one film, and the column that names it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that could not be read: the file, its line counted from 1 (0: no line), and what is wrong."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class Problems:
    """What could not be read: the first ones in full, all of them counted."""

    shown: list[Problem] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def count(self, file: str, kind: str, number: int, first: Iterable[Problem] = ()) -> None:
        """Note a number of problems of one kind, and the first of them."""
        if number:
            self.counts[file, kind] = self.counts.get((file, kind), 0) + number
            self.shown = [*self.shown, *first][:SHOWN]

    def lines(self) -> Iterator[str]:
        """What a user is told, one line each."""
        yield from (f"{p.file}:{p.line}: {p.reason}" if p.line else f"{p.file}: {p.reason}" for p in self.shown)
        yield from (f"{file}: {number:,} × {kind}" for (file, kind), number in sorted(self.counts.items()))


class Tables:
    """A scratch database with empty fact tables, in a folder that the caller makes and removes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = duckdb.connect(
            str(folder / "tables.duckdb"),
            config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill"), "threads": 2},
        )
        self.base.execute("SET enable_progress_bar = false")
        self.script("sources", "tables.sql")

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()

    def script(self, *path: str) -> None:
        """Run a file of statements that is part of this package."""
        self.base.execute(files("graph").joinpath(*path).read_text(encoding="utf-8"))

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self.base.execute(sql, values)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one question."""
        return self.base.execute(sql, values).fetchall()

    def number(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number that a question asks for."""
        return int(self.rows(sql, values)[0][0])

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one question in pieces."""
        answer = self.base.execute(sql)
        while piece := answer.fetchmany(20_000):
            yield from piece

    def fill(self, table: str, rows: Iterable[Sequence[str | int | float | None]]) -> None:
        """Append rows to a table, by way of a file: many times as fast as INSERT. An empty text becomes NULL."""
        path = self.folder / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerows(rows)
        if path.stat().st_size:
            self.base.execute(
                f"INSERT INTO {table} SELECT * FROM read_csv(?, header = false, auto_detect = false, delim = ',',"  # noqa: S608  # our own table names
                f" quote = '\"', escape = '\"', nullstr = '', parallel = false, max_line_size = 50000000,"
                f" columns = {self._columns(table)})",
                [str(path)],
            )
        path.unlink()

    def slugs(self) -> None:
        """Make the slug of every name of the fact tables that has none yet: plain ones in the database, others here."""
        self.script("sources", "slugs.sql")
        self.translate("SELECT name FROM hard", slug, "slugs")

    def translate(self, names: str, function: Callable[[str], str], table: str) -> None:
        """Fill a table of two columns with each name of a question and what a function makes of it."""
        self.fill(table, [(name, function(name)) for (name,) in self.rows(names)])

    def copy_some(self, other: Tables, films: int) -> None:
        """Copy some films, spread evenly, with all that is said of them, into other empty tables."""
        some = f"(SELECT id FROM film ORDER BY hash(id), id LIMIT {int(films)})"  # noqa: S608
        for table, column in _OF_A_FILM.items():
            other.fill(table, self.rows(f"SELECT * FROM {table} WHERE {column} IN {some}"))  # noqa: S608
        people = f"SELECT person FROM role WHERE film IN {some} UNION SELECT person FROM credit WHERE film IN {some}"  # noqa: S608
        other.fill("person", self.rows(f"SELECT id, name FROM person WHERE id IN ({people})"))  # noqa: S608

    def _columns(self, table: str) -> str:
        described = self.rows(f"SELECT column_name FROM (DESCRIBE {table})")  # noqa: S608  # our own table names
        return "{" + ", ".join(f"'{name}': 'VARCHAR'" for (name,) in described) + "}"
