"""The only package that speaks to an engine: the embedded one (pyoxigraph) and remote ones (SPARQLWrapper).

Readers hold a ``QuerySource`` and need not know which: ``Snapshot`` is a published state on disk, ``Endpoint`` any
SPARQL 1.1 server, ``Writer.source()`` a state that is not published yet. A query sees the merge of all graphs unless it
names graphs itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.store.embedded import Oxigraph, Snapshot, in_memory
from graph.store.folder import check_folder
from graph.store.lock import writer_lock
from graph.store.media import GRAPH_TYPES, RESULT_TYPES, Form, types_for
from graph.store.parse import FORMATS, Statement, read_quads, read_statements
from graph.store.prefixes import read_prefixes
from graph.store.rows import Iri, MalformedQueryError, QuerySource, RefusedQueryError, Rows, Value
from graph.store.syntax import Outline, outline
from graph.store.writer import Writer

if TYPE_CHECKING:
    from graph.store.endpoint import Endpoint

__all__ = [
    "FORMATS",
    "GRAPH_TYPES",
    "RESULT_TYPES",
    "Endpoint",
    "Form",
    "Iri",
    "MalformedQueryError",
    "Outline",
    "Oxigraph",
    "QuerySource",
    "RefusedQueryError",
    "Rows",
    "Snapshot",
    "Statement",
    "Value",
    "Writer",
    "check_folder",
    "in_memory",
    "outline",
    "read_prefixes",
    "read_quads",
    "read_statements",
    "types_for",
    "writer_lock",
]


def __getattr__(name: str) -> Any:
    """``Endpoint``, imported when first asked for: SPARQLWrapper brings rdflib, which a query process need not load."""
    if name == "Endpoint":
        from graph.store.endpoint import Endpoint

        return Endpoint
    raise AttributeError(name)
