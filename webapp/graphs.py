"""Graphs: what surrounds a film or a person, as a picture and as a table."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from rdflib import URIRef
from werkzeug.wrappers import Response

from graph import query
from webapp import links, respond
from webapp.fill.graph import graph_page
from webapp.pages import GraphPage
from webapp.site import View, resource, site, view

blueprint = Blueprint("graphs", __name__)
LONGEST = 400
"""Characters of an IRI or path that are looked at."""


@blueprint.get("/graph", defaults={"suffix": ""})
@blueprint.get("/graph<any('.json'):suffix>")
def graph(suffix: str) -> Response:
    """The people and films around ``of``, which is an IRI of the graph or its path, such as ``film/m-1931``."""
    asked = request.args.get("of", "").strip()[:LONGEST]
    of = _meant(asked) if asked else None
    now = _now(view(), of) if of else None
    if now and (site().iris.path(now) or now) != asked.lstrip("/"):
        return redirect(links.around(now, suffix), 301)

    def fill(view: View) -> GraphPage | None:
        return None if asked and of is None else graph_page(view, of)

    return respond.page(f"graph{suffix}", "graph/graph.html", fill)


def _meant(text: str) -> URIRef | None:
    iri = URIRef(text) if text.startswith(("http://", "https://")) else resource(text.lstrip("/"))
    return iri if links.valid(iri) else None


def _now(view: View, of: URIRef) -> str:
    """The IRI itself, or the one that took its place."""
    found = view.source.select(query.fill("known/moved", thing=of)).rows
    return str(found[0][0]) if len(found) == 1 else str(of)
