"""Fill the page of a character."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from graph.asked import FaceRow
from webapp.fill.proofs import Witnesses, witnesses
from webapp.fill.rows import by_year, unique
from webapp.pages import CharacterPage, Face, FaceYear, FilmRef, Ref
from webapp.site import View

MOST = 400
"""Characters of one name whose faces are shown."""


@dataclass(frozen=True, slots=True)
class CharacterRow:
    """One row of ``character``."""

    name: str
    film: str
    title: str
    year: int | None


def character_page(view: View, character: URIRef) -> CharacterPage | None:
    """The page of a character, None if no source names it."""
    found = query.rows(view.source, "character", CharacterRow, character=character)
    if not found:
        return None
    row = found[0]
    film = FilmRef(row.film, row.title, row.year)
    rows = unique(_faces(view, character, row.name), lambda each: each.role)
    seen = witnesses(view, [each.role for each in rows], [each.film for each in rows])
    faces = [_face(each, row.name, film, seen) for each in rows]
    years = by_year(faces, lambda face: face.film.year, newest_first=False)
    return CharacterPage(
        iri=character,
        name=row.name,
        film=film,
        years=tuple(FaceYear(year, tuple(group)) for year, group in years),
        people=len({face.person.iri for face in faces}),
        films=len({film.iri, *(face.film.iri for face in faces)}),
    )


def _faces(view: View, character: URIRef, name: str) -> list[FaceRow]:
    """Everyone who played a character of its name; of a name that thousands bear, "Himself", it and the earliest."""
    many = view.sidecar.namesakes(name, MOST) if view.sidecar else []
    if len(many) < MOST:
        return query.rows(view.source, "character-faces", FaceRow, name=Literal(name))
    return query.rows(view.source, "character-faces-of", FaceRow, character=[character, *map(URIRef, many)])


def _face(row: FaceRow, name: str, here: FilmRef, seen: Witnesses) -> Face:
    film = FilmRef(row.film, row.title, row.year)
    person = Ref(row.person, row.actor)
    return Face(row.role, person, name, film, row.film == here.iri, seen.of(row.role), seen.datasets(row.role))
