"""Tonight's films: a few with reviews, others for each snapshot, to begin with where nothing is asked yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice

from rdflib import Literal, URIRef

from graph import query
from webapp.fill.company import met
from webapp.pages import FilmRef, Found, Ref
from webapp.site import View

PICKS = 3
CAST = 12
"""Roles of a film whose performers are looked at."""
ASKED = 5
"""Colleagues of a performer whose own colleagues are looked at."""


@dataclass(frozen=True, slots=True)
class PickRow:
    """One row of ``home-picks``: a film with reviews, and its place in the order of all."""

    sort: str
    iri: str
    label: str
    year: int | None


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One row of ``home-cast``, for the performer alone."""

    actor: str
    actorIri: str  # noqa: N815  # fields are named as the query's variables


def tonight(view: View) -> list[FilmRef]:
    """Some films with reviews, the same for everyone who sees the snapshot."""
    found: list[PickRow] = []
    for number in range(PICKS):
        letters = hashlib.sha256(f"{view.version} {number}".encode()).digest()
        start = "".join(chr(ord("a") + byte % 26) for byte in letters[:3])
        for after in (start, ""):
            rows = query.rows(view.source, "home-picks", PickRow, limit=PICKS, after=Literal(after))
            new = [row for row in rows if row.iri not in {film.iri for film in found}]
            if new:
                found.append(new[0])
                break
    return [FilmRef(row.iri, row.label, row.year) for row in found]


def _cast(view: View, film: FilmRef) -> list[Ref]:
    """Some who play in a film."""
    rows = query.rows(view.source, "home-cast", LeadRow, limit=CAST, film=URIRef(film.iri))
    return [Ref(iri, name) for iri, name in {row.actorIri: row.actor for row in rows}.items()]


def pairs(view: View) -> tuple[tuple[Ref, ...], ...]:
    """Two and two between whom there is a way: one of a film's performers, and a colleague of a colleague.

    None over a server, which would have to be asked too often.
    """
    if view.sidecar is None:
        return ()
    found = (((one, other) for one in _cast(view, it) if (other := _farther(view, one))) for it in tonight(view))
    return tuple(pair for each in found for pair in islice(each, 1))


def _farther(view: View, one: Ref) -> Ref | None:
    """One whom a colleague met, and a person did not, where there is such."""
    near = met(view, URIRef(one.iri))
    known = {one.iri, *(colleague.other for colleague in near)}
    for colleague in near[:ASKED]:
        for other in met(view, URIRef(colleague.other)):
            if other.other not in known:
                return Ref(other.other, other.name)
    return None


def beginnings(view: View) -> tuple[Found, ...]:
    """Tonight's films, and one who plays in each."""
    shown = tonight(view)
    films = [Found(it.iri, "film", it.label, str(it.year) if it.year else None) for it in shown]
    people = [person for it in shown for person in _cast(view, it)[:1]]
    return (*films, *(Found(it.iri, "person", it.label, None) for it in people))
