"""The inferred graph of a large store, worked out by a columnar engine in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph import query
from graph.iris import Iris
from graph.statements import Statements
from graph.store import QuerySource

_PAIRS = {"property": "context/pairs-of-properties", "class": "context/pairs-of-classes"}


def pairs_of_terms(source: QuerySource) -> list[tuple[str, str, str]]:
    """Our terms, those that follow from them, and whether these are classes or properties, as the ontology says."""
    return [
        (f"<{ours}>", f"<{theirs}>", kind)
        for kind, name in _PAIRS.items()
        for ours, theirs in source.select(query.fill(name))
    ]


def write_inferred(statements: Statements, pairs: Iterable[tuple[str, str, str]], iris: Iris, path: Path) -> int:
    """Write what follows from all statements, as N-Quads in no certain order, each once; gives their number.

    ``pairs`` are those of the ontology.
    """
    statements.run("CREATE TEMP TABLE ours_theirs (ours VARCHAR, theirs VARCHAR, kind VARCHAR)")
    for pair in pairs:
        statements.run("INSERT INTO ours_theirs VALUES (?, ?, ?)", pair)
    statements.script("infer", "bulk.sql")
    return statements.write(f"SELECT s || ' ' || p || ' ' || o || ' {iris.inferred.n3()} .' FROM conclusion", path)  # noqa: S608  # our own IRI
