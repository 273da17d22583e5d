"""Fill the page of a character."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from graph.asked import FaceRow
from webapp.fill.faces import COUNTED, Part, faces
from webapp.fill.proofs import Witnesses
from webapp.fill.rows import by_year
from webapp.pages import CharacterPage, Face, FaceYear, FilmRef, Ref
from webapp.site import View

SHOWN = 30
"""Characters of one name whose faces a page shows."""


@dataclass(frozen=True, slots=True)
class CharacterRow:
    """One row of ``character``."""

    name: str
    film: str
    title: str
    year: int | None


def character_page(view: View, character: URIRef, after: str = "", most: int | None = None) -> CharacterPage | None:
    """The page of a character, None if no source names it; ``after`` is the path of the one behind which it begins."""
    found = query.rows(view.source, "character", CharacterRow, character=character)
    if not found:
        return None
    row = found[0]
    film = FilmRef(row.film, row.title, row.year)
    part = Part(str(view.iris.resource(after)) if after else None, most or SHOWN)
    those = faces(view, character, row.film, row.name, part)
    shown = [_face(each, row.name, film, those.seen) for each in those.rows]
    years = by_year(shown, lambda face: face.film.year, newest_first=False)
    return CharacterPage(
        iri=character,
        name=row.name,
        film=film,
        years=tuple(FaceYear(year, tuple(group)) for year, group in years),
        people=len({face.person.iri for face in shown}),
        films=max(those.films, 1),
        counted=those.films < COUNTED,
        after=after,
        following=view.iris.path(those.last) if those.last else None,
    )


def whole_character(view: View, character: URIRef, after: str = "") -> CharacterPage | None:
    """The same for programs, with as many faces as are counted."""
    return character_page(view, character, after, COUNTED)


def _face(row: FaceRow, name: str, here: FilmRef, seen: Witnesses) -> Face:
    film = FilmRef(row.film, row.title, row.year)
    person = Ref(row.person, row.actor)
    return Face(row.role, person, name, film, row.film == here.iri, seen.of(row.role), seen.datasets(row.role))
