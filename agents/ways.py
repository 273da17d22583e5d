"""How two people are connected through films in which both act."""

from __future__ import annotations

from rdflib import URIRef

from agents import meant
from agents.answers import FilmRef, Hop, Ref, Way
from agents.casts import line
from agents.proofs import Witnesses, witnesses
from agents.world import View
from graph import paths, query
from graph.asked import PartRow

BOUNDS = paths.Bounds()


def path(view: View, origin: str, goal: str) -> Way:
    """One of the shortest ways from one person to another, always the same one."""
    one, two = meant.meant(view, origin, "person"), meant.meant(view, goal, "person")
    if one.iri == two.iri:
        return Way(found=True, note=f"both are {one.label}")
    found = paths.shortest(view.source, one.iri, two.iri, 1, BOUNDS)
    if not found.ways:
        far = f" within {BOUNDS.films} films" if found.bounded else ""
        return Way(found=False, note=f"no chain of films{far} joins {one.label} and {two.label}")
    hops = _hops(view, found.ways[0])
    films = "1 film" if len(hops) == 1 else f"{len(hops)} films"
    return Way(found=True, note=f"{one.label} and {two.label} are {films} apart", hops=hops, ways=found.count)


def _hops(view: View, way: tuple[str, ...]) -> list[Hop]:
    people, films = ([URIRef(iri) for iri in sorted(set(each))] for each in (way[::2], way[1::2]))
    rows = query.rows(view.source, "path-roles", PartRow, film=films, person=people)
    parts = list({part.role: part for part in reversed(rows)}.values())[::-1]
    seen = witnesses(view, [part.role for part in parts])
    return [_hop(way[at], way[at + 1], way[at + 2], parts, seen) for at in range(0, len(way) - 2, 2)]


def _hop(before: str, film: str, after: str, parts: list[PartRow], seen: Witnesses) -> Hop:
    here = [part for part in parts if part.film == film and part.person in (before, after)]
    first, then = (next(part for part in here if part.person == person) for person in (before, after))
    return Hop(
        before=Ref(iri=before, label=first.name),
        film=FilmRef(iri=film, label=first.title, year=first.year),
        after=Ref(iri=after, label=then.name),
        roles=[line(part, seen) for part in here],
    )
