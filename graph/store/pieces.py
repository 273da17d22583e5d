"""A graph of a snapshot as N-Triples in pieces of bounded size, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Triple, serialize

from graph.store.embedded import Oxigraph

BATCH = 1_000
"""Triples that are turned into text at a time."""


def pieces(store: Oxigraph, graph: str | None, size: int, most_lines: int, genid: str) -> Iterator[bytes]:
    """The triples of a named graph, or of the merge of all graphs, in the order of the store.

    A piece has at most ``size`` bytes and ``most_lines`` triples, and at least one. Blank nodes become IRIs that begin
    with ``genid``, so that pieces can be sent one by one and twice.
    """
    held: list[bytes] = []
    total = 0
    for line in _lines(store, graph, genid):
        if held and (total + len(line) > size or len(held) == most_lines):
            yield b"".join(held)
            held, total = [], 0
        held.append(line)
        total += len(line)
    if held:
        yield b"".join(held)


def _lines(store: Oxigraph, graph: str | None, genid: str) -> Iterator[bytes]:
    name = DefaultGraph() if graph is None else NamedNode(graph)
    triples = (_named(quad.triple, genid) for quad in store.store.quads_for_pattern(None, None, None, name))
    while batch := list(islice(triples, BATCH)):
        yield from (serialize(batch, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)


def _named(triple: Triple, genid: str) -> Triple:
    if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
        return Triple(_skolem(triple.subject, genid), triple.predicate, _skolem(triple.object, genid))  # type: ignore[arg-type]  # a subject stays one
    return triple


def _skolem(term: object, genid: str) -> object:
    return NamedNode(genid + term.value) if isinstance(term, BlankNode) else term
