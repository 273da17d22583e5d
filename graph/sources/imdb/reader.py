"""IMDb's dataset files, read into fact tables.

title.basics and title.principals name the films and who had which part in them, name.basics the people; title.ratings,
title.crew and title.akas add to that where they are there. A row that cannot be read is reported, never fatal.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.errors import InputError
from graph.sources.characters import read_character
from graph.sources.packed import LONGEST, open_file
from graph.sources.tables import SHOWN, Problem, Problems, Tables

FILES = {
    "title.basics": ("tconst", "titleType", "primaryTitle", "originalTitle", "startYear", "runtimeMinutes", "genres"),
    "title.principals": ("tconst", "ordering", "nconst", "category", "characters"),
    "name.basics": ("nconst", "primaryName"),
    "title.ratings": ("tconst", "averageRating", "numVotes"),
    "title.crew": ("tconst", "directors", "writers"),
    "title.akas": ("titleId", "title"),
}
"""The files and the columns of each that are read."""
REQUIRED = ("title.basics", "title.principals", "name.basics")
FILMS = ("movie", "short", "tvMovie", "tvShort", "tvSpecial", "video")
"""The types of titles that are films."""
PIECE = 1 << 20
"""Bytes of text that are looked at together."""
_REJECTS = {
    "MISSING COLUMNS": "fewer columns than the first line",
    "TOO MANY COLUMNS": "more columns than the first line",
    "INVALID ENCODING": "not UTF-8",
    "LINE SIZE OVER MAXIMUM": "a line of more than 2 MB",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which titles are wanted: of these types, released from this year on, with at least so many votes."""

    types: tuple[str, ...] = FILMS
    since: int | None = None
    min_votes: int | None = None

    def words(self) -> str:
        """The choice in words that differ whenever the choice does."""
        return f"types {','.join(sorted(self.types))}; from {self.since}; at least {self.min_votes} votes"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a dataset: its path and the SHA-256 of its bytes."""

    path: Path
    sha256: str


def find_imdb(folder: Path, told: Callable[[int, int], None] = lambda *_: None) -> dict[str, SourceFile]:
    """The dataset's files in a folder, each looked through: whole, without NUL bytes, with the columns that are read.

    ``told`` is called with the bytes that were looked through, and with how many there are. Raises InputError that
    names the file and what is wrong with it.
    """
    paths = {name: path for name in FILES if (path := _path(folder, name))}
    for name in REQUIRED:
        if name not in paths:
            raise InputError(f"{folder}: holds no {name}.tsv or {name}.tsv.gz; get it from datasets.imdbws.com")
    total, done = sum(path.stat().st_size for path in paths.values()), 0

    def tell(size: int) -> None:
        nonlocal done
        done += size
        told(done, total)

    return {name: SourceFile(path, _inspect(path, FILES[name], tell)) for name, path in paths.items()}


def _path(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / f"{name}.tsv", folder / f"{name}.tsv.gz") if path.is_file()), None)


def read_imdb(
    files: dict[str, SourceFile], choice: Choice, tables: Tables, progress: Callable[[str], None] = lambda _: None
) -> Problems:
    """Fill the fact tables; gives what could not be read. ``progress`` is told the file that is being read."""
    reader = _Reader(files, choice, tables, Problems(), progress)
    reader.films()
    reader.people()
    tables.run("CHECKPOINT")
    return reader.problems


@dataclass(frozen=True, slots=True)
class _Reader:
    files: dict[str, SourceFile]
    choice: Choice
    tables: Tables
    problems: Problems
    progress: Callable[[str], None]

    def films(self) -> None:
        """The titles that are wanted, with their ratings and other titles."""
        self._load("title.ratings")
        self._load("title.basics", self._wanted())
        self._script("films.sql")
        self._load("title.akas", "titleId IN (SELECT id FROM film)")
        self._script("film_values.sql")

    def _wanted(self) -> str:
        types = ", ".join("'" + kind.replace("'", "''") + "'" for kind in self.choice.types)
        wanted = [f"titleType IN ({types})"]
        if self.choice.since is not None:
            wanted.append(f"TRY_CAST(startYear AS INTEGER) >= {int(self.choice.since)}")
        if self.choice.min_votes is not None:
            votes = f"TRY_CAST(numVotes AS BIGINT) >= {int(self.choice.min_votes)}"
            wanted.append(f"tconst IN (SELECT tconst FROM title_ratings WHERE {votes})")  # noqa: S608  # numbers
        return " AND ".join(wanted)

    def people(self) -> None:
        """Who did what in these titles."""
        wanted = "tconst IN (SELECT id FROM film)"
        self._load("title.principals", wanted)
        self._load("title.crew", wanted)
        self._script("parts.sql")
        self._load("name.basics", "nconst IN (SELECT person FROM part)")
        self.tables.fill(
            "spelling",
            ((name, *read_character(name)) for (name,) in self.tables.rows("SELECT DISTINCT said FROM odd")),
        )
        self._script("people.sql")

    def _script(self, name: str) -> None:
        self.tables.script("sources", "imdb", name)
        for file, kind, number in self.tables.rows(
            "SELECT file, kind, count(*) FROM problem GROUP BY ALL ORDER BY ALL"
        ):
            first = self.tables.rows(
                "SELECT line, reason FROM problem WHERE file = ? AND kind = ? ORDER BY line LIMIT ?",
                [file, kind, SHOWN],
            )
            path = self.files[file].path.name
            lines = self._true_lines(file, [line for line, _ in first])
            told = [Problem(path, line, reason) for line, (_, reason) in zip(lines, first, strict=True)]
            self.problems.count(path, kind, number, told)
        self.tables.run("DELETE FROM problem")

    def _load(self, name: str, wanted: str = "true") -> None:
        """One file as a table of its wanted rows, each with the number of the row in the file."""
        table, columns = name.replace(".", "_"), ", ".join(FILES[name])
        if name not in self.files:
            self.tables.run(
                f"CREATE TABLE {table} ({', '.join(f'{column} VARCHAR' for column in FILES[name])}, line BIGINT)"
            )
            return
        path = self.files[name].path
        self.progress(path.name)
        header = "{" + ", ".join(f"'{column}': 'VARCHAR'" for column in _header(path)) + "}"
        try:
            self.tables.run(
                f"CREATE TABLE {table} AS SELECT {columns}, line FROM (SELECT {columns}, row_number() OVER () AS line"  # noqa: S608
                " FROM read_csv(?, delim = '\t', quote = '', escape = '', comment = '', header = true, nullstr = '\\N',"
                f" auto_detect = false, store_rejects = true, rejects_table = 'bad_{table}',"
                f" rejects_scan = 'scan_{table}', columns = {header})) WHERE {wanted}",
                [str(path)],
            )
        except duckdb.Error as error:
            raise InputError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error
        self._note_rejects(path.name, table)

    def _note_rejects(self, file: str, table: str) -> None:
        rejects = f"(SELECT line, min(error_type::VARCHAR) AS kind FROM bad_{table} GROUP BY line)"  # noqa: S608
        for kind, number in self.tables.rows(f"SELECT kind, count(*) FROM {rejects} GROUP BY kind ORDER BY kind"):  # noqa: S608
            reason = _REJECTS.get(kind, kind.lower())
            first = self.tables.rows(
                f"SELECT line FROM {rejects} WHERE kind = ? ORDER BY line LIMIT {SHOWN}",  # noqa: S608
                [kind],
            )
            self.problems.count(file, reason, number, [Problem(file, line, reason) for (line,) in first])

    def _true_lines(self, name: str, rows: list[int]) -> list[int]:
        """The lines of rows in the file: after the header, and with the rejected lines before them counted in."""
        rejected: list[tuple[int]] = []
        with suppress(duckdb.CatalogException):
            rejected = self.tables.rows(f"SELECT DISTINCT line FROM bad_{name.replace('.', '_')} ORDER BY line")  # noqa: S608
        lines = [row + 1 for row in rows]
        for (bad,) in rejected:
            lines = [line + (bad <= line) for line in lines]
        return lines


def _inspect(path: Path, wanted: tuple[str, ...], tell: Callable[[int], None]) -> str:
    """The SHA-256 of a file, once it is sure that it can be read to its end."""
    open_file(path).close()
    missing = set(wanted) - set(_header(path))
    if missing:
        raise InputError(
            f"{path}: has no column {min(missing)}; expected a tab-separated file with {', '.join(wanted)}"
        )
    digest, lines, length = hashlib.sha256(), 1, 0
    for raw, text in _pieces(path):
        digest.update(raw)
        tell(len(raw))
        first, last = text.find(b"\n"), text.rfind(b"\n")
        length = length + len(text) if first < 0 else length + first
        if length > LONGEST:
            raise InputError(f"{path}:{lines}: a line of more than {LONGEST:,} bytes; this is no file of IMDb's")
        length = length if last < 0 else len(text) - last - 1
        if b"\0" in text:
            line = lines + text[: text.index(b"\0")].count(b"\n")
            raise InputError(f"{path}:{line}: holds a NUL byte, so this is no text file; get it again")
        lines += text.count(b"\n")
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """A file in pieces: the bytes on disk, and the text in them."""
    try:
        with path.open("rb") as file:
            if path.suffix != ".gz":
                yield from ((raw, raw) for raw in iter(lambda: file.read(1 << 20), b""))
                return
            yield from _unpacked(path, iter(lambda: file.read(1 << 18), b""))
    except (OSError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _unpacked(path: Path, packed: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Packed pieces, each with the text in it, a part at a time: a few bytes may hold very much of it."""
    unpacker = zlib.decompressobj(wbits=31)
    for raw in packed:
        told, rest = raw, raw
        while told or rest:
            if unpacker.eof:  # gzip files may be joined end to end
                unpacker = zlib.decompressobj(wbits=31)
            text = unpacker.decompress(rest, PIECE)
            yield told, text
            told, rest = b"", unpacker.unconsumed_tail or unpacker.unused_data
    while not unpacker.eof:
        text = unpacker.decompress(b"", PIECE)
        if not text:
            raise InputError(f"{path}: ends in the middle of its compressed data; get it again")
        yield b"", text


def _header(path: Path) -> list[str]:
    """The names of the columns, from the first line."""
    text = b""
    for _, piece in _pieces(path):
        text += piece
        if b"\n" in text or len(text) > 1 << 16:
            break
    return text.partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r").split("\t")
