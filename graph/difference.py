"""In what the writer's state differs from the snapshot from which it began, line by line, as long as that is little."""

from __future__ import annotations

from collections.abc import Mapping

from graph.store import Snapshot, Writer, digest_amended

SMALL = 50_000
"""Statements of changed graphs, before and after, that are compared line by line."""


def changed_lines(
    writer: Writer, before: Snapshot | None, without: str, amended: Mapping[str, frozenset[bytes]] | None = None
) -> frozenset[bytes] | None:
    """The lines of N-Quads that only one of the two states holds; None where they are many, or nothing came before.

    ``without`` is a graph that is left aside. ``amended`` are lines that were added to graphs, or taken from them:
    where the digests say that nothing else was changed in a graph, it is not read, whatever its size.
    """
    known = {iri: lines for iri, lines in (amended or {}).items() if _is_all(writer, iri, lines)}
    changed = [iri for iri in _changed_graphs(writer, str(without)) if iri not in known]
    size = sum(side[iri].triples for side in (writer.start, writer.catalogue) for iri in changed if iri in side)
    if before is None or size > SMALL:
        return None
    after, lines = writer.source(), set[bytes]().union(*known.values())
    for graph in changed:
        old = set(before.dump(graph).splitlines()) if graph in writer.start else set()
        new = set(after.dump(graph).splitlines()) if graph in writer.catalogue else set()
        lines |= old ^ new
    return frozenset(lines)


def _is_all(writer: Writer, iri: str, lines: frozenset[bytes]) -> bool:
    """Whether a graph differs in exactly these lines from what it was."""
    then, now = writer.start.get(iri), writer.catalogue.get(iri)
    return then is not None and now is not None and digest_amended(then.sha256, lines) == now.sha256


def _changed_graphs(writer: Writer, without: str) -> list[str]:
    names = {*writer.start, *writer.catalogue} - {without}
    return sorted(name for name in names if writer.start.get(name) != writer.catalogue.get(name))
