"""People: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill import tables
from webapp.fill.people import person_page
from webapp.listing import listed
from webapp.pages import PersonPage, Year

blueprint = Blueprint("people", __name__)
FIRST = 120
"""Roles shown before the button that asks for all."""


@blueprint.get("/people", defaults={"suffix": ""})
@blueprint.get("/people<suffix>")
def listing(suffix: str) -> Response:
    """People by name."""
    return listed(f"people{suffix}", "people")


@blueprint.get("/person/<path:key>")
def person(key: str) -> Response:
    """One person."""
    return respond.resource(
        f"person/{key}", "people/person.html", person_page, _extra, named=True, roles=tables.of_person
    )


def _extra(page: PersonPage) -> dict[str, Any]:
    total = sum(len(year.parts) for year in page.roles)
    shown = page.roles if request.args.get("roles") == "all" else _first(page.roles)
    hidden = total - sum(len(year.parts) for year in shown)
    return {"section": "People", "shown": shown, "hidden_roles": hidden, "schema": structured.person(page)}


def _first(years: tuple[Year, ...]) -> tuple[Year, ...]:
    """Whole years, until they hold enough roles."""
    shown: list[Year] = []
    for year in years:
        if sum(len(each.parts) for each in shown) >= FIRST:
            break
        shown.append(year)
    return tuple(shown)
