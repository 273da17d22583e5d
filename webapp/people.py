"""People: the list, and the page of each."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill import tables
from webapp.fill.people import person_page
from webapp.listing import listed

blueprint = Blueprint("people", __name__)
FIRST = 60
"""Roles, and other credits, shown before the button that asks for all."""


@blueprint.get("/people", defaults={"suffix": ""})
@blueprint.get("/people<suffix>")
def listing(suffix: str) -> Response:
    """People by name."""
    return listed(f"people{suffix}", "people")


@blueprint.get("/person/<path:key>")
def person(key: str) -> Response:
    """One person."""
    most = None if request.args.get("roles") == "all" else FIRST
    return respond.resource(
        f"person/{key}",
        "people/person.html",
        lambda view, iri: person_page(view, iri, most),
        lambda page: {"section": "People", "schema": structured.person(page)},
        named=True,
        roles=tables.of_person,
        whole=person_page,
    )
