"""RDF files kept as they are: each statement in its own graph, nothing mapped, inferred or checked against shapes."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from graph.datasets import Meter, plain_name, scratch
from graph.errors import InputError
from graph.iris import Iris, slug
from graph.shelf import Added, Report
from graph.store import Writer, read_quads

HELD = 200_000
"""Lines that are held in memory before they are written out."""
SORTED_IN_MEMORY = 200_000_000
"""Bytes of a graph up to which its lines are sorted in memory."""


def store_raw(paths: Sequence[Path], iris: Iris, writer: Writer, meter: Meter = lambda *_: None) -> Report:
    """Put every graph of some RDF files into the writer's store, in place of graphs of the same names.

    Triples that stand in no graph go to the graph ``graph/NAME``, NAME being that of their file. Nothing is stored
    before all files were read. Raises InputError with file and line.
    """
    report = Report()
    with scratch(writer.data) as folder:
        files = _split(paths, iris, folder, meter)
        if not files:
            raise InputError(f"{', '.join(map(str, paths))}: holds no statements")
        changed = {graph: writer.replace_graph(graph, _sorted(file)) for graph, file in sorted(files.items())}
    for graph, is_new in changed.items():
        if is_new:
            count = writer.catalogue[graph].triples
            report.added.append(Added(", ".join(map(str, paths)), graph, f"{count:,} statements", None))
        else:
            report.unchanged.append(f"{graph}: stored already, just so")
    return report


def _split(paths: Sequence[Path], iris: Iris, folder: Path, meter: Meter) -> dict[str, Path]:
    """The lines of each graph in a file of its own."""
    held: dict[str, list[str]] = defaultdict(list)
    files: dict[str, Path] = {}
    done = 0
    for number, path in enumerate(paths):
        label = f"f{number}b" if len(paths) > 1 else ""
        for graph, line in read_quads(path, str(iris.graph(slug(plain_name(path)))), label):
            held[graph].append(line)
            done += 1
            if done % HELD == 0:
                _write(held, files, folder)
                meter(f"reading {path.name}: {done:,} statements", 0, 0)
    _write(held, files, folder)
    return files


def _write(held: dict[str, list[str]], files: dict[str, Path], folder: Path) -> None:
    for graph, lines in held.items():
        path = files.setdefault(graph, folder / hashlib.sha256(graph.encode()).hexdigest())
        with path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(lines)
    held.clear()


def _sorted(path: Path) -> bytes | Path:
    """The lines of a file in the order of their bytes, each once; as a file again if they are many."""
    if path.stat().st_size <= SORTED_IN_MEMORY:
        return _joined(set(path.read_bytes().splitlines(keepends=True)))
    target = path.with_suffix(".sorted")
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as spill,
        duckdb.connect(config={"memory_limit": "1GB", "temp_directory": spill, "threads": 2}) as base,
    ):
        lines = base.execute(
            "SELECT DISTINCT line FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,"
            " delim = '\x01', quote = '', escape = '', max_line_size = 50000000) ORDER BY line",
            [str(path)],
        )
        with target.open("w", encoding="utf-8", newline="") as file:
            while piece := lines.fetchmany(HELD):
                file.writelines(f"{line}\n" for (line,) in piece)
    return target


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(sorted(lines))
