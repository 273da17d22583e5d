"""Which classes and properties the data uses and how often, for VoID: editors complete terms from it."""

from __future__ import annotations

import json
import logging

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from graph import query
from graph.errors import LimitError
from webapp.site import View, site

log = logging.getLogger(__name__)
VOID = Namespace("http://rdfs.org/ns/void#")
RESULTS = "application/sparql-results+json"
PARTS = (
    ("void-classes", VOID.classPartition, VOID["class"], VOID.entities, VOID.classes, "class"),
    ("void-properties", VOID.propertyPartition, VOID.property, VOID.triples, VOID.properties, "property"),
)
"""The query; the partition, what it is of, its size; how many there are; the fragment of its address."""


def add_partitions(graph: Graph, dataset: URIRef, state: View) -> None:
    """Add the partitions of the dataset; none where counting them takes longer than a query may."""
    for name, partition, of, size, number, kind in PARTS:
        found = _counted(state, name)
        if found:
            graph.add((dataset, number, Literal(len(found), datatype=XSD.integer)))
        for place, (term, count) in enumerate(found, start=1):
            part = URIRef(f"{dataset}-{kind}-{place}")
            graph.add((dataset, partition, part))
            graph.add((part, RDF.type, VOID.Dataset))
            graph.add((part, of, URIRef(term)))
            graph.add((part, size, Literal(count, datatype=XSD.integer)))


def _counted(state: View, name: str) -> list[tuple[str, int]]:
    """Terms and their counts, counted once a snapshot, in the sandbox: this reads everything there is."""
    key, cache = (name, state.version), site().cache
    kept = cache.get(key)
    if kept is None:
        try:
            body, _ = site().run(state, query.fill(name, limit=None), RESULTS, site().limits.max_timeout)
        except LimitError as error:
            log.warning("VoID goes without its partitions: %s", error)
            body = b'{"results": {"bindings": []}}'
        rows = [list(row.values()) for row in json.loads(body)["results"]["bindings"]]
        pairs = [(term["value"], int(count["value"])) for term, count in rows if term["type"] == "uri"]
        kept = (json.dumps(pairs).encode(), "application/json")
        cache.put(key, kept)
    return [(term, count) for term, count in json.loads(kept[0])]
