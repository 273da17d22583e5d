"""Characters: the list, and the page of each."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill import tables
from webapp.fill.characters import character_page, whole_character
from webapp.listing import listed

blueprint = Blueprint("characters", __name__)
LONGEST = 600
"""Characters of the path behind which a part of the faces begins."""


@blueprint.get("/characters", defaults={"suffix": ""})
@blueprint.get("/characters<suffix>")
def listing(suffix: str) -> Response:
    """Characters by name."""
    return listed(f"characters{suffix}", "characters")


@blueprint.get("/character/<path:key>")
def character(key: str) -> Response:
    """One character of one film, and its namesakes elsewhere, some at a time."""
    after = request.args.get("after", "")[:LONGEST]
    return respond.resource(
        f"character/{key}",
        "characters/character.html",
        lambda view, iri: character_page(view, iri, after),
        lambda page: {"section": "Characters", "schema": structured.character(page)},
        named=True,
        roles=tables.of_character,
        whole=lambda view, iri: whole_character(view, iri, after),
    )
