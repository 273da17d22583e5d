"""Fill the page of the ontology from ontology/film.ttl and its alignments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from webapp.fill.diagram import diagram
from webapp.pages import OntologyPage, Ref, Term

ONTOLOGY = URIRef("https://w3id.org/filmgraph")
SPACE = "https://w3id.org/filmgraph#"
SDO = Namespace("https://schema.org/")
SDO_PLAIN = Namespace("http://schema.org/")
VANN = Namespace("http://purl.org/vocab/vann/")
MATCHES = (
    OWL.equivalentClass, OWL.equivalentProperty, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch,
)  # fmt: skip


def ontology_page(graph: Graph, prefixes: Mapping[str, str]) -> OntologyPage:
    """The ontology as documentation: every term with its definition, examples and matches."""
    header = next(iter(graph.subjects(RDF.type, OWL.Ontology)), ONTOLOGY)
    title = graph.value(header, DCTERMS.title) or graph.value(header, RDFS.label) or "The film ontology"
    described = graph.value(header, DCTERMS.description) or graph.value(header, RDFS.comment) or ""
    version = graph.value(header, OWL.versionInfo)
    names = sorted({str(name) for name in graph.subjects(RDFS.isDefinedBy) if str(name).startswith(SPACE)})
    filled = [term(graph, URIRef(name), prefixes) for name in names]
    return OntologyPage(
        iri=SPACE,
        title=str(title),
        description=str(described),
        version=str(version) if version else None,
        classes=tuple(each for each in filled if each.kind == "class"),
        properties=tuple(each for each in filled if each.kind == "property"),
        diagram=diagram(graph),
    )


def term(graph: Graph, iri: URIRef, prefixes: Mapping[str, str]) -> Term:
    """What the ontology says of one term."""

    def found(*predicates: URIRef) -> tuple[Ref, ...]:
        return refs((value for predicate in predicates for value in graph.objects(iri, predicate)), prefixes)

    kinds = set(graph.objects(iri, RDF.type))
    parents = found(RDFS.subClassOf, RDFS.subPropertyOf)
    own = tuple(ref for ref in parents if ref.iri.startswith(SPACE))
    return Term(
        iri=iri,
        name=iri.removeprefix(SPACE),
        kind="class" if kinds & {OWL.Class, RDFS.Class} else "property",
        label=_text(graph, iri, RDFS.label),
        definition=_text(graph, iri, SKOS.definition),
        examples=tuple(sorted(str(v) for p in (SKOS.example, VANN.example) for v in graph.objects(iri, p))),
        parents=own,
        domains=found(SDO.domainIncludes, SDO_PLAIN.domainIncludes, RDFS.domain),
        ranges=found(SDO.rangeIncludes, SDO_PLAIN.rangeIncludes, RDFS.range),
        matches=(*(ref for ref in parents if ref not in own), *found(*MATCHES)),
        shortcut=tuple(_chains(graph, iri, prefixes)),
    )


def refs(terms: Iterable[Node], prefixes: Mapping[str, str]) -> tuple[Ref, ...]:
    """Terms by their prefixed names, in their order; what has no IRI is left out."""
    named = (Ref(term, short(term, prefixes)) for term in set(terms) if isinstance(term, URIRef))
    return tuple(sorted(named, key=lambda ref: ref.label))


def _chains(graph: Graph, iri: URIRef, prefixes: Mapping[str, str]) -> Iterable[str]:
    """The property chains that a shortcut stands for, as property paths."""
    for chain in graph.objects(iri, OWL.propertyChainAxiom):
        steps = []
        for step in Collection(graph, chain):
            inverse = graph.value(step, OWL.inverseOf)
            steps.append("^" + short(inverse, prefixes) if inverse else short(step, prefixes))
        yield " / ".join(steps)


def short(term: object, prefixes: Mapping[str, str]) -> str:
    """An IRI with its prefix, or whole where none is known."""
    for prefix, space in prefixes.items():
        if str(term).startswith(space):
            return f"{prefix}:{str(term).removeprefix(space)}"
    return str(term)


def _text(graph: Graph, iri: URIRef, predicate: URIRef) -> str:
    value = graph.value(iri, predicate)
    return str(value) if isinstance(value, Literal) else ""
