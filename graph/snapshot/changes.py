"""What each snapshot changed, graph by graph, the newest first; every snapshot holds the whole list.

Who reads along with the site, by a feed or by copying what is new, learns from it which sources came, changed or went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from graph.store import GraphEntry

NAME = "changes.tsv"
"""A snapshot's list of changes: number of the snapshot, when it was published, what became of which graph."""
KEPT = 2_000
"""Changes that a list holds; older ones fall out."""
ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One graph that a snapshot added, changed or withdrew; ``created`` is ISO 8601 in UTC."""

    number: int
    created: str
    kind: str
    graph: str


def write(
    folder: Path,
    before: Path | None,
    number: int,
    created: str,
    old: Mapping[str, GraphEntry],
    new: Mapping[str, GraphEntry],
) -> None:
    """Write a snapshot's list: what is new against the snapshot before it, then what that one's list holds."""
    told = (Change(number, created, kind, graph) for kind, graph in _differences(old, new))
    earlier = read(before) if before is not None else ()
    lines = (f"{c.number}\t{c.created}\t{c.kind}\t{c.graph}\n" for c in islice(chain(told, earlier), KEPT))
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def _differences(old: Mapping[str, GraphEntry], new: Mapping[str, GraphEntry]) -> Iterator[tuple[str, str]]:
    for graph in sorted({*old, *new}):
        if graph not in old:
            yield ADDED, graph
        elif graph not in new:
            yield WITHDRAWN, graph
        elif old[graph].sha256 != new[graph].sha256:
            yield CHANGED, graph


def read(folder: Path) -> tuple[Change, ...]:
    """The changes that a snapshot knows of, the newest first; none where an older version of filmgraph made it."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
        return tuple(Change(int(n), created, kind, graph) for n, created, kind, graph in (x.split("\t") for x in lines))
    except (OSError, ValueError):
        return ()
