"""Brings the graph of inferred statements up to date with the sources."""

from __future__ import annotations

import hashlib
from pathlib import Path

from graph import ontology, query
from graph.infer.changes import consequences
from graph.infer.rules import in_graph, infer
from graph.iris import Iris
from graph.store import GraphEntry, Snapshot, Writer

SMALL = 50_000
"""Statements that a whole store may hold to be asked by queries."""


def follow(writer: Writer, iris: Iris, before: Snapshot, lines: frozenset[bytes]) -> bool:
    """Make the inferred graph fit the writer's other graphs by what changed; False where that does not tell it all.

    ``before`` is the snapshot from which the writer began; ``lines`` are the N-Quads of the other graphs that differ.
    """
    name = str(iris.inferred)
    digest = _digest(writer, name)
    inferred = writer.catalogue.get(name)
    if inferred is not None and inferred.sha256 == digest:
        return True
    if not _is_sound(writer, iris):
        return False
    change = consequences(iris, before, writer.source(), lines)
    writer.amend_graph(name, in_graph(change.added, iris.inferred), in_graph(change.gone, iris.inferred))
    writer.sign(name, digest)
    return True


def is_small(writer: Writer, iris: Iris) -> bool:
    """Whether a whole store may be asked by queries."""
    name = str(iris.inferred)
    return sum(entry.triples for iri, entry in writer.catalogue.items() if iri != name) <= SMALL


def infer_small(writer: Writer, iris: Iris) -> bool:
    """Infer all that follows from a small store by queries; False where it is not small."""
    name = str(iris.inferred)
    if not is_small(writer, iris):
        return False
    writer.replace_graph(name, infer(writer.source(), iris))
    writer.sign(name, _digest(writer, name))
    return True


def load_inferred(writer: Writer, iris: Iris, path: Path, lines: int) -> None:
    """Have the writer load a file of so many lines, all that follows from the rest, and remove it then."""
    name = str(iris.inferred)
    writer.load_graph(name, path, GraphEntry(lines, _digest(writer, name)), spend=True)


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
