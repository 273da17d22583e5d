"""Quads of one graph as the writer takes them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graph.errors import StoreError


def merged(quad: Quad) -> Quad:
    """The same statement in the merge of all graphs."""
    return Quad(quad.subject, quad.predicate, quad.object)


def forget(engine: Store, quads: Iterable[Quad]) -> None:
    """Remove quads from their graphs, and from the merge what no other graph says."""
    for quad in quads:
        engine.remove(quad)
        others = engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(other.graph_name == DefaultGraph() for other in others):
            engine.remove(merged(quad))


def clear(engine: Store, iri: str) -> None:
    """Remove a graph, and from the merge what no other graph says."""
    forget(engine, engine.quads_for_pattern(None, None, None, NamedNode(iri)))  # as they are now
    engine.remove_graph(NamedNode(iri))


def read_graph(iri: str, nquads: bytes) -> list[Quad]:
    """The quads of a graph; raises ``StoreError`` for a text that cannot be read, or names another graph."""
    try:
        quads = list(parse(nquads, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"the N-Quads for {iri} cannot be read: {error}") from error
    for quad in quads:
        if getattr(quad.graph_name, "value", None) != iri:
            raise StoreError(f"a quad of {quad.graph_name} was given for the graph {iri}")
    return quads


def amend(engine: Store, iri: str, added: bytes, gone: bytes) -> int:
    """Add lines of N-Quads to a graph and take others from it; by how many statements it has grown."""
    old, fresh = read_graph(iri, gone), read_graph(iri, added)
    lost = [quad for quad in old if quad in engine]
    new = [quad for quad in fresh if quad not in engine]
    forget(engine, lost)
    engine.extend([*new, *map(merged, new)])
    return len(new) - len(lost)


def load(engine: Store, iri: str, nquads: bytes) -> None:
    """Write the engine's files from many N-Quads of a graph, for that graph and for the merge of all graphs."""
    engine.bulk_load(nquads, format=RdfFormat.N_QUADS)
    unnamed = nquads.replace(f" <{iri}> .\n".encode(), b" .\n")  # it ends each line; no literal holds a line feed
    engine.bulk_load(unnamed, format=RdfFormat.N_TRIPLES)
