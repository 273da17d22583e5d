"""The shortest ways between people, on small graphs and beside a plain search on graphs of chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import LimitError
from graph.paths import Bounds, Paths, shortest
from graph.store import QuerySource
from tests.small_graph import ONE, publish

PLACE = "http://example.org/"
Casts = Mapping[str, list[str]]


@contextmanager
def acted(data: Path, casts: Casts) -> Iterator[QuerySource]:
    """A snapshot in which these films have these casts."""
    turtle = " ".join(f":{film} film:actor :{', :'.join(cast)} ." for film, cast in casts.items())
    publish(data, {ONE: turtle})
    with snapshot.open_current(data) as opened:
        yield opened


def between(source: QuerySource, start: str, end: str, bounds: Bounds | None = None, most: int = 100) -> Paths:
    """The ways between two people by the ends of their IRIs."""
    found = shortest(source, PLACE + start, PLACE + end, most, bounds)
    ways = tuple(tuple(place.removeprefix(PLACE) for place in way) for way in found.ways)
    return Paths(ways, found.count, found.bounded)


LINE: Casts = {
    "f1": ["ann", "bob"],
    "f2": ["bob", "cid"],
    "f3": ["cid", "dan"],
    "g": ["bob", "cid"],
    "h": ["eve", "fay"],
}


@pytest.mark.parametrize(("start", "end", "ways"), [
    ("ann", "ann", {("ann",)}),
    ("ann", "bob", {("ann", "f1", "bob")}),
    ("ann", "dan", {("ann", "f1", "bob", "f2", "cid", "f3", "dan"), ("ann", "f1", "bob", "g", "cid", "f3", "dan")}),
    ("bob", "cid", {("bob", "f2", "cid"), ("bob", "g", "cid")}),
    ("ann", "eve", set()),
    ("ann", "nobody", set()),
])  # fmt: skip
def test_every_shortest_way_is_found(tmp_path: Path, start: str, end: str, ways: set[tuple[str, ...]]) -> None:
    """All ways of the least length are given, in both directions, and none where there is none."""
    with acted(tmp_path, LINE) as source:
        there, back = between(source, start, end), between(source, end, start)
    assert set(there.ways) == ways == {way[::-1] for way in back.ways}
    assert there.count == back.count == len(ways)
    assert not there.bounded


def test_only_so_many_are_given_and_all_are_counted(tmp_path: Path) -> None:
    """Of many ways the first are given, the same each time, and the number says how many there are."""
    casts = {f"f{i}": ["ann", "bob"] for i in range(9)} | {f"g{i}": ["bob", "cid"] for i in range(9)}
    with acted(tmp_path, casts) as source:
        once, again = (between(source, "ann", "cid", most=4) for _ in range(2))
    assert once == again
    assert (len(once.ways), once.count) == (4, 81)


@pytest.mark.parametrize("bounds", [Bounds(films=2), Bounds(credits=3)])
def test_a_bounded_search_says_so(tmp_path: Path, bounds: Bounds) -> None:
    """Where a bound ends the search, the answer is not that there is no way."""
    with acted(tmp_path, LINE) as source:
        assert between(source, "ann", "dan", bounds) == Paths((), bounded=True)


def test_a_search_without_time_ends(tmp_path: Path) -> None:
    """A search that takes longer than it may is given up with an error."""
    with acted(tmp_path, LINE) as source, pytest.raises(LimitError, match="longer than it may"):
        between(source, "ann", "dan", Bounds(seconds=-1))


def test_ways_are_as_a_plain_search_finds_them(tmp_path: Path) -> None:
    """On a graph of chance the length and the number of ways are those of a search from one end over everything."""
    chance = random.Random(7)  # noqa: S311  # films, not secrets
    people = [f"p{i}" for i in range(60)]
    casts = {f"f{i}": sorted(chance.sample(people, chance.randint(1, 3))) for i in range(45)}
    with acted(tmp_path, casts) as source:
        for _ in range(40):
            start, end = chance.sample(people, 2)
            found, (length, count) = between(source, start, end, most=10_000), plain(casts, start, end)
            assert found.count == len(set(found.ways)) == count
            assert all(len(way) == 2 * length + 1 for way in found.ways)
            for way in found.ways:
                assert all({way[at - 1], way[at + 1]} <= set(casts[way[at]]) for at in range(1, len(way), 2))


def plain(casts: Casts, start: str, end: str) -> tuple[int, int]:
    """The films between two people and the number of shortest ways, (0, 0) where there are none."""
    seen, edge, length = {start}, {start: 1}, 0
    while edge and end not in edge:
        further: dict[str, int] = {}
        for cast in casts.values():
            for one in edge.keys() & set(cast):
                for other in set(cast) - seen:
                    further[other] = further.get(other, 0) + edge[one]
        seen |= further.keys()
        edge, length = further, length + 1
    return (length, edge[end]) if edge else (0, 0)
