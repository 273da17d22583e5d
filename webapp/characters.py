"""Characters: the list, and the page of each."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill import tables
from webapp.fill.characters import character_page
from webapp.listing import listed

blueprint = Blueprint("characters", __name__)


@blueprint.get("/characters", defaults={"suffix": ""})
@blueprint.get("/characters<suffix>")
def listing(suffix: str) -> Response:
    """Characters by name."""
    return listed(f"characters{suffix}", "characters")


@blueprint.get("/character/<path:key>")
def character(key: str) -> Response:
    """One character of one film, and its namesakes elsewhere."""
    return respond.resource(
        f"character/{key}",
        "characters/character.html",
        character_page,
        lambda page: {"section": "Characters", "schema": structured.character(page)},
        named=True,
        roles=tables.of_character,
    )
