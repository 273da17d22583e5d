"""A resource as RDF: its statements, its roles and credits, their evidence, and the names of all these."""

from __future__ import annotations

from io import BytesIO

from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from graph import query
from graph.store.mend import mended_bytes
from webapp.site import Site, View

RDF_XML = "application/rdf+xml"
BATCH = 400
"""Resources described by one query."""
DOCUMENT = "#data"
"""The fragment of the document that describes a resource, the same in every syntax."""


def describe(site: Site, view: View, iri: URIRef, *, alone: bool = False) -> Graph | None:
    """What the graph says of a resource, None if nothing; with who may use it.

    Its roles, credits and evidence are told with it, unless ``alone``: those of a dataset have no end.
    """
    found = [] if alone else view.source.select(query.fill("data-subjects", thing=iri)).rows
    subjects = [iri, *(URIRef(str(row[0])) for row in found)]
    graph = Graph(bind_namespaces="none")
    for at in range(0, len(subjects), BATCH):
        text = query.fill("data", subject=subjects[at : at + BATCH])
        graph.parse(data=view.source.construct(text), format="nt")
    if (iri, None, None) not in graph:
        return None
    document = URIRef(iri + DOCUMENT)
    graph.add((document, RDF.type, FOAF.Document))
    graph.add((document, FOAF.primaryTopic, iri))
    graph.add((document, DCTERMS.license, URIRef(site.config.licence)))
    return bound(graph, site)


def bound(graph: Graph, site: Site) -> Graph:
    """The graph with our prefixes, so that it reads well."""
    for prefix, namespace in site.prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


def serialise(graph: Graph, syntax: str, site: Site) -> bytes:
    """The graph in a syntax that rdflib knows; JSON-LD brings its context along."""
    if syntax == "nt":
        lines = sorted(graph.serialize(format="nt").splitlines())
        return ("\n".join(line for line in lines if line) + "\n").encode()
    if syntax == "json-ld":
        used = _used(graph, site)
        return graph.serialize(format="json-ld", context=used, indent=1, sort_keys=True).encode()
    if syntax == "turtle":
        output = BytesIO()
        _Turtle(graph).serialize(output)
        return output.getvalue()
    return mended_bytes(RDF_XML, graph.serialize(format=syntax).encode())


class _Turtle(TurtleSerializer):
    """Turtle in which every number keeps its form: rdflib would write the decimal ``5`` as ``5.0``, another term."""

    def label(self, node: Node, position: int) -> str:
        """The node as Turtle writes it."""
        if isinstance(node, Literal) and node.datatype == XSD.decimal and "." not in node:
            return node.n3(self.store.namespace_manager)
        return super().label(node, position)


def _used(graph: Graph, site: Site) -> dict[str, str]:
    """The prefixes that the graph's properties and types need."""
    words = {str(term) for _, predicate, value in graph for term in (predicate, value) if isinstance(term, URIRef)}
    known = site.prefixes.items()
    return {prefix: space for prefix, space in known if any(word.startswith(space) for word in words)}
