"""The description of the service for machines: what it speaks, what its default graph is, which prefixes it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from graph.store import Form
from webapp.formats import FORMATS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")
SCHEMA = Namespace("https://schema.org/")
SPEX = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
W3C_FORMATS = Namespace("http://www.w3.org/ns/formats/")
SYNTAXES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
"""Media type to rdflib's name of the syntax; the first is the default."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query to show: its address, its question in plain English, its text and form."""

    iri: str
    question: str
    text: str
    form: Form


def describe(
    endpoint: str, prefixes: Mapping[str, str], triples: int | None, examples: Sequence[Example] = ()
) -> Graph:
    """The description of the service at this IRI; ``triples`` is the size of its data, None if not known."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in {**prefixes, "sd": str(SD), "sh": str(SH), "void": str(VOID), "schema": str(SCHEMA)}.items():
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
    for example in examples:
        _add_example(graph, service, URIRef(endpoint), example)
    return graph


def _add_example(graph: Graph, service: URIRef, endpoint: URIRef, example: Example) -> None:
    """An example as an executable of SHACL, the way in which editors look for them."""
    this, (kind, text) = URIRef(example.iri), _KINDS[example.form]
    graph.add((this, RDF.type, SH.SPARQLExecutable))
    graph.add((this, RDF.type, kind))
    graph.add((this, RDFS.comment, Literal(example.question, lang="en")))
    graph.add((this, text, Literal(example.text)))
    graph.add((this, SH.prefixes, service))
    graph.add((this, SCHEMA.target, endpoint))


_KINDS = {
    Form.SELECT: (SH.SPARQLSelectExecutable, SH.select),
    Form.ASK: (SH.SPARQLAskExecutable, SH.ask),
    Form.CONSTRUCT: (SH.SPARQLConstructExecutable, SH.construct),
    Form.DESCRIBE: (SPEX.SPARQLDescribeExecutable, SPEX.describe),
}
"""Class and property by form; SHACL itself has none for DESCRIBE."""
