"""The only package that speaks to an engine: the embedded one (pyoxigraph) and remote ones (SPARQLWrapper).

Readers hold a ``QuerySource`` and need not know which: ``Snapshot`` is a published state on disk, ``Endpoint`` any
SPARQL 1.1 server, ``Writer.source()`` a state that is not published yet. A query sees the merge of all graphs unless it
names graphs itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph.store.catalogue import GraphEntry, digest_amended
from graph.store.embedded import Oxigraph, in_memory
from graph.store.folder import check_folder
from graph.store.lock import writer_lock
from graph.store.media import GRAPH_TYPES, RESULT_TYPES, Form, types_for
from graph.store.parse import FORMATS, Statement, read_quads, read_statements
from graph.store.prefixes import read_prefixes
from graph.store.published import Snapshot
from graph.store.rows import Iri, MalformedQueryError, QuerySource, RefusedQueryError, Rows, Value, literal_value
from graph.store.syntax import Outline, columns, outline
from graph.store.turtle import readable_turtle, write_turtle
from graph.store.writer import Writer

if TYPE_CHECKING:
    from graph.store.endpoint import Endpoint
    from graph.store.graph_store import GraphStore, RemoteGraphs, UpdateService

__all__ = [
    "FORMATS",
    "GRAPH_TYPES",
    "RESULT_TYPES",
    "Endpoint",
    "Form",
    "GraphEntry",
    "GraphStore",
    "Iri",
    "MalformedQueryError",
    "Outline",
    "Oxigraph",
    "QuerySource",
    "RefusedQueryError",
    "RemoteGraphs",
    "Rows",
    "Snapshot",
    "Statement",
    "UpdateService",
    "Value",
    "Writer",
    "check_folder",
    "columns",
    "digest_amended",
    "in_memory",
    "literal_value",
    "outline",
    "read_prefixes",
    "read_quads",
    "read_statements",
    "readable_turtle",
    "types_for",
    "write_turtle",
    "writer_lock",
]


_LATER = {
    "Endpoint": "graph.store.endpoint",
    "GraphStore": "graph.store.graph_store",
    "RemoteGraphs": "graph.store.graph_store",
    "UpdateService": "graph.store.graph_store",
}


def __getattr__(name: str) -> Any:
    """What speaks to remote servers, imported when first asked for: a query process need not load its libraries."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(name)
