"""The terms that the editor completes: those of the ontology, and those that they are aligned with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from graph.ontology import statements

CLASSES = frozenset({OWL.Class, RDFS.Class})
PROPERTIES = frozenset({OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property})
SCHEMA = "http://schema.org/"
STEPS = ("https://w3id.org/filmgraph#isActing", "https://w3id.org/filmgraph#isDirecting")
"""Steps of property chains, which no data holds."""
ALWAYS = (
    (str(RDF.type), "property", "Leads from a resource to its class."),
    (str(RDFS.label), "property", "The name of anything."),
)
ABOVE = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty)


@dataclass(frozen=True, slots=True)
class Completion:
    """One term: its prefixed name, whether it is a class or a property, and what it says."""

    name: str
    kind: str
    says: str


def terms(prefixes: Mapping[str, str]) -> list[Completion]:
    """All terms, our own first, each group in the order of the alphabet."""
    said = dict[str, Completion]()
    for iri, kind, says in _described():
        name = shortened(iri, prefixes)
        if name is not None:
            said.setdefault(name, Completion(name, kind, says))
    return sorted(said.values(), key=lambda it: (not it.name.startswith("film:"), it.name.lower()))


def shortened(iri: str, prefixes: Mapping[str, str]) -> str | None:
    """An IRI as a prefixed name, None where no prefix fits.

    >>> shortened("http://schema.org/actor", {"schema": "http://schema.org/"})
    'schema:actor'
    """
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space)]
    if not fitting:
        return None
    length, prefix = max(fitting)
    local = iri[length:]
    return f"{prefix}:{local}" if local.replace("_", "a").isalnum() else None


@cache
def _described() -> tuple[tuple[str, str, str], ...]:
    """IRI, kind and definition of each term; those of schema.org say from which of ours they follow."""
    graph = Graph(bind_namespaces="none")
    for statement in statements():
        graph.add(statement)
    kinds = {term: _kind(graph, term) for term in set(graph.subjects(RDF.type)) if isinstance(term, URIRef)}
    own = [(str(term), kind, str(graph.value(term, SKOS.definition) or "")) for term, kind in kinds.items() if kind]
    follow = [
        (str(above), kind, f"Follows from our term “{graph.value(term, RDFS.label)}”.")
        for term, kind in kinds.items()
        for link in ABOVE
        for above in graph.objects(term, link)
        if kind and str(above).startswith(SCHEMA)
    ]
    return tuple(each for each in (*ALWAYS, *sorted(own), *sorted(follow)) if str(each[0]) not in STEPS)


def _kind(graph: Graph, term: URIRef) -> str:
    types = set(graph.objects(term, RDF.type))
    return "class" if types & CLASSES else "property" if types & PROPERTIES else ""
