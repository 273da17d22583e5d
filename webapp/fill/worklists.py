"""Fill the worklists: what the graph lacks, what is unsure in it, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from webapp.fill.lists import Wish, some
from webapp.pages import Ref, Work, Worklist, WorklistPage, WorklistsPage
from webapp.site import View

PAGE = 100
FILMS = 40
"""Films whose roles make one page."""
ROWS = 10_000
"""Rows of a table that is fetched at once."""
COLUMNS = ("iri", "label", "about", "about_label", "note")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of the queries in ``worklists/``."""

    iri: str
    label: str
    aboutIri: str  # noqa: N815  # fields are named as the query's variables
    about: str
    note: str | None


Found = tuple[list[Work], str | None]
"""Some lines, and the key after which the next begin."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A worklist: its words, and how its lines and their number are found."""

    title: str
    advice: str
    find: Callable[[View, str, int], Found]
    count: Callable[[View], int | None]


def worklists_page(view: View) -> WorklistsPage:
    """All worklists with their counts."""
    return WorklistsPage(tuple(_worklist(view, name) for name in KINDS))


def worklist_page(view: View, name: str, after: str) -> WorklistPage:
    """One page of a worklist."""
    works, following = KINDS[name].find(view, after, PAGE)
    return WorklistPage(_worklist(view, name), after, following, tuple(works))


def table(view: View, name: str, after: str) -> list[tuple[str | None, ...]]:
    """The first rows of a worklist as a table for other programs."""
    works, following = KINDS[name].find(view, after, ROWS)
    while following is not None and len(works) < ROWS:
        more, following = KINDS[name].find(view, following, ROWS - len(works))
        works += more
    return [
        (
            work.thing.iri,
            work.thing.label,
            *((work.about.iri, work.about.label) if work.about else (None, None)),
            work.note,
        )
        for work in works
    ]


def _worklist(view: View, name: str) -> Worklist:
    return Worklist(name, KINDS[name].title, KINDS[name].advice, KINDS[name].count(view))


def _asked(name: str, key: Callable[[WorkRow], str]) -> Callable[[View, str, int], Found]:
    """Lines that a query gives in the order of their keys."""

    def find(view: View, after: str, limit: int) -> Found:
        rows = query.rows(view.source, f"worklists/{name}", WorkRow, limit=limit + 1, after=Literal(after))
        return [_work(row) for row in rows[:limit]], key(rows[limit - 1]) if len(rows) > limit else None

    return find


def _counted(name: str) -> Callable[[View], int | None]:
    def count(view: View) -> int | None:
        return int(str(view.source.select(query.fill(f"worklists/{name}-count")).rows[0][0]))

    return count


def _unproved_roles(view: View, after: str, limit: int) -> Found:
    """Roles by film, in the order of titles; whole films, so that pages differ in length."""
    found: list[Work] = []
    following: str | None = after
    while following is not None and len(found) < limit:
        _, films = some(view, "films", Wish((), "name", following), FILMS + 1)
        order = {film.iri: place for place, film in enumerate(films[:FILMS])}
        if order:
            rows = query.rows(view.source, "worklists/roles", WorkRow, aboutIri=[URIRef(iri) for iri in order])
            found += [_work(row) for row in sorted(rows, key=lambda row: (order[row.aboutIri], row.iri))]
        following = films[FILMS - 1].key if len(films) > FILMS else None
    return found, following


def _count_of_unproved(view: View) -> int | None:
    counts: Mapping[str, int] = view.sidecar.counts() if view.sidecar else {}
    return counts["roles"] - counts["roles_with_evidence"] if "roles" in counts else None


def _without_director(view: View, after: str, limit: int) -> Found:
    _, rows = some(view, "films", Wish((("directed", "no"),), "name", after), limit + 1)
    works = [Work(Ref(row.iri, row.label), None, str(row.year) if row.year else None) for row in rows[:limit]]
    return works, rows[limit - 1].key if len(rows) > limit else None


def _count_without_director(view: View) -> int | None:
    return view.lists.count("film", {"directed": "no"}) if view.lists else None


def _work(row: WorkRow) -> Work:
    about = Ref(row.aboutIri, row.about) if row.aboutIri != row.iri else None
    return Work(Ref(row.iri, row.label), about, row.note or None)


KINDS: Mapping[str, Kind] = {
    "roles-without-evidence": Kind(
        "Roles without evidence",
        "A dataset says so, and no review that is stored here. Add reviews of these films: they may prove it.",
        _unproved_roles,
        _count_of_unproved,
    ),
    "described-only": Kind(
        "Evidence without a known character",
        "A sentence proves who played, but only describes whom. Add a dataset or a review that gives the name.",
        _asked("described", lambda row: row.iri),
        _counted("described"),
    ),
    "unresolved": Kind(
        "Unresolved names",
        "These two may be one, or contradict each other. Import a dataset that knows them, then run resolve.",
        _asked("unresolved", lambda row: f"{row.iri} {row.aboutIri}"),
        _counted("unresolved"),
    ),
    "films-without-director": Kind(
        "Films without a director",
        "No source says who directed these. Add a review that does, or import a dataset that knows the film.",
        _without_director,
        _count_without_director,
    ),
    "disagreements": Kind(
        "Sources that disagree",
        "Sources give other years or running times. The film’s page shows who says which.",
        _asked("differences", lambda row: f"{row.iri} {row.note}"),
        _counted("differences"),
    ),
}
"""Every worklist by its name in addresses."""
