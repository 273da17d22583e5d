"""Fill the page of the ontology from ontology/film.ttl and its alignments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

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
    terms = sorted({str(term) for term in graph.subjects(RDFS.isDefinedBy) if str(term).startswith(SPACE)})
    filled = [_term(graph, URIRef(term), prefixes) for term in terms]
    return OntologyPage(
        iri=SPACE,
        title=str(title),
        description=str(described),
        version=str(version) if version else None,
        classes=tuple(term for term in filled if term.kind == "class"),
        properties=tuple(term for term in filled if term.kind == "property"),
    )


def _term(graph: Graph, iri: URIRef, prefixes: Mapping[str, str]) -> Term:
    def refs(*predicates: URIRef) -> tuple[Ref, ...]:
        found = {value for predicate in predicates for value in graph.objects(iri, predicate)}
        named = (Ref(value, _short(value, prefixes)) for value in found if isinstance(value, URIRef))
        return tuple(sorted(named, key=lambda ref: ref.label))

    kinds = set(graph.objects(iri, RDF.type))
    parents = refs(RDFS.subClassOf, RDFS.subPropertyOf)
    own = tuple(ref for ref in parents if ref.iri.startswith(SPACE))
    return Term(
        iri=iri,
        name=iri.removeprefix(SPACE),
        kind="class" if kinds & {OWL.Class, RDFS.Class} else "property",
        label=_text(graph, iri, RDFS.label),
        definition=_text(graph, iri, SKOS.definition),
        examples=tuple(sorted(str(v) for p in (SKOS.example, VANN.example) for v in graph.objects(iri, p))),
        parents=own,
        domains=refs(SDO.domainIncludes, SDO_PLAIN.domainIncludes, RDFS.domain),
        ranges=refs(SDO.rangeIncludes, SDO_PLAIN.rangeIncludes, RDFS.range),
        matches=(*(ref for ref in parents if ref not in own), *refs(*MATCHES)),
        shortcut=tuple(_chains(graph, iri, prefixes)),
    )


def _chains(graph: Graph, iri: URIRef, prefixes: Mapping[str, str]) -> Iterable[str]:
    """The property chains that a shortcut stands for, as property paths."""
    for chain in graph.objects(iri, OWL.propertyChainAxiom):
        steps = []
        for step in Collection(graph, chain):
            inverse = graph.value(step, OWL.inverseOf)
            steps.append("^" + _short(inverse, prefixes) if inverse else _short(step, prefixes))
        yield " / ".join(steps)


def _short(term: object, prefixes: Mapping[str, str]) -> str:
    """An IRI with its prefix, or whole where none is known."""
    for prefix, space in prefixes.items():
        if str(term).startswith(space):
            return f"{prefix}:{str(term).removeprefix(space)}"
    return str(term)


def _text(graph: Graph, iri: URIRef, predicate: URIRef) -> str:
    value = graph.value(iri, predicate)
    return str(value) if isinstance(value, Literal) else ""
