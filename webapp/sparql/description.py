"""The description of the service for machines: what it speaks, what its default graph is, which prefixes it knows."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from webapp.formats import FORMATS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")
W3C_FORMATS = Namespace("http://www.w3.org/ns/formats/")
SYNTAXES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "pretty-xml",
}
"""Media type to rdflib's name of the syntax; the first is the default."""


def describe(endpoint: str, prefixes: Mapping[str, str], triples: int | None) -> Graph:
    """The description of the service at this IRI; ``triples`` is the size of its data, None if not known."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in {**prefixes, "sd": str(SD), "sh": str(SH), "void": str(VOID)}.items():
        graph.bind(prefix, space)
    service, data, default = (URIRef(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(endpoint)))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultDataset, data))
    for entry in FORMATS:
        graph.add((service, SD.resultFormat, W3C_FORMATS[entry.w3c]))
    graph.add((data, RDF.type, SD.Dataset))
    graph.add((data, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    if triples is not None:
        graph.add((default, VOID.triples, Literal(triples)))
    for prefix, space in prefixes.items():
        declaration = URIRef(f"{endpoint}#prefix-{prefix}")
        graph.add((service, SH.declare, declaration))
        graph.add((declaration, RDF.type, SH.PrefixDeclaration))
        graph.add((declaration, SH.prefix, Literal(prefix)))
        graph.add((declaration, SH.namespace, Literal(space, datatype=XSD.anyURI)))
    return graph
