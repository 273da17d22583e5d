"""Fill the facets of a list: what it can be narrowed to, in words and as the values that stand in addresses."""

from __future__ import annotations

from collections.abc import Mapping

from graph.sidecar import FACETS, Choice
from webapp.markup import job
from webapp.pages import Facet, Option
from webapp.site import AnyLists, View

FOLDERS = {"genre": "genre/", "director": "person/", "actor": "person/"}
"""Where the IRIs of a facet's values lie; in an address they are written without it."""
LABELS = {
    "decade": "Decade",
    "year": "Year",
    "genre": "Genre",
    "rating": "Rating",
    "director": "Director",
    "actor": "Actor",
    "reviews": "Reviews",
    "evidence": "Proof",
    "directed": "Director known",
    "job": "Job",
    "outlet": "Outlet",
    "reviewer": "Reviewer",
}
ANSWERS = {
    ("film", "reviews"): ("Reviewed", "Not reviewed"),
    ("film", "directed"): ("Director known", "No director known"),
    ("film", "evidence"): ("A role is proved by a sentence", "No role is proved by a sentence"),
    ("person", "evidence"): ("A role is proved by a sentence", "No role is proved by a sentence"),
    ("character", "evidence"): ("Proved by a sentence", "No sentence proves it"),
    ("review", "evidence"): ("Proves a role", "Proves no role"),
}
"""How yes and no are called."""
OFFERED = 12
"""Values of a facet that are shown."""


def iri_of(view: View, facet: str, value: str) -> str:
    """The value of a facet as the index keeps it, given as it stands in an address."""
    folder = FOLDERS.get(facet)
    return value if folder is None or value.startswith("http") else f"{view.iris.base}{folder}{value}"


def short(view: View, facet: str, value: str) -> str:
    """The value of a facet as it stands in an address."""
    folder = FOLDERS.get(facet)
    return value.removeprefix(f"{view.iris.base}{folder}") if folder else value


def facets(view: View, lists: AnyLists, kind: str, wanted: Mapping[str, str], total: int) -> tuple[Facet, ...]:
    """The facets of a list of so many things, narrowed to some values; those that would change nothing are left out."""
    choices = lists.choices(kind, wanted)
    shown = [_facet(view, lists, kind, facet, choices[facet], wanted.get(facet)) for facet in FACETS[kind]]
    hidden = [
        Facet(facet, LABELS[facet], (), _option(view, lists, kind, facet, Choice(value, "", total)))
        for facet, value in wanted.items()
        if facet not in FACETS[kind]
    ]
    return tuple(facet for facet in (*hidden, *shown) if facet.options or facet.chosen)


def _facet(view: View, lists: AnyLists, kind: str, name: str, choices: list[Choice], chosen: str | None) -> Facet:
    most = len(choices) if name == "decade" else OFFERED
    options = tuple(_option(view, lists, kind, name, choice) for choice in choices[:most])
    known = {choice.value: choice for choice in choices}
    picked = _option(view, lists, kind, name, known.get(chosen, Choice(chosen, "", 0))) if chosen is not None else None
    return Facet(name, LABELS[name], options, picked, len(choices) > most)


def _option(view: View, lists: AnyLists, kind: str, facet: str, choice: Choice) -> Option:
    return Option(short(view, facet, choice.value), _words(lists, kind, facet, choice), choice.things)


def _words(lists: AnyLists, kind: str, facet: str, choice: Choice) -> str:
    if facet == "decade":
        return f"{choice.value}s"
    if facet == "rating":
        return f"{choice.value} of 10 or more"
    if facet == "job":
        return "Actor" if choice.value == "actor" else job(choice.value, 1)
    if (kind, facet) in ANSWERS and choice.value in ("yes", "no"):
        return ANSWERS[kind, facet][choice.value == "no"]
    return choice.label or lists.label(facet, choice.value)
