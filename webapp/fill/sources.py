"""Fill the pages of sources: what a dataset says of itself, what it gave, and its films by title."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from graph.errors import LimitError
from graph.sidecar import Listed, Lists
from graph.vocabulary import FILM
from webapp.fill import lists as listing
from webapp.fill.facets import OFFERED
from webapp.fill.rows import unique
from webapp.fill.walks import FilmRow
from webapp.pages import Entry, Figure, Option, Source, SourcePage, SourcesPage
from webapp.site import View, site

log = logging.getLogger(__name__)
PAGE = 60
SMALL = 2_000
"""A source of more films is read along the index of all films, so that a page costs the same at any size."""
STRIDE, STRIDES = 500, 8
"""Films of the index that are looked at together, and how often for one page."""
RESULTS = "application/sparql-results+json"
CLASSES = (
    (FILM.Film, "film", "films"),
    (FILM.Person, "person", "people"),
    (FILM.Character, "character", "characters"),
    (FILM.Role, "role", "roles"),
    (FILM.Credit, "other credit", "other credits"),
    (FILM.Rating, "rating", "ratings"),
    (FILM.Review, "review", "reviews"),
)
"""The classes that are counted, in words for one and for several."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of ``source``: a dataset with one of its files."""

    label: str
    graph: str
    licence: str | None
    version: str | None
    published: str | None
    sha256: str | None
    file: str | None


def source_page(view: View, source: URIRef, after: str = "") -> SourcePage | None:
    """The page of a dataset, None if there is no such."""
    rows = query.rows(view.source, "source", SourceRow, source=source)
    if not rows:
        return None
    row, counts = rows[0], _counts(view, rows[0].graph)
    films, following = _films(view, URIRef(row.graph), after, counts.get(str(FILM.Film), 0))
    return SourcePage(
        iri=source,
        label=row.label,
        licence=row.licence,
        version=row.version,
        published=row.published,
        sha256=row.sha256,
        graph=row.graph,
        files=tuple(dict.fromkeys(each.file for each in rows if each.file)),
        counts=tuple(
            Figure(counts[iri], one if counts[iri] == 1 else many, None)
            for iri, one, many in ((str(iri), one, many) for iri, one, many in CLASSES)
            if counts.get(iri)
        ),
        films=films,
        after=after,
        following=following,
    )


def sources_page(view: View) -> SourcesPage:
    """All sources."""
    datasets = unique(query.rows(view.source, "list-sources", Source), lambda source: source.iri)
    lists = view.lists
    reviews = lists.count("review", {}) if lists else None
    outlets = lists.choices("review", {})["outlet"][:OFFERED] if lists else []
    return SourcesPage(tuple(datasets), reviews, tuple(Option(each.value, each.label, each.things) for each in outlets))


def _counts(view: View, graph: str) -> dict[str, int]:
    """How many things of each class a graph gives; counted once a snapshot, in the sandbox: it reads all of them."""
    key, cache = (f"source-counts {graph}", view.version), site().cache
    kept = cache.get(key)
    if kept is None:
        text = query.fill("source-counts", graph=URIRef(graph))
        try:
            body, _ = site().run(view, text, RESULTS, site().limits.max_timeout)
        except LimitError as error:
            log.warning("the page of a source goes without counts: %s", error)
            return {}
        kept = (body, RESULTS)
        cache.put(key, kept)
    rows = json.loads(kept[0])["results"]["bindings"]
    return {row["class"]["value"]: int(row["count"]["value"]) for row in rows if "class" in row}


def _films(view: View, graph: URIRef, after: str, count: int) -> tuple[tuple[Entry, ...], str | None]:
    """The films of a graph that follow a key, and the key after which the next page begins."""
    lists = view.sidecar.lists if view.sidecar else None
    if lists and count > SMALL:
        rows, following = _along(view, lists, graph, after)
    else:
        asked = query.rows(view.source, "source-films", FilmRow, limit=PAGE + 1, graph=graph, after=Literal(after))
        rows = [Listed(row.iri, row.label, "", row.year, row.sort) for row in asked]
        following = rows[PAGE - 1].key if len(rows) > PAGE else None
    return listing.entries(view, "films", rows[:PAGE]), following


def _along(view: View, lists: Lists, graph: URIRef, after: str) -> tuple[list[Listed], str | None]:
    """The same, along the index of all films; a page may hold few films where a stretch has few of this source."""
    found: list[Listed] = []
    for _ in range(STRIDES):
        _, rows = lists.page("film", {}, after=after, limit=STRIDE)
        films = [URIRef(row.iri) for row in rows]
        held = {str(row[0]) for row in view.source.select(query.fill("source-holds", graph=graph, iri=films)).rows}
        found += [row for row in rows if row.iri in held]
        if len(found) > PAGE:
            return found[:PAGE], found[PAGE - 1].key
        if len(rows) < STRIDE:
            return found, None
        after = rows[-1].key
    return found, after
