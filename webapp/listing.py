"""What all lists have in common: how they are narrowed, where they begin, their order, their letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from graph.sidecar import FACETS, MORE
from webapp import links, respond, structured
from webapp.errors import OutOfRangeError
from webapp.fill import lists
from webapp.fill.lists import KINDS, Wish
from webapp.pages import ListPage
from webapp.site import View

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 400
"""Characters of a key, or of the value of a facet."""
QUERIES = {"films": "list-films", "people": "list-people", "characters": "list-characters", "reviews": "list-reviews"}
ORDERS = {
    "films": (("name", "By title"), ("year", "Newest first"), ("rating", "Best rated first")),
    "people": (),
    "characters": (("name", "By name"), ("year", "Newest first")),
    "reviews": (("name", "By film"), ("year", "Newest films first")),
}
SECTIONS = {"films": "Films", "people": "People", "characters": "Characters", "reviews": "Reviews"}


@dataclass(frozen=True, slots=True)
class Part:
    """A list of its own address that is a part of another: its title, the facet that makes it, what stands above."""

    title: str
    facet: str
    value: str
    above: tuple[tuple[str, str], ...]
    """Breadcrumbs: words and addresses."""
    beside: tuple[tuple[str, str], ...] = ()
    """Neighbouring parts: words and addresses."""
    within: tuple[tuple[str, str], ...] = ()
    """Smaller parts: words and addresses."""


def listed(path: str, kind: str, part: Part | None = None) -> Response:
    """One page of a list, or of a part of it, as the request's terms narrow it, order it and let it begin."""
    stem = path[: -len(path.rpartition(".")[2]) - 1] if path.endswith((".json", ".csv")) else path
    if part is None and "." in stem:
        abort(404)
    wish = wished(kind, part)

    def fill(view: View) -> ListPage:
        return within(lists.listing(view, kind, wish, title=part.title if part else None), wish)

    def extra(page: ListPage) -> dict[str, Any]:
        return {**addresses(stem, wish, part), **_words(kind, page, wish), "part": part}

    def table(view: View) -> list[tuple[str | int | None, ...]]:
        return [lists.COLUMNS, *lists.table(view, kind, wish)]

    return respond.listing(path, "lists/list.html", fill, table, extra)


def within(page: ListPage, wish: Wish) -> ListPage:
    """The page, if it is one of the list's: a letter may have nothing behind it, a key leads to something."""
    if page.after and not page.entries and page.after.upper() not in LETTERS:
        terms = links.terms(**dict(wish.wanted), order=wish.order)
        raise OutOfRangeError(f"{links.base()}{request.path.lstrip('/')}{terms}")
    return page


def wished(kind: str, part: Part | None = None) -> Wish:
    """What the request asks of a list."""
    order = request.args.get("order", "name")
    orders = dict(ORDERS[kind] or (("name", ""),))
    if order not in orders:
        abort(404, f"There is no order “{order[:LONGEST]}” here; order= may be {' or '.join(orders)}.")
    names = (*FACETS[KINDS[kind]], *MORE.get(KINDS[kind], ()))
    found = {name: request.args[name][:LONGEST] for name in names if request.args.get(name)}
    if order == "year":
        found.pop("year", None)  # it says where to begin
    fixed = {part.facet: part.value} if part else {}
    return Wish(tuple(sorted({**found, **fixed}.items())), order, start(order))


def addresses(stem: str, wish: Wish, part: Part | None) -> dict[str, Any]:
    """For the template: the address of the list elsewhere (``here``), and narrowed otherwise (``narrow``)."""
    own = {facet: value for facet, value in wish.wanted if part is None or facet != part.facet}

    def here(**terms: str) -> str:
        return links.local(stem) + links.terms(**{**own, "order": wish.order, **terms})

    def narrow(**terms: str) -> str:
        return here(**terms) + "#entries"

    return {"here": here, "narrow": narrow, "whole": links.local(stem)}


def _words(kind: str, page: ListPage, wish: Wish) -> dict[str, Any]:
    name = QUERIES[kind] + ("-by-year" if wish.order == "year" else "")
    plain = not wish.wanted and (wish.order == "name" or (kind, wish.order) == ("films", "year"))
    return {
        "section": SECTIONS[kind],
        "orders": ORDERS[kind],
        "letters": LETTERS if wish.order == "name" else "",
        "asked": links.ask(name, after=wish.after) if plain else None,
        "schema": structured.listing(page),
    }


def start(order: str = "name") -> str:
    """The key after which the page begins; in a list that runs backwards a year stands for its beginning."""
    year = request.args.get("year", "")
    if order == "year" and year.isdecimal() and len(year) == 4:
        return f"{9999 - int(year)}"
    return request.args.get("after", "")[:LONGEST]
