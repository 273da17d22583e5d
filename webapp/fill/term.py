"""Fill the page of one term of the ontology, and that of the shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph import query
from graph.errors import LimitError
from graph.store import Form
from webapp import links
from webapp.fill.asking import RESULTS, answer
from webapp.fill.ontology import SPACE, refs, term
from webapp.pages import Ref, ResultTable, Shape, ShapesPage, TermPage
from webapp.site import Site, View

SDO = Namespace("http://schema.org/")
ROWS = 5
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


def term_page(site: Site, view: View, ontology: Graph, shapes: Graph, name: str) -> TermPage | None:
    """The page of a term by its name, None where the ontology has none of this name."""
    iri = URIRef(SPACE + name)
    if (iri, RDFS.isDefinedBy, None) not in ontology:
        return None
    said = term(ontology, iri, site.prefixes)
    asked = "class-things" if said.kind == "class" else "property-values"
    text = query.fill(asked, term=iri)

    def found(predicate: URIRef) -> tuple[Ref, ...]:
        return refs(ontology.subjects(predicate, iri), site.prefixes)

    return TermPage(
        iri=iri,
        term=said,
        notes=tuple(sorted(str(note) for note in ontology.objects(iri, SKOS.scopeNote))),
        narrower=(*found(RDFS.subClassOf), *found(RDFS.subPropertyOf)),
        properties=found(SDO.domainIncludes),
        leading=found(SDO.rangeIncludes),
        rules=tuple(_rules_on(shapes, iri)),
        uses=_uses(site, view, iri),
        result=_result(site, view, text),
        query=text.split("\n", 1)[-1].strip(),
        asked=links.ask(asked, term=iri),
    )


def _uses(site: Site, view: View, iri: URIRef) -> int | None:
    """How often the graph uses the term, counted in the sandbox; None where that takes too long."""
    try:
        body, _ = site.run(view, query.fill("term-uses", term=iri), RESULTS)
    except LimitError:
        return None
    (row,) = json.loads(body)["results"]["bindings"]
    return int(row["uses"]["value"])


def _result(site: Site, view: View, text: str) -> ResultTable | None:
    """A few uses; without the time that it took, so that the page is the same each time."""
    try:
        found = answer(site, view, text, Form.SELECT, ROWS)
    except LimitError:
        return None
    return replace(found, milliseconds=0) if found.rows else None


def shapes_page(shapes: Graph, prefixes: Mapping[str, str]) -> ShapesPage:
    """All shapes with what they speak of and their rules."""
    header = next(iter(shapes.subjects(RDF.type, OWL.Ontology)))
    return ShapesPage(
        iri=str(header),
        title=str(shapes.value(header, DCTERMS.title)),
        description=str(shapes.value(header, DCTERMS.description)),
        shapes=tuple(_shape(shapes, node, prefixes) for node in _shapes(shapes)),
    )


def _shapes(shapes: Graph) -> list[URIRef]:
    return sorted(node for node in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(node, URIRef))


def _shape(shapes: Graph, node: URIRef, prefixes: Mapping[str, str]) -> Shape:
    targets = [target for predicate in TARGETS for target in shapes.objects(node, predicate)]
    return Shape(node, node.rsplit("#", 1)[-1], refs(targets, prefixes), tuple(_rules(shapes, node)))


def _rules(shapes: Graph, node: Node) -> list[str]:
    """The rules of a shape in words: its own, and those of its properties."""
    inner = [node, *shapes.objects(node, SH.property), *shapes.objects(node, SH.sparql)]
    return sorted({str(message) for each in inner for message in shapes.objects(each, SH.message)})


def _rules_on(shapes: Graph, iri: URIRef) -> list[str]:
    """The rules that check a term: of the shapes that speak of a class, or whose path has the property."""
    found = {rule for node in _shapes(shapes) if _speaks(shapes, node, iri) for rule in _rules(shapes, node)}
    paths = (node for node, path in shapes.subject_objects(SH.path) if iri in _steps(shapes, path))
    return sorted(found | {str(message) for node in paths for message in shapes.objects(node, SH.message)})


def _speaks(shapes: Graph, node: URIRef, iri: URIRef) -> bool:
    return any((node, predicate, iri) in shapes for predicate in TARGETS)


def _steps(shapes: Graph, path: Node) -> Iterator[Node]:
    """The properties in a path: itself, those of a sequence or of alternatives, and inverse ones."""
    yield path
    inner: Iterable[Node] = shapes.objects(path, SH.inversePath)
    for listed in (path, *shapes.objects(path, SH.alternativePath)):
        if (listed, RDF.first, None) in shapes:
            inner = [*inner, *Collection(shapes, listed)]
    for each in inner:
        yield from _steps(shapes, each)
