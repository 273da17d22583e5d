"""Fill the pages that list things, a hundred at a time; the next page begins after the last key of this one.

A key is the name in small letters, two blanks, the year and the IRI: two blanks sort before all that a longer name goes
on with, so that "Cyrano" comes before "Cyrano de Bergerac". Titles and characters leave out their leading article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from webapp.pages import Entry, ListPage
from webapp.site import View

PAGE = 100
LAST = "~"
"""A key after every year, from which a list that runs backwards begins."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of the lists that show names only."""

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
class CharacterRow:
    """One row of ``list-characters``."""

    sort: str
    iri: str
    label: str
    title: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of ``list-reviews``."""

    sort: str
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


def films(view: View, after: str, order: str) -> ListPage:
    """Films by title, or the newest first."""
    if order == "year":
        rows = query.rows(view.source, "list-films-by-year", FilmRow, limit=PAGE, after=Literal(after or LAST))
    else:
        rows = query.rows(view.source, "list-films", FilmRow, limit=PAGE, after=Literal(after))
    entries = [Entry(row.iri, row.label, row.year) for row in rows]
    return _page("films", "Films", view, after, rows, entries, order)


def people(view: View, after: str, order: str) -> ListPage:
    """People by name."""
    rows = query.rows(view.source, "list-people", NameRow, limit=PAGE, after=Literal(after))
    return _page("people", "People", view, after, rows, [Entry(row.iri, row.label) for row in rows], order)


def characters(view: View, after: str, order: str) -> ListPage:
    """Characters by name, each with its film."""
    rows = query.rows(view.source, "list-characters", CharacterRow, limit=PAGE, after=Literal(after))
    entries = [Entry(row.iri, row.label, row.year, row.title) for row in rows]
    return _page("characters", "Characters", view, after, rows, entries, order)


def reviews(view: View, after: str, order: str) -> ListPage:
    """Reviews by the title of their film."""
    rows = query.rows(view.source, "list-reviews", ReviewRow, limit=PAGE, after=Literal(after))
    entries = [Entry(row.iri, row.label, row.year, _words(row.title, row.outlet or row.reviewer)) for row in rows]
    return _page("reviews", "Reviews", view, after, rows, entries, order)


def genres(view: View) -> ListPage:
    """All genres, each with the number of its films."""
    rows = query.rows(view.source, "list-genres", GenreRow)
    entries = [Entry(row.iri, row.label, None, _films(row.films)) for row in rows]
    return ListPage("genres", "Genres", None, len(rows), "name", "", None, tuple(entries))


def genre_films(view: View, genre: URIRef, after: str) -> ListPage | None:
    """The films of a genre by title, None if there is no such genre."""
    names = view.source.select(query.fill("genre", genre=genre)).rows
    if not names:
        return None
    rows = query.rows(view.source, "genre-films", FilmRow, limit=PAGE, genre=genre, after=Literal(after))
    entries = tuple(Entry(row.iri, row.label, row.year) for row in rows)
    return ListPage("genre", str(names[0][0]), genre, None, "name", after, _following(rows), entries)


def _page(
    kind: str, title: str, view: View, after: str, rows: Sequence[NameRow | FilmRow | CharacterRow | ReviewRow],
    entries: list[Entry], order: str,
) -> ListPage:  # fmt: skip
    total = view.sidecar.counts().get(kind) if view.sidecar else None
    return ListPage(kind, title, None, total, order, after, _following(rows), tuple(entries))


def _following(rows: Sequence[NameRow | FilmRow | CharacterRow | ReviewRow]) -> str | None:
    """The key after which the next page begins, None where this one is not full."""
    return rows[-1].sort if len(rows) == PAGE else None


def _films(count: int) -> str:
    return "1 film" if count == 1 else f"{count:,} films"


def _words(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part) or None
