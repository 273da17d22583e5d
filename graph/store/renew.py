"""A store made anew from the graphs that stay: cheaper than to take many statements out of it, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from graph.store.catalogue import GraphEntry

LARGE = 100_000
"""Statements up to which graphs are taken out one by one, whatever else there is."""
RATIO = 4
"""A statement takes so many times as long to take out as to load."""


def is_cheaper(catalogue: Mapping[str, GraphEntry], gone: Iterable[str]) -> bool:
    """Whether the store is sooner loaded anew than rid of these graphs."""
    lost = sum(catalogue[iri].triples for iri in gone)
    return lost > LARGE and lost * RATIO > sum(entry.triples for entry in catalogue.values()) - lost


def write_graphs(store: Store, graphs: Iterable[str], folder: Path) -> dict[str, Path]:
    """Each of these graphs as a file of N-Quads in a new folder, by IRI."""
    folder.mkdir()
    files = {iri: folder / f"{number}.nq" for number, iri in enumerate(graphs)}
    for iri, path in files.items():
        quads = store.quads_for_pattern(None, None, None, NamedNode(iri))
        serialize(quads, str(path), format=RdfFormat.N_QUADS)
    return files
