"""The ontology's files: complete, in step with the code, and saying what the published shortcuts say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph import facts, query
from graph.ontology import FOLDER
from graph.validate import check_ontology
from graph.vocabulary import CLASSES, FILM, OA, PROPERTIES, SCHEMA

TERMS = "https://w3id.org/filmgraph#"
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CASES = Path(__file__).parents[1] / "cases" / "shapes"


@cache
def read(name: str) -> Graph:
    """A file of the ontology."""
    return Graph().parse(FOLDER / name)


@cache
def header() -> str:
    """The base IRI and the prefixes that examples and cases are written with."""
    lines = ["@base <http://localhost:8000/> ."]
    for row in read("prefixes.ttl").objects(None, SH.declare):
        prefix, namespace = (read("prefixes.ttl").value(row, part) for part in (SH.prefix, SH.namespace))
        lines.append(f"@prefix {prefix}: <{namespace}> .")
    return "\n".join([*lines, ""])


def named(kinds: tuple[Node, ...]) -> set[str]:
    """The terms of some kinds, without their namespace; restrictions and other blank nodes are no terms."""
    found = {term for kind in kinds for term in read("film.ttl").subjects(RDF.type, kind)}
    return {str(term).removeprefix(TERMS) for term in found if isinstance(term, URIRef)}


def test_the_vocabulary_and_the_ontology_have_the_same_terms() -> None:
    """The code knows the terms of the ontology, all of them and no others."""
    assert named((OWL.Class,)) == set(CLASSES)
    assert named(KINDS) == set(PROPERTIES)


def test_the_ontology_follows_its_style() -> None:
    """Every term has a label, a definition, an example and a home, and is named as its kind is."""
    check_ontology()


@pytest.mark.parametrize("term", sorted([*CLASSES, *PROPERTIES]))
def test_an_example_is_turtle_that_uses_its_term(term: str) -> None:
    """Every example parses with the declared prefixes and has the term in it."""
    for example in read("film.ttl").objects(FILM[term], SKOS.example):
        graph = Graph().parse(data=header() + str(example), format="turtle")
        assert FILM[term] in {node for statement in graph for node in statement}


def test_the_shapes_know_every_job() -> None:
    """The jobs that a shape lets pass are those that a credit can have."""
    shapes = read("shapes.ttl")
    jobs = shapes.value(URIRef("https://w3id.org/filmgraph/shapes#credit-job"), SH["in"])
    assert jobs is not None
    assert tuple(str(job) for job in Collection(shapes, jobs)) == facts.JOBS


def test_alignments_start_at_our_terms_and_end_at_known_vocabularies() -> None:
    """No alignment has a misspelt subject or an unknown namespace."""
    spaces = tuple(str(space) for space in read("prefixes.ttl").objects(None, SH.namespace) if str(space) != TERMS)
    relations = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, SKOS.closeMatch}
    header_iri = read("alignments.ttl").value(None, RDF.type, OWL.Ontology)
    rows = [row for row in read("alignments.ttl") if row[0] != header_iri]
    assert {str(ours).removeprefix(TERMS) for ours, _, _ in rows} <= {*CLASSES, *PROPERTIES}
    assert {relation for _, relation, _ in rows} <= relations
    assert [theirs for _, _, theirs in rows if not str(theirs).startswith(spaces)] == []


@pytest.mark.parametrize("vocabulary", [SCHEMA, OA, PROV, SKOS, DCTERMS, "http://dbpedia.org/ontology/"])
def test_every_neighbour_is_aligned(vocabulary: Namespace | str) -> None:
    """Each vocabulary of the field that the design names has at least one term tied to ours."""
    assert any(str(theirs).startswith(str(vocabulary)) for theirs in read("alignments.ttl").objects())


def test_classes_align_with_classes_and_properties_with_properties() -> None:
    """A strong alignment stays within its kind."""
    rows = read("alignments.ttl")
    for relation, ours in (
        (RDFS.subClassOf, CLASSES),
        (OWL.equivalentClass, CLASSES),
        (RDFS.subPropertyOf, PROPERTIES),
    ):
        assert {str(term).removeprefix(TERMS) for term in rows.subjects(relation)} <= set(ours)


def chain(steps: Node) -> str:
    """A property chain as a SPARQL path."""
    path = []
    for step in Collection(read("film.ttl"), steps):
        inverse = read("film.ttl").value(step, OWL.inverseOf) if isinstance(step, BNode) else None
        path.append(f"^<{inverse}>" if inverse else f"<{step}>")
    return "/".join(path)


def with_steps(data: Graph) -> Graph:
    """The data with what the chains build on: superproperties, and the self steps of acting and directing."""
    ontology = read("film.ttl")
    for ours, theirs in ontology.subject_objects(RDFS.subPropertyOf):
        for subject, value in list(data.subject_objects(ours)):
            data.add((subject, theirs, value))
    for restriction in ontology.subjects(OWL.hasSelf, Literal(lexical_or_value=True)):
        step = ontology.value(restriction, OWL.onProperty)
        for kind in ontology.subjects(RDFS.subClassOf, restriction):
            for member in list(members(data, kind)):
                data.add((member, step, member))  # type: ignore[arg-type]  # a property, by the file
    return data


def members(data: Graph, kind: Node) -> set[Node]:
    """The members of a class, or of the class of everything with a certain value."""
    if isinstance(kind, URIRef):
        return set(data.subjects(RDF.type, kind))
    ontology = read("film.ttl")
    return set(data.subjects(ontology.value(kind, OWL.onProperty), ontology.value(kind, OWL.hasValue)))


@pytest.mark.parametrize(
    ("shortcut", "rule"),
    [
        ("played", "infer/played"),
        ("actedIn", "infer/acted-in"),
        ("actor", "infer/acted-in"),
        ("director", "infer/directed"),
        ("workedWith", "infer/worked-with"),
    ],
)
def test_a_chain_says_what_is_published(shortcut: str, rule: str) -> None:
    """The pairs that follow from the ontology's chain are those that the rule materialises."""
    data = Graph()
    for name in ("base.ttl", "data/actor-without-role.ttl"):
        data.parse(data=header() + (CASES / name).read_text(encoding="utf-8"), format="turtle")
    published = data.query(query.fill(rule)).graph
    assert published is not None
    steps = read("film.ttl").value(FILM[shortcut], OWL.propertyChainAxiom)
    assert steps is not None
    pairs = {(row[0], row[1]) for row in with_steps(data).query(f"SELECT ?a ?b {{ ?a {chain(steps)} ?b }}")}  # type: ignore[index]
    follows = {(a, b) for a, b in pairs if shortcut != "workedWith" or a != b}
    assert follows == set(published.subject_objects(FILM[shortcut]))
    assert follows
