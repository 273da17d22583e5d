"""The inferred statements of a large store, worked out by a columnar engine in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import duckdb

from graph import query
from graph.iris import Iris
from graph.store import Oxigraph

_MEMORY = "1200MB"
_PAIRS = {"property": "context/pairs-of-properties", "class": "context/pairs-of-classes"}
PIECE = 50_000


def write_inferred(source: Oxigraph, iris: Iris, folder: Path, at_hand: Mapping[str, Path] | None = None) -> Path:
    """Write what follows from all graphs of a store but the inferred one, as N-Quads in no certain order, each once.

    ``at_hand`` are N-Quads of graphs that need not be read from the store, by the graph's IRI.
    """
    known = at_hand or {}
    said = folder / "said.nt"
    source.dump_triples(said, without=[str(iris.inferred), *known])
    with duckdb.connect(
        str(folder / "infer.duckdb"),
        config={"memory_limit": _MEMORY, "temp_directory": str(folder / "spill"), "threads": 2},
    ) as base:
        base.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
        base.execute("CREATE TABLE said (s VARCHAR, p VARCHAR, o VARCHAR)")
        _load(base, said, " .")
        said.unlink()
        for graph, path in sorted(known.items()):
            _load(base, path, f" <{graph}> .")
        _pair(base, source)
        base.execute(files("graph").joinpath("infer", "bulk.sql").read_text(encoding="utf-8"))
        return _write(base, iris, folder / "inferred.nq")


def _load(base: duckdb.DuckDBPyConnection, said: Path, end: str) -> None:
    """The statements of a file, each of whose lines ends so after the object."""
    base.execute(
        "INSERT INTO said SELECT line[:a - 1], line[a + 1:a + b - 1], line[a + b + 1:length(line) - ?] FROM ("
        " SELECT line, strpos(line, ' ') AS a, strpos(line[strpos(line, ' ') + 1:], ' ') AS b"
        " FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01',"
        " quote = '', escape = '', max_line_size = 50000000))",
        [len(end), str(said)],
    )


def _pair(base: duckdb.DuckDBPyConnection, source: Oxigraph) -> None:
    """Our terms and those of schema.org that follow from them, as the ontology in the store says."""
    base.execute("CREATE TABLE ours_theirs (ours VARCHAR, theirs VARCHAR, kind VARCHAR)")
    for kind, name in _PAIRS.items():
        for ours, theirs in source.select(query.fill(name)):
            base.execute("INSERT INTO ours_theirs VALUES (?, ?, ?)", [f"<{ours}>", f"<{theirs}>", kind])


def _write(base: duckdb.DuckDBPyConnection, iris: Iris, path: Path) -> Path:
    end = f" {iris.inferred.n3()} .\n"
    answer = base.execute("SELECT s || ' ' || p || ' ' || o || ? FROM conclusion", [end])
    with path.open("w", encoding="utf-8", newline="") as file:
        while piece := answer.fetchmany(PIECE):
            file.writelines(line for (line,) in piece)
    return path
