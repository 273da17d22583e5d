"""Everything that follows from the facts, materialised at publish time: shortcuts, and schema.org's view.

Each rule is a CONSTRUCT query in graph/queries/infer/ that reads only what sources say, never what another rule made,
so that what was inferred before does not matter. The schema.org types and properties follow from
ontology/alignments.ttl, which the store holds as the graph ``graph/ontology``.
"""

from __future__ import annotations

from rdflib import URIRef

from graph import query
from graph.iris import Iris
from graph.store import QuerySource


def infer(source: QuerySource, iris: Iris) -> bytes:
    """The N-Quads of the graph ``graph/inferred``, sorted, each statement once."""
    lines: set[bytes] = set()
    for name in query.names("infer"):
        lines.update(source.construct(query.fill(name)).splitlines())
    return in_graph(lines, iris.inferred)


def in_graph(lines: set[bytes], graph: URIRef) -> bytes:
    r"""N-Triples lines as the sorted N-Quads of one graph.

    >>> in_graph({b"<a:s> <a:p> <a:o> ."}, URIRef("a:g"))
    b'<a:s> <a:p> <a:o> <a:g> .\n'
    """
    end = f" {graph.n3()} .\n".encode()
    return b"".join(sorted(line.rstrip().removesuffix(b".").rstrip() + end for line in lines if line.strip()))
