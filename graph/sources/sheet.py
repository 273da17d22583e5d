"""Reviews as a table (.csv, .tsv): one a row, its text in a column and the film's details in others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from graph.errors import InputError
from graph.facts import Document
from graph.sources import fields, text

_TEXT = ("text", "review", "review_text", "body", "content")
"""Columns that may hold the review's words; the first that there is does."""
_MEANS = {
    **dict.fromkeys(("film", "movie", "film_title", "movie_title"), "title"),
    **dict.fromkeys(("release_year", "film_year"), "year"),
    **dict.fromkeys(("score", "stars", "grade"), "rating"),
    **dict.fromkeys(("critic", "by"), "author"),
    "link": "url",
}
"""What other names of columns mean, where the usual one is not there."""
_BETWEEN = ",;\t"
"""Signs that may stand between columns; the heading tells which does."""


def read_sheet(lines: Iterable[bytes], name: str) -> Iterator[Document | InputError]:
    """The reviews of a table, named ``name:line`` by the line where a row begins; a bad row gives its InputError.

    The first line names the columns, of which one is the text. Empty cells and columns of other names are left out.
    """
    try:
        yield from _rows(_decoded(lines, name), name)
    except InputError as error:
        yield error


def _rows(lines: Iterator[str], name: str) -> Iterator[Document | InputError]:
    first = next(lines, "")
    if not first.strip():
        raise InputError(f"{name}: is empty")
    between = max(_BETWEEN, key=first.count)
    columns = _columns(next(csv.reader([first], delimiter=between), []), name)
    table = csv.reader(lines, delimiter=between, strict=True)  # strict: no quotation mark swallows the rest
    found = 0
    while True:
        begins = table.line_num + 2
        try:
            row = next(table, None)
        except csv.Error as error:
            raise InputError(f"{name}:{begins}: is no row of a table: {error}; look for a quotation mark") from error
        if row is None:
            break
        if any(cell.strip() for cell in row):
            found += 1
            yield _document(columns, row, f"{name}:{begins}")
    if not found:
        raise InputError(f"{name}: has a heading but no row below it")


def _columns(heading: Sequence[str], name: str) -> tuple[str, ...]:
    """What each column holds; raises InputError where none holds the text."""
    plain = [cell.strip().casefold().replace(" ", "_").replace("-", "_") for cell in heading]
    words = next((column for column in _TEXT if column in plain), None)
    if words is None:
        raise InputError(
            f"{name}:1: has no column with the text of a review; expected one called {', '.join(_TEXT)}, "
            f"got {', '.join(heading)[:99]}"
        )
    usual = ["text" if cell == words else "" if cell in _TEXT else cell for cell in plain]
    return tuple(_MEANS.get(cell, cell) if _MEANS.get(cell) not in usual else "" for cell in usual)


def _document(columns: Sequence[str], row: Sequence[str], where: str) -> Document | InputError:
    """The review of a row; a longer row than the heading is most likely one whose text lacks its quotation marks."""
    if len(row) > len(columns):
        return InputError(
            f"{where}: has {len(row)} cells, the heading {len(columns)}; "
            "a text that holds the sign between them stands in quotation marks"
        )
    record: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            record.setdefault(column, cell.removesuffix(".0") if column == "year" else cell)  # "2017.0": by pandas
    try:
        if "text" not in record:
            return InputError(f"{where}: text: is missing; expected the review's text")
        return Document(where, text.checked(record["text"], where), fields.from_json(record, where))
    except InputError as error:
        return error


def _decoded(lines: Iterable[bytes], name: str) -> Iterator[str]:
    """The lines as text; raises InputError for one that is not UTF-8, or too long."""
    for number, line in enumerate(lines, start=1):
        try:
            decoded = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}:{number}: is not UTF-8; save the table again as CSV in UTF-8") from error
        yield from io.StringIO(decoded.replace("\r\n", "\n").replace("\r", "\n"))  # old Macs end lines with \r alone
