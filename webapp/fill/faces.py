"""Who played a character of a name, in any film: a part of them at a time, for names that thousands bear."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef

from graph import query
from graph.asked import FaceRow
from graph.dossier import Dossier
from graph.vocabulary import FILM
from webapp.fill.proofs import Witnesses, dossiers, witnesses, witnesses_by
from webapp.fill.rows import unique
from webapp.site import View

COUNTED = 400
"""Characters of one name as far as they are counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the characters of a name: those behind one, None for the first, and how many."""

    after: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Faces:
    """Some of those who played a character of a name, with who says so.

    ``films`` is in how many films such characters are, counted up to ``COUNTED``; ``last`` the character behind which
    the next part begins, None where there is none.
    """

    rows: list[FaceRow]
    seen: Witnesses
    films: int
    last: str | None


def faces(view: View, character: URIRef, film: str, name: str, part: Part) -> Faces:
    """A part of those who played a character of the name; the first one holds the character itself, of ``film``."""
    if view.sidecar is None or not view.sidecar.tells_of_films:
        return _asked(view, character, name, part)
    found = view.sidecar.bearers(name, part.after, part.most + 1)
    shown = found[: part.most]
    last = shown[-1][0] if len(found) > len(shown) else None
    shown += [] if part.after else [(str(character), film)]
    wanted = {iri for iri, _ in shown}
    known = dossiers(view, [film for _, film in shown])
    rows = [row for film, dossier in known.items() for row in _told(film, dossier, wanted)]
    left = [URIRef(iri) for iri in sorted(wanted - {row.character for row in rows})]
    rows += query.rows(view.source, "character-faces-of", FaceRow, character=left) if left else []
    rows = unique(sorted(rows, key=_order), lambda row: row.role)
    seen = witnesses_by(view, [row.role for row in rows], known.values())
    return Faces(rows, seen, view.sidecar.count_bearers(name, COUNTED), last)


def _asked(view: View, character: URIRef, name: str, part: Part) -> Faces:
    """The same, asked of a server, which tells the earliest of them."""
    found = unique(query.rows(view.source, "character-faces", FaceRow, name=Literal(name)), lambda row: row.role)
    iris = [row.character for row in found]
    begin = len(iris) - iris[::-1].index(part.after) if part.after in iris else 0
    rows = found[begin : begin + part.most]
    last = rows[-1].character if begin + part.most < len(found) else None
    if begin == 0:
        rows += [row for row in found[part.most :] if row.character == str(character)]
    seen = witnesses(view, [row.role for row in rows], [row.film for row in rows])
    return Faces(rows, seen, len({row.film for row in found}), last)


def _told(film: str, dossier: Dossier, wanted: Collection[str]) -> Iterator[FaceRow]:
    """What a film's dossier tells of who played some characters."""
    titles = [str(row.value) for row in dossier.facts if row.property == str(FILM.title)]
    years = [row.value for row in dossier.facts if row.property == str(FILM.year) and isinstance(row.value, int)]
    for row in dossier.roles:
        if row.character in wanted and row.character is not None and titles:
            yield FaceRow(row.role, row.person, row.name, row.character, film, min(titles), min(years, default=None))


def _order(row: FaceRow) -> tuple[int, str, str, str]:
    return row.year or 0, row.title, row.actor, row.role
