"""Where some people meet: the films in which they acted or that they directed, and how long their careers are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.sidecar.casts import unpack
from graph.sidecar.colleagues import Ask
from graph.sidecar.entries import key


@dataclass(frozen=True, slots=True)
class Meeting:
    """One person in one film, by IRI."""

    person: str
    film: str


def meetings(ask: Ask, people: Sequence[str], most: int | None, among: Collection[str] | None = None) -> list[Meeting]:
    """Who of some people is in which film: the films that hold most of them first, all or so many of them.

    Among films that hold as many, those of which more is said come first. With ``among`` no other films count.
    """
    counting = None if among is None else {key(film, "film") for film in among}
    named = {key(person, "person"): person for person in people}
    films: dict[int, list[str]] = defaultdict(list)
    for number, career in ask(_CAREERS, json.dumps(list(named))):
        for film in unpack(career):
            if counting is None or film in counting:
                films[film].append(named[number])
    least = min(sorted(map(len, films.values()), reverse=True)[:most], default=0)
    wanted = [film for film, those in films.items() if len(those) >= least]
    known = {film: (weight, iri) for film, iri, weight in ask(_FILMS, json.dumps(wanted))}
    best = sorted(known, key=lambda film: (-len(films[film]), -known[film][0], known[film][1]))
    return [Meeting(person, known[film][1]) for film in best[:most] for person in films[film]]


def busiest(ask: Ask, people: Sequence[str], most: int) -> list[str]:
    """Those of some people who are in most films, the busiest first; among equals as they were given."""
    named = {key(person, "person"): person for person in people}
    lengths = {named[number]: length for number, length in ask(_LENGTHS, json.dumps(list(named)))}
    return sorted(dict.fromkeys(people), key=lambda person: -lengths.get(person, 0))[:most]


_CAREERS = "SELECT person, films FROM json_each(?1) CROSS JOIN career ON person = json_each.value"
_LENGTHS = "SELECT person, length(films) FROM json_each(?1) CROSS JOIN career ON person = json_each.value"
_FILMS = "SELECT thing.id, iri, weight FROM json_each(?1) CROSS JOIN thing ON thing.id = json_each.value"
