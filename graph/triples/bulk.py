"""Fact tables to N-Quads: the same statements as ``dataset_quads``, written by the database in the order of the lines.

Lines are sorted by their bytes. Subjects of one kind stand together, since the kind begins their IRI, so each kind is
one question (``bulk.sql``) that gives one row a subject: all its lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.iris import Iris
from graph.sources.tables import Tables
from graph.triples import sources
from graph.triples.sources import DatasetSource
from graph.triples.terms import nquads

KINDS = ("character", "credit", "dataset", "film", "genre", "graph", "person", "rating", "role")
"""The first steps of the IRIs of subjects, in the order of their lines."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of N-Quads that was written: where it is, its lines, and the SHA-256 of its bytes."""

    path: Path
    lines: int
    sha256: str


def write_quads(
    tables: Tables,
    iris: Iris,
    source: DatasetSource,
    path: Path,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Written:
    """Write the graph of a dataset to a file, sorted; ``progress`` is told how many subjects are written, and of all.

    Each film and person of the tables must have an id of its own, and roles, credits and so on only name those.
    """
    tables.slugs()
    tables.run("SET VARIABLE base = ?", [iris.base])
    tables.run("SET VARIABLE graph = ?", [f" {iris.graph(source.id).n3()} .\n"])
    tables.run("SET VARIABLE source = ?", [source.id])
    tables.script("triples", "bulk.sql")
    total = sum(tables.number(f"SELECT count(*) FROM {kind}_key") for kind in KINDS if kind not in _OWN)  # noqa: S608
    digest, lines, done = hashlib.sha256(), 0, 0
    with path.open("wb") as file:
        for block in _blocks(tables, iris, source):
            data = block.encode()
            digest.update(data)
            file.write(data)
            lines += data.count(b"\n")
            done += 1
            if done % 50_000 == 0:
                progress(min(done, total), total)
    return Written(path, lines, digest.hexdigest())


_OWN = ("dataset", "graph")
"""What the dataset says of itself."""


def _blocks(tables: Tables, iris: Iris, source: DatasetSource) -> Iterator[str]:
    """The lines of each subject."""
    own = nquads(sources.dataset(iris, source), iris.graph(source.id)).decode()
    for kind in KINDS:
        if kind in _OWN:
            yield "".join(line for line in own.splitlines(keepends=True) if line.startswith(f"<{iris.base}{kind}/"))
        else:
            yield from (block for (block,) in tables.stream(f"SELECT lines FROM {kind}_lines"))  # noqa: S608
