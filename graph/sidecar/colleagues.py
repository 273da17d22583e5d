"""With whom a person worked most often, counted at the moment of asking over the casts of their films."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from graph.sidecar.casts import unpack
from graph.sidecar.entries import key

Ask = Callable[..., list[Any]]
"""Runs a statement of SQL with its values; gives the rows."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who worked on the same films: how many, and the first title among them."""

    other: str
    name: str
    films: int
    title: str


def colleagues(ask: Ask, person: str, most: int) -> list[Colleague]:
    """Those with whom a person shares most films, then by name; what ``person-colleagues`` asks of a store."""
    number = key(person, "person")
    films = _films(ask, [number]).get(number, ())
    titles = {one: title for one, _, title in ask(_LABELS, json.dumps(films), -1)}
    seen = Counter(unpack(b"".join(people for (people,) in ask(_CASTS, json.dumps(list(titles))))))
    seen.pop(number, None)
    best = list(islice(_named(ask, seen, most), most))
    careers = _films(ask, [one for one, _, _ in best])
    return [
        Colleague(iri, name, seen[one], min(titles[film] for film in careers[one] if film in titles))
        for one, iri, name in best
    ]


def _named(ask: Ask, seen: Counter[int], most: int) -> Iterator[tuple[int, str, str]]:
    """Number, IRI and name of all who have one, most often seen first, then by name."""
    times = itemgetter(1)
    least = min(nlargest(most, seen.values()), default=0)
    for often in (True, False):  # the others are put in order only where too few of the first have names
        part = sorted((pair for pair in seen.items() if (pair[1] >= least) is often), key=times, reverse=True)
        for _, group in groupby(part, key=times):
            yield from ask(_LABELS, json.dumps([one for one, _ in group]), most)


def _films(ask: Ask, people: Iterable[int]) -> dict[int, tuple[int, ...]]:
    return {person: unpack(films) for person, films in ask(_CAREERS, json.dumps(list(people)))}


_LABELS = """
  SELECT thing.id, iri, label FROM json_each(?1) CROSS JOIN thing ON thing.id = json_each.value
  ORDER BY label, iri LIMIT ?2
"""
_CASTS = "SELECT people FROM json_each(?1) CROSS JOIN cast_of ON film = json_each.value"
_CAREERS = "SELECT person, films FROM json_each(?1) CROSS JOIN career ON person = json_each.value"
