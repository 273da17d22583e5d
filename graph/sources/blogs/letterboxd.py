"""Letterboxd's export, a ZIP of CSV files: ``reviews.csv`` with the words, ``profile.csv`` with who wrote them.

Some browsers unpack what they download, so the folder is read, too.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from graph.errors import InputError
from graph.facts import Metadata, Rating
from graph.sources import fields
from graph.sources.blogs.fragment import words_of
from graph.sources.blogs.post import Entry, Skipped, Wanted, document

Export = zipfile.ZipFile | Path
"""The archive, or the folder that it was unpacked to."""
LARGEST = 200_000_000
"""Bytes of one file of the archive that are unpacked; a larger one is refused."""

REVIEWS = "reviews.csv"
_COLUMNS = ("Date", "Name", "Year", "Letterboxd URI", "Review")
_BEST = 5


def read_letterboxd(path: Path, wanted: Wanted) -> Iterator[Entry]:
    """The reviews of an export, with film, year, rating and date.

    ``path`` is the archive, or the folder that it was unpacked to, or ``reviews.csv`` in that folder.
    Raises InputError, before the first is given, for what is no such export, or unpacks to more than ``LARGEST``.
    """
    path = path.parent if path.name == REVIEWS else path
    try:
        with nullcontext(path) if path.is_dir() else zipfile.ZipFile(path) as archive:
            author = _author(archive, path)
            _check(archive, path)
            with _table(archive, path, REVIEWS) as stream:
                for number, row in _rows(stream, f"{path}/{REVIEWS}"):
                    yield _entry(f"{path}/{REVIEWS}:{number}", row, author, wanted)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:  # the last: an unknown packing
        raise InputError(f"{path}: is no whole ZIP archive ({error}); export it again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _check(archive: Export, path: Path) -> None:
    """Read all reviews once, so that a broken archive gives none of them."""
    with _table(archive, path, REVIEWS) as stream:
        for _ in _rows(stream, f"{path}/{REVIEWS}"):
            pass


def _table(archive: Export, path: Path, name: str) -> IO[bytes]:
    """A file of the export; raises InputError where it is missing, encrypted or too large."""
    if not _holds(archive, name):
        raise InputError(f"{path}: has no {name}; expected the ZIP that Letterboxd's Settings, Data, Export gives")
    if isinstance(archive, Path):
        size, encrypted = (archive / name).stat().st_size, False
    else:
        size, encrypted = archive.getinfo(name).file_size, bool(archive.getinfo(name).flag_bits & 1)
    if encrypted:
        raise InputError(f"{path}/{name}: is encrypted")
    if size > LARGEST:
        raise InputError(f"{path}/{name}: unpacks to more than {LARGEST // 1_000_000} MB; this is no such export")
    return (archive / name).open("rb") if isinstance(archive, Path) else archive.open(name)


def _holds(archive: Export, name: str) -> bool:
    return (archive / name).is_file() if isinstance(archive, Path) else name in archive.namelist()


def _rows(stream: IO[bytes], name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line on which it ends; raises InputError for a table without the columns, or not in UTF-8."""
    table = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), restval="")
    try:
        missing = [column for column in _COLUMNS if column not in (table.fieldnames or ())]
        if missing:
            raise InputError(f"{name}:1: has no column {', '.join(missing)}; expected {', '.join(_COLUMNS)}")
        for row in table:
            yield table.line_num, row
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8 at byte {error.start}") from error
    except csv.Error as error:
        raise InputError(f"{name}:{table.line_num}: is not CSV: {error}") from error


def _author(archive: Export, path: Path) -> str | None:
    """The member's own name, else the name of the account; none without ``profile.csv``."""
    if not _holds(archive, "profile.csv"):
        return None
    with _table(archive, path, "profile.csv") as stream:
        table = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", errors="replace"), restval="")
        row = next(iter(table), {})
    named = f"{row.get('Given Name') or ''} {row.get('Family Name') or ''}".strip()
    return named or row.get("Username") or None


def _entry(name: str, row: dict[str, str], author: str | None, wanted: Wanted) -> Entry:
    filed = tuple(tag.strip() for tag in (row.get("Tags") or "").split(","))
    if not wanted.takes(filed):
        return Skipped(name, "has none of the tags that were asked for")
    try:
        metadata = Metadata(
            title=row["Name"].strip() or None,
            year=_year(row["Year"]),
            headline=row["Name"].strip() or None,
            author=author,
            outlet="Letterboxd",
            published=_day(row["Date"].strip()),
            url=row["Letterboxd URI"].strip() or None,
            ratings=_ratings(row.get("Rating") or ""),
        )
    except ValueError as error:
        return InputError(f"{name}: {error}")
    return document(name, words_of(row["Review"]), wanted.added(metadata))


def _year(text: str) -> int | None:
    text = text.strip()
    if text and not (text.isdecimal() and 1870 <= int(text) <= 2100):
        raise ValueError(f"Year: {text!r} is not a year")
    return int(text) if text else None


def _day(text: str) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise ValueError(f"Date: {text!r} is not a day such as 2017-04-11") from error


def _ratings(text: str) -> tuple[Rating, ...]:
    try:
        return (fields.rating({"value": text.strip(), "best": _BEST}),) if text.strip() else ()
    except fields.WrongField as error:
        raise ValueError(f"Rating: {text!r} is not {error}") from error
