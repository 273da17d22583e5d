"""All statements of a large graph as one table of a columnar engine, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from graph.store import Oxigraph

NAME = "statements.duckdb"
"""The file's name in its folder."""
_MEMORY = "400MB"
_PIECE = 20_000


class Statements:
    """A table ``said`` of subject, predicate and object, as N-Triples writes them; what two graphs say is there twice.

    The folder is the caller's to make and remove; another process may open it once it is closed here.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._base = duckdb.connect(
            str(folder / NAME),
            read_only=read_only,
            config={"memory_limit": _MEMORY, "temp_directory": str(folder / "spill"), "threads": 2},
        )
        self._base.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @classmethod
    def of(cls, source: Oxigraph, folder: Path, without: str) -> Statements:
        """The statements of all graphs of a store but one."""
        rest = folder / "rest.nt"
        source.dump_triples(rest, without=[without])
        return cls.read(folder, rest, {})

    @classmethod
    def read(cls, folder: Path, rest: Path, graphs: Mapping[str, Path]) -> Statements:
        """The statements of a file of N-Triples, which is removed, and of files of N-Quads, each of one graph."""
        made = cls(folder)
        made.run("CREATE TABLE said (s VARCHAR, p VARCHAR, o VARCHAR)")
        made._load(rest, " .")
        rest.unlink()
        for graph, path in sorted(graphs.items()):
            made._load(path, f" <{graph}> .")
        return made

    def _load(self, path: Path, end: str) -> None:
        """The statements of a file, each of whose lines ends so after the object."""
        self._base.execute(
            "INSERT INTO said"
            " SELECT s, p, substr(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - ?)"
            " FROM (SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p"
            " FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01',"
            " quote = '', escape = '', max_line_size = 50000000, buffer_size = 50000000))",
            [len(end) + 2, str(path)],
        )

    def script(self, *path: str) -> None:
        """Run a file of statements that is part of this package."""
        self._base.execute(files("graph").joinpath(*path).read_text(encoding="utf-8"))

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._base.execute(sql, values)

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one question in pieces."""
        answer = self._base.execute(sql)
        while piece := answer.fetchmany(_PIECE):
            yield from piece

    def write(self, sql: str, path: Path) -> int:
        """Write the one column of a question to a file, a line each; gives the number of lines."""
        self._base.execute(
            f"COPY ({sql}) TO '{str(path).replace(chr(39), chr(39) * 2)}'"
            " (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '', NULLSTR '')"
        )
        (lines,) = self._base.fetchone() or (0,)
        return int(lines)
