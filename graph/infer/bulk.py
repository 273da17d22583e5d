"""The inferred graph of a large store, worked out by a columnar engine in bounded memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from graph import query
from graph.iris import Iris
from graph.statements import Statements
from graph.store import QuerySource

_RULES = "SELECT view_name FROM duckdb_views() WHERE temporary AND view_name LIKE 'follows%' ORDER BY view_name"
_PIECE = 1 << 20
"""Bytes that are copied at a time."""
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

    ``pairs`` are those of the ontology. One rule is worked out after another: all at once, the engine would keep what
    each of them has told already.
    """
    statements.run("CREATE TEMP TABLE ours_theirs (ours VARCHAR, theirs VARCHAR, kind VARCHAR)")
    for pair in pairs:
        statements.run("INSERT INTO ours_theirs VALUES (?, ?, ?)", pair)
    statements.script("infer", "bulk.sql")
    line = f"SELECT s || ' ' || p || ' ' || o || ' {iris.inferred.n3()} .'"  # our own IRI
    written, piece = 0, path.with_suffix(".piece")
    with path.open("wb") as whole:
        for (view,) in list(statements.stream(_RULES)):
            written += statements.write(f"{line} FROM {view}", piece)
            with piece.open("rb") as lines:
                shutil.copyfileobj(lines, whole, _PIECE)
    piece.unlink(missing_ok=True)
    return written
