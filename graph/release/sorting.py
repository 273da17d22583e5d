"""Sorted lines and rows of more than fits into memory: DuckDB sorts, beside itself on disk if need be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from graph.errors import StoreError

MEMORY = "800MB"
LONGEST = 64_000_000
"""Bytes of a line; the text of a review stands in one."""
PIECE = 20_000


@contextmanager
def scratch(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that spills into a folder."""
    base = duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill"), "threads": 2},
    )
    base.execute("SET enable_progress_bar = false")
    try:
        yield base
    except duckdb.Error as error:
        raise StoreError(f"sorting in {folder} failed: {str(error).splitlines()[0]}") from error
    finally:
        base.close()


def sorted_lines(path: Path, folder: Path) -> Iterator[str]:
    """The lines of a file of N-Triples or N-Quads, each once, in the order of their bytes, without line breaks."""
    with scratch(folder) as base:
        answer = base.execute(
            "SELECT DISTINCT line FROM read_csv(?, header = false, auto_detect = false, delim = '\x01', quote = '',"
            " escape = '', parallel = false, max_line_size = ?, columns = {'line': 'VARCHAR'})"
            " ORDER BY line",
            [str(path), LONGEST],
        )
        while piece := answer.fetchmany(PIECE):
            for (line,) in piece:
                yield line


def sort_table(path: Path, target: Path, order: tuple[str, ...], folder: Path) -> int:
    """Write a CSV file again with each row once, in the order of the columns as given; gives the number of rows."""
    columns = ", ".join(f'"{name}"' for name in order)
    with scratch(folder) as base:
        base.execute(
            "CREATE TABLE rows AS SELECT DISTINCT * FROM read_csv(?, header = true, all_varchar = true, delim = ',',"
            " quote = '\"', escape = '\"', max_line_size = ?, null_padding = false)",
            [str(path), LONGEST],
        )
        base.execute(
            f"COPY (SELECT * FROM rows ORDER BY {columns}) TO '{_quoted(target)}' (HEADER, DELIMITER ',')"  # noqa: S608  # our own columns
        )
        (count,) = base.execute("SELECT count(*) FROM rows").fetchone() or (0,)
        return int(count)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
