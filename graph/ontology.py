"""The ontology as data: its statements, for the store."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from graph.iris import Iris
from graph.triples import nquads

FOLDER = Path(__file__).resolve().parent.parent / "ontology"
PREFIXES = FOLDER / "prefixes.ttl"
SOURCE = "ontology"
"""The id of the source, and so of the graph, that holds the ontology."""


@cache
def statements() -> tuple[tuple[URIRef, URIRef, URIRef | Literal], ...]:
    """The ontology and its alignments, without the statements that need blank nodes (property chains)."""
    graph = Graph()
    for name in ("film.ttl", "alignments.ttl"):
        graph.parse(FOLDER / name)
    return tuple((s, p, o) for s, p, o in graph if _plain(s) and isinstance(p, URIRef) and _plain(o))  # type: ignore[misc]


def quads(iris: Iris) -> bytes:
    """The ontology as the N-Quads of its own graph."""
    return nquads(statements(), iris.graph(SOURCE))


def _plain(node: object) -> bool:
    return isinstance(node, (URIRef, Literal))
