"""All statements of a large graph as one table of a columnar engine, in memory by their size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from graph.store import Oxigraph

NAME = "statements.duckdb"
"""The file's name in its folder."""
_MEMORY = 300
"""Megabytes that mostly suffice for a gigabyte of statements."""
_MORE = 150
"""Megabytes that each further gigabyte takes."""
_GROWN = 6
"""How many times a memory may be made half as large again for one statement that it does not suffice for."""
_PIECE = 20_000


Answer = TypeVar("Answer")
Rows = list[tuple[Any, ...]]


def size_of(*paths: Path) -> int:
    """The bytes of some files together."""
    return sum(path.stat().st_size for path in paths)


class Statements:
    """A table ``said`` of subject, predicate, object and graph, as N-Quads writes them; what two say is there twice.

    The folder is the caller's to make and remove; another process may open it once it is closed here. ``size`` is
    that of the statements as text, in bytes: many gigabytes cannot be sorted in the memory that commonly suffices.
    """

    def __init__(self, folder: Path, *, threads: int = 2, size: int = 0) -> None:
        self._memory = _MEMORY + _MORE * max(0, size - 10**9) // 10**9
        self._most = self._memory * 1.5**_GROWN
        self._base = duckdb.connect(
            str(folder / NAME),
            config={"memory_limit": f"{self._memory}MB", "temp_directory": str(folder / "spill"), "threads": threads},
        )
        self._base.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @classmethod
    def of(cls, source: Oxigraph, folder: Path, without: str) -> Statements:
        """The statements of all graphs of a store but one."""
        rest = folder / "rest.nq"
        source.dump_graphs(rest, without=[without])
        return cls.read(folder, rest, {})

    @classmethod
    def read(cls, folder: Path, rest: Path, graphs: Mapping[str, Path]) -> Statements:
        """The statements of a file of N-Quads, which is removed, and of others, each of one graph."""
        made = cls(folder, size=size_of(rest, *graphs.values()))
        made.run("CREATE TABLE said (s VARCHAR, p VARCHAR, o VARCHAR, g VARCHAR)")
        made._load(rest, "regexp_extract(line, ' (<[^<> ]*>) \\.$', 1)")
        rest.unlink()
        for graph, path in sorted(graphs.items()):
            made._load(path, "'" + f"<{graph}>".replace("'", "''") + "'")
        return made

    def _ask(self, sql: str | duckdb.Statement, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement."""
        return self._patiently(lambda: self._base.execute(sql, values))

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Run one statement, again in more memory where that does not suffice: it is done as a whole or not at all."""
        while True:
            try:
                return ask()
            except duckdb.OutOfMemoryException:
                if self._memory >= self._most:
                    raise
                self._memory = self._memory * 3 // 2
                self._base.execute(f"SET memory_limit = '{self._memory}MB'")

    def _load(self, path: Path, graph: str) -> None:
        """The statements of a file of N-Quads; ``graph`` tells the graph of a line, in SQL."""
        self._ask(
            "INSERT INTO said"  # noqa: S608  # our own IRIs, quoted
            " SELECT s, p, substr(line, length(s) + length(p) + 3,"
            " length(line) - length(s) - length(p) - length(g) - 5), g"
            f" FROM (SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p, {graph} AS g"
            " FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01',"
            " quote = '', escape = '', max_line_size = 50000000, buffer_size = 50000000))",
            [str(path)],
        )

    def script(self, *path: str) -> None:
        """Run a file of statements that is part of this package."""
        for statement in self._base.extract_statements(files("graph").joinpath(*path).read_text(encoding="utf-8")):
            self._ask(statement)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._ask(sql, values)

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one question in pieces. The next question ends it, if it still goes on."""
        answer, piece = self._patiently(lambda: _begun(self._base.execute(sql)))
        while piece:
            yield from piece
            piece = answer.fetchmany(_PIECE)

    def aside(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a question that goes on while others are asked; those of a table stand as they were put there."""
        self._base.execute("SET preserve_insertion_order = true")
        answer, piece = self._patiently(lambda: _begun(self._base.cursor().execute(sql)))
        while piece:
            yield from piece
            piece = answer.fetchmany(_PIECE)

    def write(self, sql: str, path: Path) -> int:
        """Write the one column of a question to a file, a line each; gives the number of lines."""
        self._ask(
            f"COPY ({sql}) TO '{str(path).replace(chr(39), chr(39) * 2)}'"
            " (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '', NULLSTR '')"
        )
        (lines,) = self._base.fetchone() or (0,)
        return int(lines)


def _begun(answer: duckdb.DuckDBPyConnection) -> tuple[duckdb.DuckDBPyConnection, Rows]:
    """An answer with its first rows: what takes memory is done before they come."""
    return answer, answer.fetchmany(_PIECE)
