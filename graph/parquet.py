"""The rows of an answer as a Parquet file, each column of the type that all its values have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from graph.errors import StoreError
from graph.store import Rows, Value

_LARGEST = 2**63
_LONGEST = 64_000_000
"""Bytes of a row; the text of a review stands in one."""
_MARK = "\x01"
"""Before a text in the file between: tells an empty text from none."""


def write_parquet(rows: Rows, path: Path) -> None:
    """Write rows to a file; raises StoreError where it cannot be written.

    Columns of whole numbers become BIGINT, of other numbers DOUBLE, of true and false BOOLEAN, all others text: IRIs,
    names, dates and mixtures. What is unbound is null.
    """
    if not rows.variables:
        raise StoreError("an answer without variables is no table")
    kinds = [kind_of(row[place] for row in rows) for place in range(len(rows.variables))]
    try:
        with TemporaryDirectory() as folder, duckdb.connect() as base:
            raw = Path(folder) / "rows.csv"
            _write(raw, rows, kinds)
            base.execute(f"CREATE TABLE answer ({_columns(rows.variables, kinds)})")
            filling = f"INSERT INTO answer SELECT {_read(kinds)} FROM {_table(len(kinds))}"  # noqa: S608  # our own names
            base.execute(filling, [str(raw), _LONGEST])
            base.execute(f"COPY answer TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"{path}: cannot be written: {str(error).splitlines()[0]}") from error


def kind_of(values: Iterable[Value]) -> str:
    """The type of a column: BIGINT, DOUBLE, BOOLEAN or VARCHAR.

    >>> kind_of([1, None, 2]), kind_of([1, 2.5]), kind_of([True]), kind_of(["a", 1]), kind_of([None])
    ('BIGINT', 'DOUBLE', 'BOOLEAN', 'VARCHAR', 'VARCHAR')
    """
    found = {_kind(value) for value in values if value is not None}
    if found == {"BIGINT", "DOUBLE"}:
        return "DOUBLE"
    return found.pop() if len(found) == 1 else "VARCHAR"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "BIGINT" if -_LARGEST <= value < _LARGEST else "VARCHAR"
    return "DOUBLE" if isinstance(value, float) else "VARCHAR"


def _write(path: Path, rows: Rows, kinds: Sequence[str]) -> None:
    marks = [_MARK if kind == "VARCHAR" else "" for kind in kinds]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in rows:
            table.writerow(["" if v is None else f"{mark}{v}" for mark, v in zip(marks, row, strict=True)])


def _table(width: int) -> str:
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    return (
        "read_csv(?, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', parallel = false,"
        f" max_line_size = ?, nullstr = '', columns = {{{names}}})"
    )


def _read(kinds: Sequence[str]) -> str:
    return ", ".join(
        f"substr(c{place}, 2)" if kind == "VARCHAR" else f"CAST(c{place} AS {kind})" for place, kind in enumerate(kinds)
    )


def _columns(names: Sequence[str], kinds: Sequence[str]) -> str:
    quoted = (name.replace('"', '""') for name in names)
    return ", ".join(f'"{name}" {kind}' for name, kind in zip(quoted, kinds, strict=True))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
