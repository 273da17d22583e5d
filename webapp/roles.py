"""Roles, credits, ratings, evidence, and every other resource that has no page made for it."""

from __future__ import annotations

from flask import Blueprint, abort
from rdflib import URIRef
from werkzeug.wrappers import Response

from webapp import links, moved, respond
from webapp.fill.things import fact_page, place_of, thing_page
from webapp.pages import ThingPage
from webapp.site import View, resource, view

blueprint = Blueprint("roles", __name__)


@blueprint.get("/role/<path:key>", defaults={"kind": "role"})
@blueprint.get("/credit/<path:key>", defaults={"kind": "credit"})
def fact(kind: str, key: str) -> Response:
    """One role or credit, and who says so."""
    return respond.resource(f"{kind}/{key}", "roles/fact.html", fact_page, lambda _: {"section": "Films"}, named=True)


@blueprint.get("/evidence/<path:key>")
def evidence(key: str) -> Response:
    """A passage: in HTML the place in the review where it stands, else its statements."""
    path = f"evidence/{key}"
    if not respond.wants_html(path):
        return respond.resource(path, "roles/thing.html", lambda view, iri: thing_page(view, iri, "evidence"))
    moved.follow(view(), resource(path))
    place = place_of(view(), resource(path))
    if place is None:
        abort(404)
    return respond.see_other(f"{links.href(place.review)}#p{place.start}-{place.end}")


@blueprint.get("/<any(doubt, extraction, graph, match, merge, rating, withdrawal):kind>/<path:key>")
def thing(kind: str, key: str) -> Response:
    """An extraction, a named graph, a rating, a withdrawal or a decision of resolution, statement by statement."""

    def fill(view: View, iri: URIRef) -> ThingPage | None:
        return thing_page(view, iri, kind)

    return respond.resource(f"{kind}/{key}", "roles/thing.html", fill)
