"""Walk a list by SPARQL, for sites over a server, which has no index of lists.

A key is the name in small letters, two blanks, the year and the IRI, as in a snapshot's index (``sort_key``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Literal

from graph import query
from graph.plain import narrowed
from graph.sidecar import Listed
from webapp.site import View

SINGLE = {"films": "film", "people": "person", "characters": "character", "reviews": "review"}


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


def walk(view: View, kind: str, order: str, after: str, limit: int, wanted: Mapping[str, str]) -> list[Listed]:
    """The rows that follow a key, of a list that is narrowed to some values."""
    name = f"list-{kind}" + ("" if order == "name" else f"-by-{order}")
    text = narrowed(query.fill(name, limit=limit, after=Literal(after)), SINGLE[kind], wanted)
    rows = view.source.select(text)
    if kind == "films":
        return [Listed(row.iri, row.label, "", row.year, row.sort) for row in query.typed(rows, FilmRow, name)]
    if kind == "people":
        return [Listed(row.iri, row.label, "", None, row.sort) for row in query.typed(rows, NameRow, name)]
    titled = query.typed(rows, TitledRow, name)
    return [Listed(row.iri, row.label, row.title or "", row.year, row.sort) for row in titled]
