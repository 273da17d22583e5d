"""In what the writer's state differs from the snapshot from which it began, line by line, as long as that is little."""

from __future__ import annotations

from graph.store import Snapshot, Writer

SMALL = 50_000
"""Statements of changed graphs, before and after, that are compared line by line."""


def changed_lines(writer: Writer, before: Snapshot | None, without: str) -> frozenset[bytes] | None:
    """The lines of N-Quads that only one of the two states holds; None where they are many, or nothing came before.

    ``without`` is a graph that is left aside.
    """
    changed = _changed_graphs(writer, str(without))
    size = sum(side[iri].triples for side in (writer.start, writer.catalogue) for iri in changed if iri in side)
    if before is None or size > SMALL:
        return None
    after, lines = writer.source(), set[bytes]()
    for graph in changed:
        old = set(before.dump(graph).splitlines()) if graph in writer.start else set()
        new = set(after.dump(graph).splitlines()) if graph in writer.catalogue else set()
        lines |= old ^ new
    return frozenset(lines)


def _changed_graphs(writer: Writer, without: str) -> list[str]:
    names = {*writer.start, *writer.catalogue} - {without}
    return sorted(name for name in names if writer.start.get(name) != writer.catalogue.get(name))
