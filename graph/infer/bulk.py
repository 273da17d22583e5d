"""The inferred statements of a large store, worked out by a columnar engine in bounded memory."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb

from graph import query
from graph.iris import Iris
from graph.store import Oxigraph

_MEMORY = "1200MB"
_PAIRS = {"property": "context/pairs-of-properties", "class": "context/pairs-of-classes"}
PIECE = 50_000


def write_inferred(source: Oxigraph, iris: Iris, folder: Path) -> Path:
    """Write what follows from all graphs of a store but the inferred one, as N-Quads in no certain order, each once."""
    said = folder / "said.nt"
    source.dump_triples(said, without=str(iris.inferred))
    with duckdb.connect(
        str(folder / "infer.duckdb"),
        config={"memory_limit": _MEMORY, "temp_directory": str(folder / "spill"), "threads": 2},
    ) as base:
        base.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
        _load(base, said)
        said.unlink()
        _pair(base, source)
        base.execute(files("graph").joinpath("infer", "bulk.sql").read_text(encoding="utf-8"))
        return _write(base, iris, folder / "inferred.nq")


def _load(base: duckdb.DuckDBPyConnection, said: Path) -> None:
    base.execute(
        "CREATE TABLE said AS SELECT line[:a - 1] AS s, line[a + 1:a + b - 1] AS p, line[a + b + 1:-3] AS o FROM ("
        " SELECT line, strpos(line, ' ') AS a, strpos(line[strpos(line, ' ') + 1:], ' ') AS b"
        " FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01',"
        " quote = '', escape = '', max_line_size = 50000000))",
        [str(said)],
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
