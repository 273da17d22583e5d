"""The rules, run on a whole store or on a part of it."""

from __future__ import annotations

from rdflib import URIRef

from graph import query
from graph.iris import Iris
from graph.store import QuerySource


def infer(source: QuerySource, iris: Iris) -> bytes:
    """The N-Quads of the graph ``graph/inferred``, sorted, each statement once."""
    return in_graph(conclusions(source), iris.inferred)


def conclusions(source: QuerySource) -> set[bytes]:
    """The lines of N-Triples that follow."""
    lines: set[bytes] = set()
    for name in query.names("infer"):
        lines.update(source.construct(query.fill(name)).splitlines())
    return lines


def in_graph(lines: set[bytes], graph: URIRef) -> bytes:
    r"""N-Triples lines as the sorted N-Quads of one graph.

    >>> in_graph({b"<a:s> <a:p> <a:o> ."}, URIRef("a:g"))
    b'<a:s> <a:p> <a:o> <a:g> .\n'
    """
    end = f" {graph.n3()} .\n".encode()
    return b"".join(sorted(line.rstrip().removesuffix(b".").rstrip() + end for line in lines if line.strip()))
