"""Walk a list by SPARQL, for sites over a server, which has no index of lists: by name, without facets or totals.

A key is the name in small letters, two blanks, the year and the IRI, as in a snapshot's index (``sort_key``).
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Literal

from graph import query
from graph.sidecar import Listed
from graph.vocabulary import FILM
from webapp.site import View

ORDERS = {"films": ("name", "year"), "people": ("name",), "characters": ("name",), "reviews": ("name",)}
"""The orders in which a server can give each list."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of the list of people."""

    sort: str
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class FilmRow:
    """One row of the lists of films."""

    sort: str
    iri: str
    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class TitledRow:
    """One row of ``list-characters`` or ``list-reviews``."""

    sort: str
    iri: str
    label: str
    title: str | None
    year: int | None


def by(view: View, facet: str, value: str, after: str, limit: int) -> list[Listed]:
    """The reviews of an outlet or a reviewer that follow a key; none for other facets."""
    if facet not in ("outlet", "reviewer"):
        return []
    rows = query.rows(
        view.source,
        "reviews-by",
        TitledRow,
        limit=limit,
        property=FILM[facet],
        value=Literal(value),
        after=Literal(after),
    )
    return [Listed(row.iri, row.label, row.title or "", row.year, row.sort) for row in rows]


def walk(view: View, kind: str, order: str, after: str, limit: int) -> list[Listed]:
    """The rows of a list that follow a key."""
    name, start = f"list-{kind}" + ("-by-year" if order == "year" else ""), Literal(after)
    if kind == "films":
        films = query.rows(view.source, name, FilmRow, limit=limit, after=start)
        return [Listed(row.iri, row.label, "", row.year, row.sort) for row in films]
    if kind == "people":
        people = query.rows(view.source, name, NameRow, limit=limit, after=start)
        return [Listed(row.iri, row.label, "", None, row.sort) for row in people]
    titled = query.rows(view.source, name, TitledRow, limit=limit, after=start)
    return [Listed(row.iri, row.label, row.title or "", row.year, row.sort) for row in titled]
