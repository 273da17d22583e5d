"""Genres: the list, and the films of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from rdflib import URIRef
from werkzeug.wrappers import Response

from webapp import links, respond, structured
from webapp.fill import lists
from webapp.fill.lists import Wish
from webapp.links import local
from webapp.listing import LETTERS, start, within
from webapp.pages import ListPage
from webapp.site import View

blueprint = Blueprint("genres", __name__)


@blueprint.get("/genres", defaults={"suffix": ""})
@blueprint.get("/genres<suffix>")
def listing(suffix: str) -> Response:
    """All genres."""
    if suffix not in ("", ".json"):
        abort(404)
    return respond.page(
        f"genres{suffix}",
        "lists/list.html",
        lists.genres,
        lambda page: {"section": "Films", "asked": links.ask("list-genres"), "schema": structured.listing(page)},
    )


@blueprint.get("/genre/<path:key>")
def genre(key: str) -> Response:
    """The films of one genre, by title."""
    after = start()

    def fill(view: View, iri: URIRef) -> ListPage | None:
        page = lists.genre_films(view, iri, after)
        return page and within(page, Wish(after=after))

    def extra(page: ListPage) -> dict[str, Any]:
        path = (page.iri or "").removeprefix(links.base())
        return {
            "section": "Films",
            "letters": LETTERS,
            "here": lambda **terms: local(path) + links.terms(**terms),
            "asked": links.ask("genre-films", genre=page.iri or "", after=after),
            "schema": structured.listing(page),
        }

    return respond.resource(f"genre/{key}", "lists/list.html", fill, extra)
