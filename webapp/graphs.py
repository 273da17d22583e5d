"""Graphs: what surrounds a film or a person, as a picture and as a table; names are looked up."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from rdflib import URIRef
from werkzeug.wrappers import Response

from graph import query
from webapp import links, respond
from webapp.errors import MissingError
from webapp.fill.graph import graph_page, meant
from webapp.pages import GraphPage
from webapp.site import View, resource, site, view

blueprint = Blueprint("graphs", __name__)
LONGEST = 400
"""Characters of an IRI or path that are looked at."""


@blueprint.get("/graph", defaults={"suffix": ""})
@blueprint.get("/graph<any('.json'):suffix>")
def graph(suffix: str) -> Response:
    """The people and films around ``of``: an IRI of the graph, its path, such as ``film/m-1931``, or a name."""
    asked = request.args.get("of", "").strip()[:LONGEST]
    if asked and "/" not in asked:
        return _named(asked, suffix)
    of = _there(asked) if asked else None
    now = _now(view(), of) if of else None
    if now and (site().iris.path(now) or now) != asked.lstrip("/"):
        return redirect(links.around(now, suffix), 301)

    def fill(view: View) -> GraphPage:
        page = graph_page(view, of)
        if page is None:
            raise MissingError(asked)
        return page

    return respond.page(f"graph{suffix}", "graph/graph.html", fill)


def _named(name: str, suffix: str) -> Response:
    """On to the one film or person of a name, else a page that offers those who may be meant."""
    offers, several = meant(view(), name)
    if several and len(offers) == 1:
        return redirect(links.around(offers[0].iri, suffix))

    def fill(view: View) -> GraphPage:
        found, called = meant(view, name)
        return GraphPage(None, None, asked=name, offers=found, several=called)

    return respond.page(f"graph{suffix}", "graph/graph.html", fill)


def _there(text: str) -> URIRef:
    """What an address stands for; raises ``MissingError`` where nothing can."""
    iri = URIRef(text) if text.startswith(("http://", "https://")) else resource(text.lstrip("/"))
    if not links.valid(iri):
        raise MissingError(text)
    return iri


def _now(view: View, of: URIRef) -> str:
    """The IRI itself, or the one that took its place."""
    found = view.source.select(query.fill("known/moved", thing=of)).rows
    return str(found[0][0]) if len(found) == 1 else str(of)
