"""How long the way between two people takes on a data folder, in process: near, far, and where there is none.

python -m tests.benchmarks.paths --data var [--pairs 200]

Two of one film, two who met the same person, any two, somebody with one of the busiest, two of these, and somebody with
one who acts in nothing. The first time a pair is asked counts: nothing of it is kept.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from rdflib import URIRef

from graph import query, snapshot
from graph.sidecar import NAME
from graph.store import QuerySource
from tests.benchmarks.crowd import Timed, at
from webapp import create_app
from webapp.config import Config

PEOPLE = "SELECT iri FROM thing WHERE kind = 'person' ORDER BY weight DESC, iri"
BUSIEST = 40
REACH = 1.0
"""Seconds that a page of a path may take."""
Pair = tuple[str, str]


def main() -> None:
    """All kinds of pairs, each with its times and outcomes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="a data folder")
    options.add_argument("--pairs", type=int, default=200, help="pairs of each kind")
    said = options.parse_args()
    current = snapshot.current(said.data)
    assert current
    address = f"{(current / NAME).resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as index, closing(snapshot.open_current(said.data)) as source:
        kinds = dict(_kinds(index, source, said.pairs))
    client = create_app(Config(said.data, cache=0)).test_client()
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, pairs in kinds.items():
        walls, works, found = _timed(lambda pair: client.get(f"/path.json?{_terms(pair)}").get_json(), pairs)
        told = ", ".join(f"p{part:.0%}"[:-1] + f" {at(sorted(walls), part):.0f}" for part in (0.5, 0.95, 1.0))
        slow = sum(wall > 1000 * REACH for wall in walls)
        print(f"  {name:28} {told} ms; processor p95 {at(sorted(works), 0.95):.0f}; {slow} over {REACH:g} s; {found}")


def _terms(pair: Pair) -> str:
    return urlencode({"from": pair[0], "to": pair[1]})


def _timed(ask: Callable[[Pair], dict[str, object]], pairs: list[Pair]) -> tuple[Timed, Timed, str]:
    """Milliseconds of the clock and of the processor for each pair, and how many films lie between how many pairs."""
    walls: Timed = []
    works: Timed = []
    found: Counter[str] = Counter()
    for pair in pairs:
        begun, work = time.perf_counter(), time.process_time()
        page = ask(pair)
        walls.append(1000 * (time.perf_counter() - begun))
        works.append(1000 * (time.process_time() - work))
        hops = page["hops"]
        found[f"{len(hops)} films" if isinstance(hops, list) and hops else str(page["outcome"])] += 1
    return walls, works, ", ".join(f"{count} × {name}" for name, count in sorted(found.items()))


def _kinds(index: sqlite3.Connection, source: QuerySource, most: int) -> Iterator[tuple[str, list[Pair]]]:
    """Pairs of each kind, in an order of chance that is always the same."""
    chance = random.Random(5)  # noqa: S311  # for sampling
    everyone = [str(iri) for (iri,) in index.execute(PEOPLE)]
    busy, tried = everyone[:BUSIEST], chance.sample(everyone, min(len(everyone), 6 * most))
    acting = [one for one in tried if _beyond(source, "path-films", one)]
    idle = [one for one in tried if one not in set(acting)]
    some, others = acting[:most], acting[most : 2 * most]
    near = [(one, chance.choice(two)) for one in some if (two := _company(source, one, chance))]
    second = [
        (one, chance.choice(sorted(three))) for one, two in near if (three := {*_company(source, two, chance)} - {one})
    ]
    yield "two of one film", near
    yield "two who met the same person", second
    yield "any two", list(zip(some, others, strict=False))
    yield "one with the busiest", list(zip(some, busy * len(some), strict=False))
    yield "two of the busiest", list(zip(busy, reversed(busy), strict=True))
    yield "one with one who never acts", list(zip(some, idle * len(some), strict=False))


def _company(source: QuerySource, one: str, chance: random.Random) -> list[str]:
    """The others of a film in which somebody acts."""
    films = _beyond(source, "path-films", one)
    return [each for each in _beyond(source, "path-casts", chance.choice(films)) if each != one]


def _beyond(source: QuerySource, name: str, here: str) -> list[str]:
    return [str(there) for _, there in source.select(query.fill(name, here=[URIRef(here)]))]


if __name__ == "__main__":
    main()
