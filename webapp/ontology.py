"""The ontology as documentation and as RDF: all of it, each term, and the shapes of the data."""

from __future__ import annotations

from flask import Blueprint
from rdflib import Graph, URIRef
from werkzeug.wrappers import Response

from graph.ontology import FOLDER
from webapp import forms, rdf, respond
from webapp.fill.ontology import SPACE, ontology_page
from webapp.fill.term import shapes_page, term_page
from webapp.site import site

blueprint = Blueprint("ontology", __name__)
SUFFIX = f"any({', '.join(repr(f'.{form.suffix}') for form in forms.RESOURCE_FORMS[1:])}):suffix"
FILES = ("film.ttl", "alignments.ttl")
SHAPES = ("shapes.ttl",)


@blueprint.get("/ontology", defaults={"suffix": ""})
@blueprint.get(f"/ontology<{SUFFIX}>")
def ontology(suffix: str) -> Response:
    """Every term with its definition, examples and matches."""
    return respond.document(
        f"ontology{suffix}",
        "ontology/ontology.html",
        lambda _: ontology_page(load(), site().prefixes),
        lambda _: load(),
    )


@blueprint.get("/ontology/shapes", defaults={"suffix": ""})
@blueprint.get(f"/ontology/shapes<{SUFFIX}>")
def shapes(suffix: str) -> Response:
    """The shapes that data is checked against before it is published, rule by rule."""
    return respond.document(
        f"ontology/shapes{suffix}",
        "ontology/shapes.html",
        lambda _: shapes_page(load(SHAPES), site().prefixes),
        lambda _: load(SHAPES),
    )


@blueprint.get("/ontology/<name>")
def term(name: str) -> Response:
    """One class or property: its definition, the rules that check it, and how the graph uses it."""
    stem, _ = forms.split(name, forms.RESOURCE_FORMS)
    return respond.document(
        f"ontology/{name}",
        "ontology/term.html",
        lambda view: term_page(site(), view, load(), load(SHAPES), stem),
        lambda _: _about(stem),
    )


def load(files: tuple[str, ...] = FILES) -> Graph:
    """The ontology with its alignments, or other files of it. Answers are cached: they are read once for a release."""
    graph = Graph(bind_namespaces="none")
    for name in files:
        graph.parse(FOLDER / name)
    return graph


def _about(name: str) -> Graph | None:
    """What the ontology says of one term, None where it has none of this name."""
    found = load().cbd(URIRef(SPACE + name))
    return rdf.bound(found, site()) if len(found) else None
