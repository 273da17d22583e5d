"""The ontology as documentation and as RDF."""

from __future__ import annotations

from flask import Blueprint
from rdflib import Graph
from werkzeug.wrappers import Response

from graph.ontology import FOLDER
from webapp import respond
from webapp.fill.ontology import ontology_page
from webapp.site import site

blueprint = Blueprint("ontology", __name__)
FILES = ("film.ttl", "alignments.ttl")


@blueprint.get("/ontology", defaults={"suffix": ""})
@blueprint.get("/ontology<suffix>")
def ontology(suffix: str) -> Response:
    """Every term with its definition, examples and matches."""
    return respond.document(
        f"ontology{suffix}",
        "ontology/ontology.html",
        lambda _: ontology_page(load(), site().prefixes),
        lambda _: load(),
    )


def load() -> Graph:
    """The ontology with its alignments. Answers are cached, so this is read once for a release."""
    graph = Graph(bind_namespaces="none")
    for name in FILES:
        graph.parse(FOLDER / name)
    return graph
