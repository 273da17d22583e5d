"""The ontology's files: complete, in step with the code, and saying what the published shortcuts say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import owlrl  # type: ignore[import-untyped]  # it has no types
import pyshacl
import pytest
from owlrl.Namespaces import ERRNS  # type: ignore[import-untyped]  # the same
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph import facts, query
from graph.ontology import FOLDER
from graph.validate import check_ontology
from graph.vocabulary import CLASSES, FILM, PROPERTIES, SCHEMA

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


@pytest.mark.parametrize(
    "vocabulary", [SCHEMA, "http://www.w3.org/ns/oa#", PROV, SKOS, DCTERMS, "http://dbpedia.org/ontology/"]
)
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


@cache
def reasoned(*more: tuple[Node, Node, Node]) -> Graph:
    """The sample, and some statements more, with all that a reasoner concludes from ontology and alignments."""
    graph = sample() + read("film.ttl") + read("alignments.ttl")
    for statement in more:
        graph.add(statement)
    for restriction in graph.subjects(OWL.hasSelf):  # OWL 2 RL, all that this reasoner knows, has no hasSelf
        step = graph.value(restriction, OWL.onProperty)
        for kind in graph.subjects(RDFS.subClassOf, restriction):
            for member in members(kind):
                graph.add((member, step, member))  # type: ignore[arg-type]  # owl:onProperty leads to a property
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


@cache
def sample() -> Graph:
    """The data that the cases of the shapes start from, and an actor without a role."""
    graph = Graph()
    for name in ("base.ttl", "data/actor-without-role.ttl"):
        graph.parse(data=header() + (CASES / name).read_text(encoding="utf-8"), format="turtle")
    return graph


def members(kind: Node) -> set[Node]:
    """The sample's members of a class, or of the class of everything that has a certain value."""
    ontology = read("film.ttl")
    if isinstance(kind, URIRef):
        return set(sample().subjects(RDF.type, kind))
    return set(sample().subjects(ontology.value(kind, OWL.onProperty), ontology.value(kind, OWL.hasValue)))


@pytest.mark.parametrize(
    ("rule", "shortcuts"),
    [
        ("infer/played", ("played",)),
        ("infer/acted-in", ("actedIn", "actor")),
        ("infer/directed", ("director",)),
        ("infer/worked-with", ("workedWith",)),
    ],
)
def test_what_is_published_is_what_follows(rule: str, shortcuts: tuple[str, ...]) -> None:
    """The shortcuts that a query materialises are those that a reasoner draws from the ontology's chains."""
    published = sample().query(query.fill(rule)).graph
    assert published is not None
    for shortcut in shortcuts:
        follows = {pair for pair in reasoned().subject_objects(FILM[shortcut]) if pair[0] != pair[1]}
        assert follows == set(published.subject_objects(FILM[shortcut])) != set()


def test_a_reasoner_finds_no_contradiction() -> None:
    """Sample data, ontology and alignments can be true together; a film that is a person as well cannot."""
    film = next(sample().subjects(RDF.type, FILM.Film))
    assert list(reasoned().objects(None, ERRNS.error)) == []
    assert list(reasoned((film, RDF.type, FILM.Person)).objects(None, ERRNS.error))


def test_no_type_follows_that_was_not_meant() -> None:
    """From the ontology nothing becomes what it is not: only superclasses, actors and directors are added."""
    supers: dict[Node, set[URIRef]] = {
        FILM.Role: {FILM.Credit},
        FILM.Review: {FILM.Source},
        FILM.Dataset: {FILM.Source},
    }
    for resource in set(sample().subjects()):
        given = set(sample().objects(resource, RDF.type))
        meant = given.union(*(supers.get(kind, set()) for kind in given))
        if resource in set(reasoned().subjects(FILM.actedIn)):
            meant.add(FILM.Actor)
        if resource in set(reasoned().objects(None, FILM.director)):
            meant.add(FILM.Director)
        ours = {kind for kind in reasoned().objects(resource, RDF.type) if str(kind).startswith(TERMS)}
        assert ours == {kind for kind in meant if str(kind).startswith(TERMS)}, resource


@pytest.mark.parametrize("name", ["shapes.ttl", "style.shapes.ttl"])
def test_the_shapes_are_well_formed(name: str) -> None:
    """Both files of shapes conform to SHACL's own shapes for shapes."""
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=read(name), meta_shacl=True)
    assert conforms, report
