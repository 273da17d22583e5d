"""Who plays whom: the cast of a film, everyone who played a character, and the roles of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rdflib import Literal, URIRef

from agents import meant
from agents.answers import Entity, FilmRef, Ref, RoleLine, Roles
from agents.proofs import Witnesses, witnesses
from agents.world import View
from graph import query
from graph.asked import FaceRow, PartRow, RoleRow
from graph.errors import QueryError
from graph.sidecar.fold import fold


@dataclass(frozen=True, slots=True)
class CastRow:
    """One row of ``film-cast``."""

    role: str
    person: str
    name: str
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One row of ``tools/titles``."""

    film: str
    title: str
    year: int | None


def who_played(view: View, film: str | None, character: str | None, limit: int) -> Roles:
    """The cast of a film, or those of it who play a character; without a film, everyone who has played one so called.

    Raises QueryError where neither is given, or nobody in the film plays such a one.
    """
    if film:
        found = meant.meant(view, film, "film")
        parts = _cast(view, found)
        return lines(view, _playing(view, parts, character, found) if character else parts, limit, found)
    if character:
        return _faces(view, character, limit)
    raise QueryError("give a film, a character, or both: whose players are asked for?")


def roles_of(view: View, person: str, film: str | None, limit: int) -> Roles:
    """The acting parts of a person, the newest film first; those in one film if it is given."""
    who = meant.meant(view, person, "person")
    where = meant.meant(view, film, "film").iri if film else None
    rows = query.rows(view.source, "person-roles", RoleRow, person=URIRef(who.iri))
    parts = [
        PartRow(row.role, row.film, row.title, row.year, who.iri, who.label, row.character, row.whom, row.description)
        for row in rows
        if where in (None, row.film)
    ]
    return lines(view, _once(parts), limit, who)


def lines(view: View, parts: Sequence[PartRow], limit: int, about: Ref | None = None) -> Roles:
    """Parts with the best proof of each, bounded."""
    shown = parts[:limit]
    seen = witnesses(view, [part.role for part in shown])
    return Roles(about=about, roles=[line(part, seen) for part in shown], more=len(parts) - len(shown))


def line(part: PartRow, seen: Witnesses) -> RoleLine:
    """A part with the best proof of it."""
    return RoleLine(
        role=part.role,
        film=FilmRef(iri=part.film, label=part.title, year=part.year),
        person=Ref(iri=part.person, label=part.name),
        character=Ref(iri=part.character, label=part.whom) if part.character and part.whom else None,
        description=part.description,
        proof=seen.best(part.role),
        more_proofs=max(len(seen.passages.get(part.role, ())) - 1, 0),
        datasets=[source.label for source in seen.stated.get(part.role, ())],
    )


def _cast(view: View, film: Ref) -> list[PartRow]:
    titles = query.rows(view.source, "tools/titles", TitleRow, film=URIRef(film.iri))
    title, year = (titles[0].title, titles[0].year) if titles else (film.label, None)
    rows = query.rows(view.source, "film-cast", CastRow, film=URIRef(film.iri))
    parts = [
        PartRow(row.role, film.iri, title, year, row.person, row.name, row.character, row.whom, row.description)
        for row in rows
    ]
    return _once(parts)


def _playing(view: View, parts: Sequence[PartRow], character: str, film: Ref) -> list[PartRow]:
    """The parts whose character is meant: by its IRI, its name, or else a part of its name or description."""
    if meant.is_address(character):
        wanted = meant.fact(view, character, ("character",)).iri
        found = [part for part in parts if part.character == wanted]
    else:
        words = fold(character)
        named = [(fold(part.whom or part.description or ""), part) for part in parts]
        found = [part for name, part in named if name == words] or [
            part for name, part in named if set(words.split()) <= set(name.split())
        ]
    if found:
        return found
    offers = [
        Entity(iri=part.character or part.role, kind="character", label=part.whom or part.description or part.name)
        for part in parts
    ]
    alike = sorted(offers, key=lambda each: -SequenceMatcher(None, fold(character), fold(each.label)).ratio())
    raise meant.unknown(f"nobody is known to play {character[: meant.LONGEST]!r} in {film.label}", alike)


def _faces(view: View, character: str, limit: int) -> Roles:
    """Everyone who has played a character of the name, in any film; only the one meant where an IRI is given."""
    if meant.is_address(character):
        about = meant.fact(view, character, ("character",))
        names = [about.label]
    else:
        about, names = None, _names(view, character)
    parts = [
        PartRow(row.role, row.film, row.title, row.year, row.person, row.actor, row.character, name, None)
        for name in names
        for row in query.rows(view.source, "character-faces", FaceRow, name=Literal(name))
        if about is None or row.character == about.iri
    ]
    return lines(view, _once(parts), limit, about)


def _names(view: View, character: str) -> list[str]:
    """The spellings of a character's name in the graph. Raises UnknownError, with near ones, where there is none."""
    found, near = meant.search(view, character, "character", 100)
    same = sorted({each.label for each in found if fold(each.label) == fold(character)})
    if near or not same:
        raise meant.unknown(f"no character is called {character[: meant.LONGEST]!r}", found)
    return same


def _once(parts: Sequence[PartRow]) -> list[PartRow]:
    """Each role once: a film of two titles, or a person of two names, is in several rows."""
    return list({part.role: part for part in reversed(parts)}.values())[::-1]
