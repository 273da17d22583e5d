"""Brings the graph of inferred statements up to date with the sources."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from graph import ontology, query
from graph.infer.bulk import write_inferred
from graph.infer.changes import consequences
from graph.infer.rules import in_graph, infer
from graph.iris import Iris
from graph.store import Snapshot, Writer

SMALL = 50_000
"""Statements that may change for the change to be followed by itself, or that a whole store may hold to be asked."""


def update_inferred(
    writer: Writer, iris: Iris, before: Snapshot | None, files: Mapping[str, Path] | None = None
) -> None:
    """Make the inferred graph fit the writer's other graphs; ``before`` is the snapshot from which it began.

    ``files`` are the N-Quads of graphs, by IRI, where they are at hand: large graphs need not be read from the store.
    """
    name = str(iris.inferred)
    digest = _digest(writer, name)
    inferred = writer.catalogue.get(name)
    if inferred is not None and inferred.sha256 == digest:
        return
    changed = _changed(writer, name)
    size = sum(side[iri].triples for side in (writer.start, writer.catalogue) for iri in changed if iri in side)
    if size <= SMALL and before is not None and _is_sound(writer, iris):
        _follow(writer, iris, before, changed)
    elif sum(entry.triples for iri, entry in writer.catalogue.items() if iri != name) <= SMALL:
        writer.replace_graph(name, infer(writer.source(), iris))
    else:
        with tempfile.TemporaryDirectory(dir=writer.data, prefix=".import-") as folder:
            writer.replace_graph(name, write_inferred(writer.source(), iris, Path(folder), files))
    writer.sign(name, digest)


def _follow(writer: Writer, iris: Iris, before: Snapshot | None, changed: list[str]) -> None:
    after, touched = writer.source(), set()
    for graph in changed:
        old = set(before.dump(graph).splitlines()) if before is not None and graph in writer.start else set()
        new = set(after.dump(graph).splitlines()) if graph in writer.catalogue else set()
        touched |= old ^ new
    change = consequences(iris, before, after, touched)
    writer.amend_graph(str(iris.inferred), in_graph(change.added, iris.inferred), in_graph(change.gone, iris.inferred))


def _changed(writer: Writer, inferred: str) -> list[str]:
    """The graphs that differ from the snapshot from which the writer began."""
    names = {*writer.start, *writer.catalogue} - {inferred}
    return sorted(name for name in names if writer.start.get(name) != writer.catalogue.get(name))


def _digest(writer: Writer, inferred: str) -> str:
    """The digest of what the inferred graph follows from: it stands for its own, which would cost reading it all."""
    return _digest_of({iri: entry.sha256 for iri, entry in writer.catalogue.items() if iri != inferred})


def _is_sound(writer: Writer, iris: Iris) -> bool:
    """Whether what was inferred before follows, by the same rules and ontology, from what the sources said then."""
    name, terms = str(iris.inferred), str(iris.graph(ontology.SOURCE))
    then = _digest_of({iri: entry.sha256 for iri, entry in writer.start.items() if iri != name})
    same_terms = writer.start.get(terms) == writer.catalogue.get(terms)
    return same_terms and name in writer.start and writer.start[name].sha256 == then


def _digest_of(graphs: dict[str, str]) -> str:
    rules = [query.load(name).text for name in query.names("infer")]
    lines = [f"{iri} {sha}\n" for iri, sha in sorted(graphs.items())]
    return hashlib.sha256("".join([*rules, *lines]).encode()).hexdigest()
