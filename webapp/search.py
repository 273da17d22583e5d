"""Search: the page of results, and the suggestions under the box."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as Plain

from graph.sidecar import KINDS
from webapp import links, respond
from webapp.errors import OutOfRangeError
from webapp.fill.search import search_page, suggestions
from webapp.pages import SearchPage, Suggestion, Suggestions
from webapp.site import View, view

blueprint = Blueprint("search", __name__)
LONGEST = 200
"""Characters of a search text that are looked at; a longer one is cut before anything repeats it."""
FARTHEST = 3_000
"""Lines of results that can be leafed through."""
PLURALS = {"film": "Films", "person": "People", "character": "Characters", "genre": "Genres", "review": "Reviews"}


@blueprint.get("/search", defaults={"suffix": ""})
@blueprint.get("/search<any('.json'):suffix>")
def search(suffix: str) -> Plain:
    """What is called as asked, or nearly so."""
    asked = _shown(request.args.get("q", ""))
    if len(asked) > LONGEST:
        return redirect(
            links.local(f"search{suffix}") + links.terms(**{**request.args.to_dict(), "q": asked[:LONGEST]})
        )
    text = asked.strip()
    kind = _kind()
    start = min(max(request.args.get("from", 0, type=int), 0), FARTHEST)

    def fill(view: View) -> SearchPage:
        page = search_page(view, text, kind, start)
        if start and not page.found:
            raise OutOfRangeError(f"{links.base()}search{links.terms(q=text, kind=kind or '')}")
        return page

    def extra(_: SearchPage) -> dict[str, Any]:
        return {"kinds": [(None, "All"), *((kind, PLURALS[kind]) for kind in KINDS)]}

    return respond.page(f"search{suffix}", "search/search.html", fill, extra)


def _shown(text: str) -> str:
    r"""A text without control characters, which cannot be shown and are in no name.

    >>> _shown("Dr\0 No")
    'Dr No'
    """
    return "".join(letter for letter in text if letter in "\t\r\n" or unicodedata.category(letter) != "Cc")


@blueprint.get("/suggest")
def suggest() -> Response:
    """What may be meant by the letters typed so far; ``form=opensearch`` as browsers' search boxes want it.

    ``kind=person`` asks for people alone, and so on.
    """
    text = _shown(request.args.get("q", ""))[:LONGEST]
    found = suggestions(view(), text, _kind())
    if request.args.get("form") == "opensearch":
        answer = jsonify(
            [text, [it.label for it in found], [it.detail or it.kind for it in found], [it.iri for it in found]]
        )
        answer.mimetype = "application/x-suggestions+json"
    else:
        hits = (Suggestion(it.label, it.kind, it.detail, links.href(it.iri), it.iri) for it in found)
        answer = jsonify(Suggestions(tuple(hits)))
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


def _kind() -> str | None:
    """The kind of thing asked for, None for all."""
    kind = request.args.get("kind")
    return kind if kind in KINDS else None
