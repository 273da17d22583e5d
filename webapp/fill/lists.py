"""Fill the pages that list things, a hundred at a time; the next page begins after the last key of this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from flask import abort
from rdflib import Literal, URIRef

from graph import query
from graph.sidecar import ORDERS, Listed
from graph.sidecar.fold import fold
from webapp.fill import walks
from webapp.fill.facets import facets, iri_of
from webapp.fill.known import known_for
from webapp.fill.rows import unique
from webapp.pages import Entry, ListPage
from webapp.site import View

PAGE = 100
ROWS = 10_000
"""Rows of a table that is fetched at once."""
COLUMNS = ("iri", "label", "year", "note", "key")
KINDS = {"films": "film", "people": "person", "characters": "character", "reviews": "review"}
TITLES = {"films": "Films", "people": "People", "characters": "Characters", "reviews": "Reviews"}
ANSWERED = 400
"""Reviews whose bylines are asked for at a time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a list: the values of facets as they stand in the address, the order, where to begin."""

    wanted: tuple[tuple[str, str], ...] = ()
    order: str = "name"
    after: str = ""


@dataclass(frozen=True, slots=True)
class BylineRow:
    """One row of ``reviews-of``."""

    iri: str
    label: str
    title: str | None
    year: int | None
    reviewer: str | None
    outlet: str | None


@dataclass(frozen=True, slots=True)
class GenreRow:
    """One row of ``list-genres``."""

    iri: str
    label: str
    films: int


def listing(view: View, kind: str, wish: Wish, *, title: str | None = None, iri: str | None = None) -> ListPage:
    """One page of a list as it is wished."""
    total, rows = some(view, kind, wish, PAGE + 1)
    lists, wanted = view.lists, _wanted(view, wish)
    total = lists.count(KINDS[kind], wanted) if total is None and lists else total
    shown = facets(view, lists, KINDS[kind], wanted, total or 0) if lists else ()
    found = _told_apart(view, kind, entries(view, kind, rows[:PAGE]))
    return ListPage(kind, title or TITLES[kind], iri, total, wish.order, wish.after, _following(rows), found, shown)


def some(view: View, kind: str, wish: Wish, limit: int) -> tuple[int | None, list[Listed]]:
    """How many things there are as wished, None where that is not known yet, and the first rows of them."""
    lists, wanted = view.sidecar.lists if view.sidecar else None, _wanted(view, wish)
    if wish.order not in ORDERS[KINDS[kind]]:
        abort(404)
    if lists is not None:
        return lists.page(KINDS[kind], wanted, order=wish.order, after=wish.after, limit=limit)
    return None, walks.walk(view, kind, wish.order, wish.after, limit, wanted)


def entries(view: View, kind: str, rows: Sequence[Listed]) -> tuple[Entry, ...]:
    """The lines of a list."""
    if kind == "reviews":
        return tuple(_bylines(view, [row.iri for row in rows]))
    return tuple(Entry(row.iri, row.label, row.year, row.detail if kind == "characters" else None) for row in rows)


def _told_apart(view: View, kind: str, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The lines of a list; people of one name each with a film."""
    if kind != "people":
        return found
    bearers = Counter(it.label for it in found)
    known = known_for(view, [it.iri for it in found if bearers[it.label] > 1])
    return tuple(replace(it, note=known.get(it.iri)) for it in found)


def films(view: View, after: str = "") -> ListPage:
    """Films by title, without facets."""
    return _plain(view, "films", after)


def people(view: View, after: str = "") -> ListPage:
    """People by name, without facets."""
    return _plain(view, "people", after)


def reviews(view: View, after: str = "") -> ListPage:
    """Reviews by the title of their film, without facets."""
    return _plain(view, "reviews", after)


def genres(view: View) -> ListPage:
    """All genres, each with the number of its films."""
    rows = query.rows(view.source, "list-genres", GenreRow)
    found = [Entry(row.iri, row.label, None, "1 film" if row.films == 1 else f"{row.films:,} films") for row in rows]
    return ListPage("genres", "Genres", None, len(rows), "name", "", None, tuple(found))


def genre_films(view: View, genre: URIRef, after: str) -> ListPage | None:
    """The films of a genre by title, None if there is no such genre."""
    names = view.source.select(query.fill("genre", genre=genre)).rows
    if not names:
        return None
    if view.sidecar and view.sidecar.lists:
        total, rows = view.sidecar.lists.page("film", {"genre": genre}, after=after, limit=PAGE + 1)
    else:
        asked = query.rows(view.source, "genre-films", walks.FilmRow, limit=PAGE + 1, genre=genre, after=Literal(after))
        (size,) = view.source.select(query.fill("genre-size", genre=genre)).rows[0]
        total, rows = int(str(size)), [Listed(row.iri, row.label, "", row.year, row.sort) for row in asked]
    found = entries(view, "films", rows[:PAGE])
    return ListPage("genre", str(names[0][0]), genre, total, "name", after, _following(rows), found)


def table(view: View, kind: str, wish: Wish) -> list[tuple[str | int | None, ...]]:
    """The first rows of a list as a table for other programs: IRI, label, year, note, and the key to go on after."""
    _, rows = some(view, kind, wish, ROWS)
    keys = {row.iri: row.key for row in rows}
    return [(it.iri, it.label, it.year, it.note, keys[it.iri]) for it in entries(view, kind, rows)]


def _plain(view: View, kind: str, after: str) -> ListPage:
    wish = Wish((), "name", after)
    total, rows = some(view, kind, wish, PAGE + 1)
    return ListPage(kind, TITLES[kind], None, total, "name", after, _following(rows), entries(view, kind, rows[:PAGE]))


def _following(rows: Sequence[Listed]) -> str | None:
    """The key after which the next page begins, None where nothing follows."""
    return rows[PAGE - 1].key if len(rows) > PAGE else None


def _wanted(view: View, wish: Wish) -> Mapping[str, str]:
    return {facet: iri_of(view, facet, value) for facet, value in wish.wanted}


def _bylines(view: View, reviews: Sequence[str]) -> Iterator[Entry]:
    """Reviews with their film and where they stood, in the order given."""
    waiting = iter(reviews)
    while piece := list(islice(waiting, ANSWERED)):
        asked = query.rows(view.source, "reviews-of", BylineRow, iri=[URIRef(iri) for iri in piece])
        found = {row.iri: row for row in unique(asked, lambda row: row.iri)}
        for row in (found[iri] for iri in piece if iri in found):
            told = fold(row.title or "") in fold(row.label)  # most headlines name the film
            note = ", ".join(part for part in (None if told else row.title, row.outlet or row.reviewer) if part) or None
            yield Entry(row.iri, row.label, row.year, note)
