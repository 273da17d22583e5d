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
"""Statements that a whole store may hold to be asked by queries."""


def update_inferred(
    writer: Writer,
    iris: Iris,
    before: Snapshot | None,
    lines: frozenset[bytes] | None,
    files: Mapping[str, Path] | None = None,
) -> bool:
    """Make the inferred graph fit the writer's other graphs; False where that could not be done by the change alone.

    ``before`` is the snapshot from which the writer began, and ``lines`` (N-Quads of the other graphs) are those that
    differ from it, None where they are too many. ``files`` are the N-Quads of graphs, by IRI, where they are at hand:
    large graphs need not be read from the store.
    """
    name = str(iris.inferred)
    digest = _digest(writer, name)
    inferred = writer.catalogue.get(name)
    if inferred is not None and inferred.sha256 == digest:
        return True
    if lines is not None and before is not None and _is_sound(writer, iris):
        change = consequences(iris, before, writer.source(), lines)
        writer.amend_graph(name, in_graph(change.added, iris.inferred), in_graph(change.gone, iris.inferred))
        writer.sign(name, digest)
        return True
    if sum(entry.triples for iri, entry in writer.catalogue.items() if iri != name) <= SMALL:
        writer.replace_graph(name, infer(writer.source(), iris))
    else:
        with tempfile.TemporaryDirectory(dir=writer.data, prefix=".import-") as folder:
            writer.replace_graph(name, write_inferred(writer.source(), iris, Path(folder), files))
    writer.sign(name, digest)
    return False


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
