"""With whom people worked, and where they meet: from the snapshot's index, or from the store where there is none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from rdflib import URIRef

from graph import query, sidecar
from graph.sidecar import Meeting
from webapp.pages import Colleague, FilmRef, Ref
from webapp.site import View

NAMED = 4
"""Films in common that are named."""


def meetings(
    view: View, people: Sequence[str], most: int | None, among: Collection[str] | None = None
) -> list[Meeting]:
    """Who of some people is in which film, most of them first; an index looks only ``among`` some."""
    found = view.sidecar.meetings(people, most, among) if view.sidecar else None
    if found is not None:
        return found
    rows = query.rows(view.source, "graph-meetings", Meeting, person=[URIRef(person) for person in people])
    together = Counter(row.film for row in rows)
    best = sorted(together, key=lambda film: (-together[film], film))
    places = {film: place for place, film in enumerate(best[:most])}
    return sorted((row for row in rows if row.film in places), key=lambda row: places[row.film])


def met(view: View, person: URIRef) -> list[sidecar.Colleague]:
    """Those with whom a person shares most films."""
    rows = view.sidecar.colleagues(str(person)) if view.sidecar else None
    return query.rows(view.source, "person-colleagues", sidecar.Colleague, person=person) if rows is None else rows


def colleagues(view: View, person: URIRef, films: Mapping[str, FilmRef]) -> tuple[Colleague, ...]:
    """Those with whom a person shares most films, with the newest of these; ``films`` are the person's own, by IRI."""
    rows = met(view, person)
    shared: dict[str, list[FilmRef]] = defaultdict(list)
    for meeting in meetings(view, [row.other for row in rows], None, films) if rows else ():
        if meeting.film in films:
            shared[meeting.person].append(films[meeting.film])
    newest = {other: sorted(them, key=lambda film: (-(film.year or 0), film.label)) for other, them in shared.items()}
    return tuple(
        Colleague(Ref(row.other, row.name), row.films, tuple(newest.get(row.other, ())[:NAMED])) for row in rows
    )
