"""Fill the page of paths: who is meant by two names, and how they are connected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rdflib import URIRef

from graph import paths, query
from graph.asked import PartRow
from graph.iris import slug
from webapp import links
from webapp.fill.known import known_for
from webapp.fill.people import NameRow
from webapp.fill.proofs import Witnesses, witnesses
from webapp.fill.rows import unique
from webapp.fill.search import called, search_page
from webapp.fill.tonight import pairs
from webapp.pages import CastLine, End, FilmRef, Found, Hop, PathPage, Ref
from webapp.site import View

BOUNDS = paths.Bounds()
COMPARED = 24
"""Shortest ways that are looked at; the best proved of them is shown in full."""
OTHERS = 5
"""Further ways that are shown in one line each."""
OFFERS = 6


def path_page(view: View, origin: str, goal: str) -> PathPage:
    """How two people are connected, each given by a name, an id, a path of the site or an IRI."""
    one, two = find_end(view, origin), find_end(view, goal)
    if one.person is None or two.person is None:
        missing = not (one.text and two.text) and not (one.offers or two.offers)
        begin = () if one.text or two.text else pairs(view)
        return PathPage(one, two, "unasked" if missing else "unclear", (), (), 0, BOUNDS.films, begin=begin)
    if one.person.iri == two.person.iri:
        return PathPage(one, two, "same", (), (), 0, BOUNDS.films)
    found = paths.shortest(view.source, one.person.iri, two.person.iri, COMPARED, BOUNDS)
    if not found.ways:
        idle = tuple(each for each in (one.person, two.person) if not _acts(view, each))
        return PathPage(one, two, "far" if found.bounded else "apart", (), (), 0, BOUNDS.films, idle)
    first, *others = sorted(_shown(view, found.ways), key=_unproved)
    return PathPage(one, two, "found", first, tuple(others[:OTHERS]), found.count, BOUNDS.films)


def find_end(view: View, text: str) -> End:
    """The person whom a text means: an IRI, path or id first, else the one who bears the name."""
    for iri in _addresses(view, text):
        person = _person(view, iri) or _successor(view, iri)
        if person:
            return End(_written(view, text, person), person)
    if not text:
        return End(text, None)
    if view.sidecar is None:
        return _chosen(view, text, [it for it in _like(view, text) if slug(it.label) == slug(text)])
    named = [URIRef(iri) for iri in view.sidecar.named("person", [text])]
    return _chosen(view, text, _told_apart(view, named) if len(named) > 1 else list(called(view, named)))


def _told_apart(view: View, people: Sequence[URIRef]) -> list[Found]:
    """People of one name, each with a film that he or she acts in."""
    known = known_for(view, people)
    return [replace(it, detail=known.get(it.iri, it.detail)) for it in called(view, list(people))]


def _written(view: View, text: str, person: Ref) -> str:
    """What stands in the box for a person: the name, or the text that tells them from others of the name."""
    alone = view.sidecar is not None and view.sidecar.named("person", [person.label]) == [person.iri]
    return person.label if alone else text


def _chosen(view: View, text: str, exact: list[Found]) -> End:
    if len(exact) == 1:
        return End(text, _person(view, URIRef(exact[0].iri)))
    offers = tuple(exact) or _like(view, text)
    return End(text, None, offers[: OFFERS if not exact else None], several=bool(exact))


def _like(view: View, text: str) -> tuple[Found, ...]:
    """People whose names hold the words of a text, or are nearly spelt so."""
    page = search_page(view, text, "person", 0)
    return page.found or page.near


def _addresses(view: View, text: str) -> list[URIRef]:
    """The IRIs that a text may stand for."""
    if not text or " " in text:
        return []
    if text.startswith(("http://", "https://")):
        return [URIRef(text)] if links.valid(text) else []
    path = text.lstrip("/")
    iris = [view.iris.resource(each) for each in (path, f"person/{path}")]
    return [iri for iri in iris if links.valid(iri) and "person/" in iri]


def _person(view: View, iri: URIRef) -> Ref | None:
    names = query.rows(view.source, "person", NameRow, person=iri)
    return Ref(str(iri), names[0].name) if names else None


def _successor(view: View, iri: URIRef) -> Ref | None:
    """The person whom one published earlier was merged into."""
    targets = view.source.select(query.fill("known/moved", thing=iri)).rows
    return _person(view, URIRef(str(targets[0][0]))) if len(targets) == 1 else None


def _acts(view: View, person: Ref) -> bool:
    return bool(view.source.select(query.fill("path-films", here=URIRef(person.iri))).rows)


def _shown(view: View, ways: Iterable[tuple[str, ...]]) -> list[tuple[Hop, ...]]:
    """Ways with everything that is known of their steps."""
    steps = {way: [(way[at], way[at + 1], way[at + 2]) for at in range(0, len(way) - 2, 2)] for way in ways}
    every = [step for each in steps.values() for step in each]
    films = sorted({URIRef(film) for _, film, _ in every})
    people = sorted({URIRef(person) for before, _, after in every for person in (before, after)})
    rows = query.rows(view.source, "path-roles", PartRow, film=films, person=people)
    by_place: dict[tuple[str, str], list[PartRow]] = {}
    for row in unique(rows, lambda row: row.role):
        by_place.setdefault((row.film, row.person), []).append(row)
    needed = {(film, person) for before, film, after in every for person in (before, after)}
    seen = witnesses(view, sorted(row.role for place in needed for row in by_place[place]), films)
    return [tuple(_hop(step, by_place, seen) for step in each) for each in steps.values()]


def _hop(step: tuple[str, str, str], rows: dict[tuple[str, str], list[PartRow]], seen: Witnesses) -> Hop:
    before, film, after = step
    first, then = rows[film, before], rows[film, after]
    return Hop(
        Ref(before, first[0].name),
        FilmRef(film, first[0].title, first[0].year),
        Ref(after, then[0].name),
        tuple(_line(row, seen) for row in [*first, *then]),
    )


def _line(row: PartRow, seen: Witnesses) -> CastLine:
    character = Ref(row.character, row.whom) if row.character and row.whom else None
    return CastLine(
        row.role, Ref(row.person, row.name), character, row.description, seen.of(row.role), seen.datasets(row.role)
    )


def _unproved(way: tuple[Hop, ...]) -> int:
    """How many of the people in the steps of a way have no passage for any role there."""
    return sum(
        not any(role.proofs for role in hop.roles if role.person == person)
        for hop in way
        for person in (hop.before, hop.after)
    )
