"""The ways from one film to others: by the same director, with the same cast, with characters of the same names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graph.sidecar.entries import key
from graph.sidecar.marks import sort_key

Ask = Callable[..., list[Any]]
"""Runs a statement of SQL with its values; gives the rows."""
MOST = 40
"""Films of the same directors."""
COMPANY = 12
"""Films with the same cast."""
NAMESAKES = 24
"""Films with characters of the same names."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Other:
    """Another film, and who leads to it: a director, or a character of the same name."""

    other: str
    title: str
    year: int | None
    shared: str
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """Another film, and how many of the cast are in it."""

    other: str
    title: str
    year: int | None
    shared: int


def by_directors(ask: Ask, film: str, directors: Iterable[tuple[str, str]]) -> list[Other]:
    """Other films of the directors, each given by name and IRI; what ``film-same-director`` asks of a store."""
    found: list[Other] = []
    for name, person in sorted(set(directors)):
        rows = ask(_DIRECTED, key(person, "person"), key(film, "film"), MOST - len(found))
        found += [Other(other, title, year, person, name) for other, title, year in rows]
        if len(found) == MOST:
            break
    return found


def with_cast(ask: Ask, film: str, actors: Iterable[str]) -> list[Company]:
    """Other films in which at least two of the actors meet again; what ``film-same-cast`` asks of a store."""
    numbers = json.dumps([key(actor, "person") for actor in sorted(set(actors))])
    return [Company(*row) for row in ask(_MEETING, numbers, key(film, "film"), COMPANY)]


def with_names(ask: Ask, film: str, names: Iterable[str]) -> list[Other]:
    """Other films in which a character bears one of the names; what ``characters-elsewhere`` asks of a store."""
    places = [(_place(name), name) for name in sorted(set(names))]
    wanted = json.dumps([[place, place + _LAST, name] for place, name in places])
    return [Other(*row) for row in ask(_NAMESAKES, wanted, key(film, "film"), NAMESAKES)]


def bearers(ask: Ask, name: str, after: str | None, most: int) -> list[tuple[str, str]]:
    """The characters that are called just so, each with its film, those of the earliest films first, by IRI.

    ``after`` is the character that comes before them, None for the first of all.
    """
    place = _place(name)
    found = ask(_SORTED, key(after, "character")) if after else []
    return ask(_CALLED, found[0][0] if found else place, place + _LAST, name, most)


def count_bearers(ask: Ask, name: str, most: int) -> int:
    """How many characters are called just so; ``most`` is as far as they are counted."""
    place = _place(name)
    return int(ask(_COUNTED, place, place + _LAST, name, most)[0][0])


def _place(name: str) -> str:
    """Where characters of a name stand in their list, up to the year."""
    return sort_key("character", name, "", None, "")[:-1]


_DIRECTED = """
  SELECT iri, label, year FROM mark CROSS JOIN item ON item.kind = 'film' AND item.slot = mark.slot
  CROSS JOIN thing ON thing.id = item.thing
  WHERE facet = 'director' AND value = ?1 AND item.thing <> ?2 ORDER BY year, label, iri LIMIT ?3
"""
_MEETING = """
  SELECT iri, label, year, people FROM (
    SELECT iri, label, year, people FROM (
      SELECT slot, COUNT(*) AS people
      FROM json_each(?1) CROSS JOIN mark ON facet = 'actor' AND mark.value = json_each.value
      GROUP BY slot HAVING COUNT(*) > 1
    ) met CROSS JOIN item ON item.kind = 'film' AND item.slot = met.slot CROSS JOIN thing ON thing.id = item.thing
    WHERE item.thing <> ?2 ORDER BY people DESC, iri LIMIT ?3
  ) ORDER BY people DESC, year, label, iri
"""
_NAMED = """
  FROM item INDEXED BY item_sort CROSS JOIN thing one ON one.id = item.thing
"""
_BETWEEN = "WHERE item.kind = 'character' AND item.sort > ?1 AND item.sort < ?2 AND one.label = ?3"
_SORTED = "SELECT sort FROM item WHERE thing = ?1"
_CALLED = f"""
  SELECT one.iri, film.iri {_NAMED} CROSS JOIN place ON place.thing = one.id
  CROSS JOIN thing film ON film.id = place.film {_BETWEEN} ORDER BY item.sort, film.iri LIMIT ?4
"""
_COUNTED = f"SELECT COUNT(*) FROM (SELECT 1 {_NAMED} {_BETWEEN} LIMIT ?4)"  # noqa: S608  # our own words
# CROSS JOIN keeps this order of loops: name after name, in each the characters by year and IRI, until there are enough.
_NAMESAKES = """
  SELECT film.iri, film.label, item.year, one.iri, one.label
  FROM json_each(?1) wanted
  CROSS JOIN item INDEXED BY item_sort ON item.kind = 'character' AND item.sort > wanted.value ->> 0
    AND item.sort < wanted.value ->> 1
  CROSS JOIN thing one ON one.id = item.thing AND one.label = wanted.value ->> 2
  CROSS JOIN place ON place.thing = one.id AND place.film <> ?2
  CROSS JOIN thing film ON film.id = place.film
  LIMIT ?3
"""
