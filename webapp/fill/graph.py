"""Fill the page of a graph: choose what stands around a film or person, then ask for all that ties it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rdflib import URIRef

from graph import query
from graph.iris import slug
from webapp.fill.company import meetings, met
from webapp.fill.proofs import Witnesses, witnesses
from webapp.fill.rows import unique
from webapp.fill.search import search_page
from webapp.fill.tonight import beginnings
from webapp.pages import FilmRef, Found, GraphFilm, GraphPage, Part, Ref, Tie
from webapp.site import View

PEOPLE, FILMS = 22, 16
"""At most so many people and films stand around a centre."""
OFFERS = 6
"""Films, and people, whose names are near the one asked for."""
DIRECTORS, LEADS = 4, 8
"""So many of them are always among the people of a film."""
COMPARED = 60
"""People of one film who are looked at where no index says who is busiest."""


@dataclass(frozen=True, slots=True)
class CentreRow:
    """One row of ``graph-centre``."""

    kind: str
    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of ``graph-people``: who, and in which job; an acting role has none, but may have a place in the cast."""

    person: str
    job: str | None
    billing: int | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """One row of ``graph-ties``."""

    fact: str
    film: str
    title: str
    year: int | None
    person: str
    name: str
    job: str | None
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a centre, with it, by IRI; and how many people a film, or films a person, has in all.

    ``first`` are those of a film's people who are told first: its directors and leads.
    """

    films: tuple[str, ...]
    people: tuple[str, ...]
    in_all: int
    first: tuple[str, ...] = ()


def graph_page(view: View, of: URIRef | None) -> GraphPage | None:
    """The surroundings of a film or person; without one some to begin with, None if there is no such."""
    if of is None:
        return GraphPage(None, None, offers=beginnings(view))
    found = query.rows(view.source, "graph-centre", CentreRow, of=of)
    if not found:
        return None
    centre = Ref(str(of), found[0].label)
    if found[0].kind == "film":
        around = _around_film(view, of)
        return _page(view, centre, "film", around, FilmRef(centre.iri, centre.label, found[0].year))
    return _page(view, centre, "person", _around_person(view, of))


def meant(view: View, name: str) -> tuple[tuple[Found, ...], bool]:
    """The films and people whom a name may mean, and whether they bear just that name."""
    pages = [search_page(view, name, kind, 0) for kind in ("film", "person")]
    exact = tuple(it for page in pages for it in page.found if slug(it.label) == slug(name))
    found = [page.found[:OFFERS] for page in pages]
    return exact or (*found[0], *found[1]) or (*pages[0].near[:OFFERS], *pages[1].near[:OFFERS]), bool(exact)


def _around_film(view: View, film: URIRef) -> Around:
    """The people of a film, its leads and those of most films first, and other films in which they meet."""
    rows = sorted(query.rows(view.source, "graph-people", PersonRow, film=film), key=_rank)
    everyone = list(dict.fromkeys(row.person for row in rows))
    directors = [row.person for row in rows if row.job == "director"]
    leads = [row.person for row in rows if row.billing is not None]
    first = [*directors[:DIRECTORS], *leads[:LEADS]]
    chosen = list(dict.fromkeys([*first, *_busiest(view, everyone)]))[:PEOPLE]
    films = dict.fromkeys([str(film), *(each.film for each in meetings(view, chosen, FILMS + 1))])
    return Around(tuple(films)[: FILMS + 1], tuple(chosen), len(everyone), tuple(first))


def _around_person(view: View, person: URIRef) -> Around:
    """Those with whom a person worked most often, and the films of the person in which most of them meet."""
    beside = [row.other for row in met(view, person)][:PEOPLE]
    people = [str(person), *beside]
    career = {row.film for row in meetings(view, [str(person)], None)}
    films = dict.fromkeys(row.film for row in meetings(view, people, None) if row.film in career)
    return Around(tuple(films)[:FILMS], tuple(people), len(career))


def _rank(row: PersonRow) -> tuple[int, bool, int, str]:
    """Directors first, then actors by their places in the cast, then all others."""
    kind = ("director", None, "actor").index(row.job) if row.job in ("director", None, "actor") else 3
    return kind, row.billing is None, row.billing or 0, row.person


def _busiest(view: View, people: Sequence[str]) -> list[str]:
    found = view.sidecar.busiest(people, PEOPLE) if view.sidecar else None
    return list(people[:COMPARED]) if found is None else found


def _page(
    view: View, centre: Ref, kind: Literal["film", "person"], around: Around, alone: FilmRef | None = None
) -> GraphPage:
    """All that is known of the ties; the film ``alone`` is there even if nothing is tied to it."""
    rows = _ties(view, around)
    seen = witnesses(view, [row.fact for row in rows], [row.film for row in rows])
    place = {person: number for number, person in enumerate([centre.iri, *around.first])}
    films = [_film(list(group), seen, place) for _, group in groupby(rows, lambda row: row.film)]
    if alone and not any(each.film.iri == alone.iri for each in films):
        films.append(GraphFilm(alone, ()))
    ordered = sorted(films, key=lambda each: (each.film.iri != centre.iri, -(each.film.year or 0), each.film.label))
    names = {row.person: Ref(row.person, row.name) for row in reversed(rows)}
    people = tuple(names[person] for person in around.people if person in names)
    return GraphPage(centre, kind, tuple(ordered), people, around.in_all)


def _ties(view: View, around: Around) -> list[TieRow]:
    films, people = ([URIRef(iri) for iri in some] for some in (around.films, around.people))
    if not films or not people:
        return []
    return unique(query.rows(view.source, "graph-ties", TieRow, film=films, person=people), lambda row: row.fact)


def _film(rows: list[TieRow], seen: Witnesses, place: Mapping[str, int]) -> GraphFilm:
    """The ties of one film: of those who have a place in order of it, then those that are proved, then by name."""
    ties = [Tie(Ref(row.person, row.name), _part(row, seen)) for row in rows]
    last = len(place)
    ties.sort(key=lambda it: (place.get(it.person.iri, last), not it.part.proofs, it.person.label, it.part.iri))
    return GraphFilm(ties[0].part.film, tuple(ties))


def _part(row: TieRow, seen: Witnesses) -> Part:
    character = Ref(row.character, row.whom) if row.character and row.whom else None
    film = FilmRef(row.film, row.title, row.year)
    return Part(row.fact, film, character, row.description, row.job, seen.of(row.fact), seen.datasets(row.fact))
