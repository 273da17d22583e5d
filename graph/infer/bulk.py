"""The inferred graph of a large store, worked out by a columnar engine in bounded memory."""

from __future__ import annotations

from pathlib import Path

from graph import query
from graph.iris import Iris
from graph.statements import Statements
from graph.store import Oxigraph

_PAIRS = {"property": "context/pairs-of-properties", "class": "context/pairs-of-classes"}


def write_inferred(statements: Statements, source: Oxigraph, iris: Iris, path: Path) -> int:
    """Write what follows from all statements, as N-Quads in no certain order, each once; gives their number.

    The ontology is asked of ``source``.
    """
    statements.run("CREATE TEMP TABLE ours_theirs (ours VARCHAR, theirs VARCHAR, kind VARCHAR)")
    for kind, name in _PAIRS.items():
        for ours, theirs in source.select(query.fill(name)):
            statements.run("INSERT INTO ours_theirs VALUES (?, ?, ?)", [f"<{ours}>", f"<{theirs}>", kind])
    statements.script("infer", "bulk.sql")
    return statements.write(f"SELECT s || ' ' || p || ' ' || o || ' {iris.inferred.n3()} .' FROM conclusion", path)  # noqa: S608  # our own IRI
