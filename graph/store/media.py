"""The media types an answer can be given in, by the form of the query, and their serialisers in the engine."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import QueryError

T = TypeVar("T")


class Form(Enum):
    """The four forms of a SPARQL query, and updates, which only writers may run."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"
    UPDATE = "UPDATE"


RESULT_TYPES: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""For SELECT and ASK; the first is the default."""

GRAPH_TYPES: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
"""For CONSTRUCT and DESCRIBE; the first is the default."""


def types_for(form: Form) -> tuple[str, ...]:
    """The media types in which the answer to a query of this form can be given, the preferred one first."""
    return tuple(RESULT_TYPES if form in (Form.SELECT, Form.ASK) else GRAPH_TYPES)


def result_format(media_type: str) -> QueryResultsFormat:
    """The engine's format for rows and booleans."""
    return _found(RESULT_TYPES.get(media_type), media_type, "SELECT and ASK", RESULT_TYPES)


def graph_format(media_type: str) -> RdfFormat:
    """The engine's format for triples."""
    return _found(GRAPH_TYPES.get(media_type), media_type, "CONSTRUCT and DESCRIBE", GRAPH_TYPES)


def _found(found: T | None, media_type: str, forms: str, known: dict[str, T]) -> T:
    if found is None:
        raise QueryError(f"the answer to {forms} cannot be given as {media_type}; ask for one of: {', '.join(known)}")
    return found
