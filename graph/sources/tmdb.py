"""TMDB's films as CSV, read into fact tables: the TMDB 5000 files, or those of the larger "movies dataset".

Lists stand inside the cells: as JSON in the first, as Python literals in the second.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from graph.errors import InputError
from graph.sources.characters import read_character
from graph.sources.packed import LONGEST, lines, open_file
from graph.sources.tables import Problem, Problems, Tables

MOVIES = ("tmdb_5000_movies.csv", "movies_metadata.csv")
CREDITS = ("tmdb_5000_credits.csv", "credits.csv")
_JOBS = {
    "Director": "director",
    "Writer": "writer",
    "Screenplay": "writer",
    "Original Music Composer": "composer",
    "Director of Photography": "cinematographer",
    "Editor": "editor",
    "Producer": "producer",
}
_NAMED = {"genre": "genres", "studio": "production_companies", "country": "production_countries"}
"""Tables of names and the columns whose lists hold them."""
_LAST = 1_000_000
_BATCH = 2_000
"""Films whose rows are held in memory."""

Row = Sequence[str | int | float | None]


def find_tmdb(folder: Path) -> tuple[Path, Path]:
    """The files of films and of credits in a folder, .csv or .csv.gz; raises InputError where one is missing."""
    return _find(folder, MOVIES), _find(folder, CREDITS)


def read_tmdb(
    movies: Path, credits_: Path, tables: Tables, progress: Callable[[str], None] = lambda _: None
) -> Problems:
    """Fill the fact tables; gives what could not be read. A film keeps its IMDb id; others get ``tmdb-ID``."""
    reader = _Reader(tables)
    progress(movies.name)
    for line, row in _rows(movies, ("id", "title", "release_date")):
        reader.film(movies.name, line, row)
    progress(credits_.name)
    key = "movie_id" if "movie_id" in _columns(credits_) else "id"
    for line, row in _rows(credits_, (key, "cast", "crew")):
        reader.credits(credits_.name, line, row[key], row)
    reader.write()
    for table in ("person", "credit", "role"):
        tables.run(f"CREATE OR REPLACE TABLE {table} AS SELECT DISTINCT * FROM {table}")  # noqa: S608  # our own names
    tables.run("CREATE OR REPLACE TABLE person AS SELECT id, min(name) AS name FROM person GROUP BY id")
    return reader.problems


@dataclass(slots=True)
class _Reader:
    """Rows for the fact tables, written in batches."""

    tables: Tables
    problems: Problems = field(default_factory=Problems)
    films: dict[str, str] = field(default_factory=dict)
    """TMDB's id of each film and ours."""
    seen: set[str] = field(default_factory=set)
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def film(self, file: str, line: int, row: dict[str, str]) -> None:
        """One film with its values; a second row of the same film is left out."""
        number, title = row["id"].strip(), row["title"].strip()
        if not number.isdigit() or not title:
            self._problem(file, line, "rows without an id or a title", "has no id or no title; this row is left out")
            return
        said = row.get("imdb_id", "").strip()
        film = said if re.fullmatch(r"tt\d+", said) else f"tmdb-{number}"
        if number in self.films or film in self.seen:
            self._problem(file, line, "films that came before", f"the film {number} came before; this row is left out")
            return
        self.films[number] = film
        self.seen.add(film)
        self._film(film, title, row)
        for table, column in _NAMED.items():
            for item in self._list(file, line, column, row.get(column, "")):
                name = str(item.get("name", "")).strip()
                if name:
                    self.rows[table].append((film, name))
        if len(self.rows["film"]) >= _BATCH:
            self.write()

    def _film(self, film: str, title: str, row: dict[str, str]) -> None:
        original, year = row.get("original_title", "").strip(), row["release_date"].strip()[:4]
        runtime = _number(row.get("runtime", ""))
        self.rows["film"].append(
            (
                film,
                title,
                original if original != title else None,
                int(year) if year.isdigit() and 1880 <= int(year) <= 2100 else None,
                int(runtime) if runtime and runtime >= 1 else None,
                None,
                row.get("tagline", "").strip(),
                row.get("overview", "").strip(),
            )
        )
        value, count = _number(row.get("vote_average", "")), _number(row.get("vote_count", ""))
        if value is not None and count and 0 <= value <= 10:
            self.rows["rating"].append((film, "user", value, 10, int(count)))

    def credits(self, file: str, line: int, number: str, row: dict[str, str]) -> None:
        """The cast and crew of one film."""
        film = self.films.get(number.strip())
        if film is None:
            self._problem(file, line, "credits of films that are not there", f"there is no film {number!r}")
            return
        place: dict[str, int] = {}
        for item in sorted(self._list(file, line, "cast", row["cast"]), key=_order):
            if person := self._person(item):
                billing = place.setdefault(person, len(place) + 1)
                character, description = read_character(str(item.get("character") or ""))
                self.rows["credit"].append((film, person, "actor"))
                if character or description:
                    self.rows["role"].append((film, person, character, description, billing))
        for item in self._list(file, line, "crew", row["crew"]):
            job = _JOBS.get(str(item.get("job")))
            if job and (person := self._person(item)):
                self.rows["credit"].append((film, person, job))
        if len(self.rows["credit"]) >= 20 * _BATCH:
            self.write()

    def _person(self, item: dict[str, Any]) -> str | None:
        number, name = item.get("id"), str(item.get("name") or "").strip()
        if not isinstance(number, int) or not name:
            return None
        self.rows["person"].append((f"tmdb-{number}", name))
        return f"tmdb-{number}"

    def _list(self, file: str, line: int, column: str, text: str) -> list[dict[str, Any]]:
        """The list in a cell; a cell that is none is reported."""
        try:
            value = _literal(text) if text.strip() else []
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            value = None
        if not isinstance(value, list):
            self._problem(file, line, f"{column} that is no list", f"{column} is no list; it is left out")
            return []
        return [item for item in value if isinstance(item, dict)]

    def _problem(self, file: str, line: int, kind: str, reason: str) -> None:
        self.problems.count(file, kind, 1, [Problem(file, line, reason)])

    def write(self) -> None:
        """Append what is held to the tables."""
        for table, rows in self.rows.items():
            self.tables.fill(table, rows)
        self.rows.clear()


def _order(item: dict[str, Any]) -> int:
    """The place that the list gives to a member of the cast; those without one stand behind, as they came."""
    order = item.get("order")
    return order if isinstance(order, int) else _LAST


def _literal(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return ast.literal_eval(text)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text) else None


def _find(folder: Path, names: tuple[str, ...]) -> Path:
    found = next((p for name in names for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
    if found is None:
        raise InputError(f"{folder}: holds no {' or '.join(names)}")
    return found


def _open(path: Path) -> IO[str]:
    return TextIOWrapper(open_file(path), encoding="utf-8-sig", newline="")


def _columns(path: Path) -> list[str]:
    with _open(path) as file:
        return next(csv.reader(lines(file, path)), [])


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line on which it ends; cells that a short row lacks are empty."""
    csv.field_size_limit(LONGEST)
    try:
        missing = set(wanted) - set(_columns(path))
        if missing:
            raise InputError(f"{path}: has no column {min(missing)}; expected TMDB's CSV with {', '.join(wanted)}")
        with _open(path) as file:
            reader = csv.DictReader(lines(file, path), restval="")
            for row in reader:
                yield reader.line_num, row
    except EOFError as error:
        raise InputError(f"{path}: ends in the middle of its compressed data; get it again") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; convert it first") from error
    except csv.Error as error:
        raise InputError(f"{path}: is no CSV: {error}") from error
    except (OSError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
