"""What all lists have in common: where they begin, their order, their letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from webapp import links, respond, structured
from webapp.pages import ListPage
from webapp.site import View

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 400
"""Characters of a key."""
QUERIES = {"films": "list-films", "people": "list-people", "characters": "list-characters", "reviews": "list-reviews"}
Orders = tuple[tuple[str, str], ...]


def listed(
    path: str, endpoint: str, fill: Callable[[View, str, str], ListPage], *, section: str, orders: Orders = ()
) -> Response:
    """One page of a list, beginning after the key ``after``, in the order ``order``."""
    if path.partition(".")[0] != path and not path.endswith(".json"):
        abort(404)
    after, order = start(), request.args.get("order", "name")
    if order not in dict(orders or (("name", ""),)):
        abort(404)

    def extra(page: ListPage) -> dict[str, Any]:
        name = QUERIES[page.kind] + ("-by-year" if order == "year" else "")
        return {
            "section": section,
            "orders": orders,
            "letters": LETTERS if order == "name" else "",
            "here": lambda **terms: here(endpoint, **terms),
            "asked": links.ask(name, after=after or ("~" if order == "year" else "")),
            "schema": structured.listing(page),
        }

    return respond.page(path, "lists/list.html", lambda view: fill(view, after, order), extra)


def here(endpoint: str, **terms: str) -> str:
    """The address of a list, beginning elsewhere."""
    return url_for(endpoint) + links.terms(**terms)


def start() -> str:
    """The key after which the page begins; a year stands for the end of that year in a list that runs backwards."""
    year = request.args.get("year", "")
    after = request.args.get("after", "")[:LONGEST]
    return f"{year}~" if year.isdigit() else after
