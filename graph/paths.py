"""Degrees of separation: the shortest ways from one person to another through films in which both ends of a step act.

The search goes from both ends at once, always on from the side that has fewer places at its edge, and asks for all the
neighbours of an edge together. People and films take turns, so a way is person, film, person, film, person…
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rdflib import URIRef

from graph import query
from graph.errors import LimitError
from graph.store import QuerySource

BATCH = 500
"""People or films asked about in one query."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a search may go: films in a row, credits read, seconds."""

    films: int = 10
    credits: int = 250_000
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest ways: each is person, film, person… by IRI. ``count`` is the number of all of them.

    Where there are none, ``bounded`` says that there may be one beyond the bounds.
    """

    ways: tuple[tuple[str, ...], ...]
    count: int = 0
    bounded: bool = False


@dataclass(slots=True)
class _Side:
    """What is reached from one end: by each place those before it; ``edge`` holds what was reached last."""

    edge: dict[str, list[str]]
    before: dict[str, list[str]] = field(default_factory=dict)
    depth: int = 0

    def __post_init__(self) -> None:
        self.before.update(self.edge)

    def ways(self, place: str) -> Iterator[tuple[str, ...]]:
        """Every shortest way from the end to a place, in the order of IRIs."""
        if not self.before[place]:
            yield (place,)
        for earlier in sorted(self.before[place]):
            for way in self.ways(earlier):
                yield (*way, place)

    def count(self, place: str, known: dict[str, int]) -> int:
        """How many shortest ways lead to a place."""
        if place not in known:
            known[place] = sum(self.count(earlier, known) for earlier in self.before[place]) or 1
        return known[place]


def shortest(source: QuerySource, start: str, end: str, most: int, bounds: Bounds | None = None) -> Paths:
    """Up to ``most`` of the shortest ways between two people, always the same ones.

    Raises LimitError where the search takes longer than it may.
    """
    bounds = bounds or Bounds()
    if start == end:
        return Paths(((start,),), 1)
    one, two = _Side({start: []}), _Side({end: []})
    until, left = time.monotonic() + bounds.seconds, bounds.credits
    while one.edge and two.edge:
        if left <= 0 or one.depth + two.depth >= 2 * bounds.films:
            return Paths((), bounded=True)
        side = min(one, two, key=lambda each: len(each.edge))
        left -= _further(source, side, until)
        met = sorted(one.edge.keys() & two.edge.keys())
        if met:
            return _joined(one, two, met, most)
    return Paths(())


def _further(source: QuerySource, side: _Side, until: float) -> int:
    """Reach all that is one step beyond the edge; gives how many credits were read."""
    name = "path-casts" if side.depth % 2 else "path-films"
    reached: dict[str, list[str]] = {}
    read = 0
    for here, there in _neighbours(source, name, side.edge, until):
        read += 1
        if there not in side.before:
            reached.setdefault(there, []).append(here)
    side.edge, side.depth = reached, side.depth + 1
    side.before.update(reached)
    return read


def _neighbours(source: QuerySource, name: str, places: Iterable[str], until: float) -> Iterator[tuple[str, str]]:
    waiting = iter(sorted(places))
    while batch := [URIRef(place) for place in islice(waiting, BATCH)]:
        if time.monotonic() > until:
            raise LimitError("looking for a way between two people took longer than it may; try again in a minute")
        for here, there in source.select(query.fill(name, here=batch)):
            yield str(here), str(there)


def _joined(one: _Side, two: _Side, met: list[str], most: int) -> Paths:
    ways = (
        (*first, *reversed(second[:-1])) for place in met for first in one.ways(place) for second in two.ways(place)
    )
    known: tuple[dict[str, int], dict[str, int]] = {}, {}
    count = sum(one.count(place, known[0]) * two.count(place, known[1]) for place in met)
    return Paths(tuple(islice(ways, most)), count)
