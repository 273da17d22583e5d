"""Lists in a sidecar: narrowed by facets, counted, and read page by page from any place, whatever their length."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.sidecar.bits import first, unpack
from graph.sidecar.entries import key
from graph.sidecar.marks import OF_PEOPLE, SPARSE

FACETS: Mapping[str, tuple[str, ...]] = {
    "film": ("decade", "genre", "rating", "director", "actor", "reviews", "evidence"),
    "person": ("job", "evidence"),
    "character": ("decade", "evidence"),
    "review": ("decade", "genre", "outlet", "reviewer", "evidence"),
}
"""By what the things of each kind can be narrowed; choices are offered in this order."""
MORE: Mapping[str, tuple[str, ...]] = {"film": ("year", "directed"), "character": ("year",), "review": ("year",)}
"""Facets that no choices are offered of."""
YES_OR_NO = ("reviews", "evidence", "directed")
ORDERS: Mapping[str, tuple[str, ...]] = {
    "film": ("name", "year", "rating"),
    "person": ("name",),
    "character": ("name", "year"),
    "review": ("name", "year"),
}
LEAST = tuple(str(number) for number in range(11))
RATINGS = (9, 8, 7, 6, 5)
"""Of ten: from which ratings on films can be had."""
OFFERED = 200
"""Values of a facet of many values that are counted; those borne by most."""
ROOM = 64_000_000
"""Bytes of sets of things that are kept in memory."""
_PIECE = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list; ``key`` says where the rows after it begin. ``detail`` is as in a hit."""

    iri: str
    label: str
    detail: str
    year: int | None
    key: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, and how many things would be left. ``label`` names an IRI; else it is the value."""

    value: str
    label: str
    things: int


class Lists:
    """The lists of one sidecar. ``ask`` gives the rows of a question to its tables; safe between threads if it is."""

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask
        self._held: dict[tuple[str, ...], int] = {}
        self._size = 0
        self._offers: dict[str, dict[str | int, tuple[int, ...]]] = {}

    def narrowed(self, kind: str, wanted: Mapping[str, str]) -> int:
        """The set of all things of a kind that have all these values, as bits.

        ``rating`` is the least of ten that some source gives; ``yes`` or ``no`` answer what is there or not; directors
        and actors are IRIs.
        """
        found = self._bits(kind, "all", "yes")
        for facet, value in wanted.items():
            found &= self._of(kind, facet, value)
        return found

    def count(self, kind: str, wanted: Mapping[str, str]) -> int:
        """How many things of a kind have all these values."""
        return self.narrowed(kind, wanted).bit_count()

    def page(
        self, kind: str, wanted: Mapping[str, str], *, order: str = "name", after: str = "", limit: int = 100
    ) -> tuple[int, list[Listed]]:
        """How many there are, and the rows that follow a key in an order."""
        found = self.narrowed(kind, wanted)
        rows: list[tuple[str, int]] = []
        for prefix, group, begin in self._groups(kind, order, after):
            some = found & group
            if some:
                rows += [(prefix, slot) for slot in self._next(kind, some, begin, limit - len(rows))]
            if len(rows) >= limit:
                break
        return found.bit_count(), self._rows(kind, rows)

    def slots(self, kind: str) -> int:
        """How many places the list of a kind has; some may be free."""
        found = self._ask("SELECT MAX(slot) FROM item WHERE kind = ?", kind)
        return int(found[0][0]) + 1 if found and found[0][0] is not None else 0

    def addresses(self, kind: str, first: int, past: int) -> list[str]:
        """The IRIs of the things at some places of the list of a kind, in that order."""
        return [str(iri) for (iri,) in self._ask(_IRIS, kind, first, past)]

    def choices(self, kind: str, wanted: Mapping[str, str]) -> dict[str, list[Choice]]:
        """For each facet, the values that would leave something, with how many; the chosen value is among them."""
        return {facet: self._choices(kind, facet, wanted) for facet in FACETS[kind]}

    def values(self, kind: str, facet: str) -> list[str]:
        """All values of a facet of few values that something has, in order."""
        return [str(value) for (value,) in self._ask(_ALL, kind, facet)]

    def label(self, facet: str, value: str) -> str:
        """A value in words."""
        if facet == "genre" or facet in OF_PEOPLE:
            found = self._ask(_LABEL, key(value, "person" if facet in OF_PEOPLE else "genre"))
            return str(found[0][0]) if found else value.rstrip("/").rsplit("/", 1)[-1]
        return value

    def _choices(self, kind: str, facet: str, wanted: Mapping[str, str]) -> list[Choice]:
        rest = self.narrowed(kind, {name: value for name, value in wanted.items() if name != facet})
        if facet in SPARSE:
            found = self._counted(facet, rest)
        else:
            values = self._values(kind, facet)
            counts = ((value, (rest & self._of(kind, facet, value)).bit_count()) for value in values)
            found = [Choice(value, self.label(facet, value), count) for value, count in counts if count]
        return (
            found if facet in ("decade", "rating", *YES_OR_NO) else sorted(found, key=lambda it: (-it.things, it.label))
        )

    def _values(self, kind: str, facet: str) -> list[str]:
        if facet == "rating":
            return [str(number) for number in RATINGS]
        if facet in YES_OR_NO:
            return ["yes", "no"]
        question = "SELECT value FROM facet WHERE kind = ? AND facet = ? ORDER BY things DESC, value LIMIT ?"
        found = [value for (value,) in self._ask(question, kind, facet, OFFERED)]
        return sorted(found, reverse=True) if facet == "decade" else found

    def _counted(self, facet: str, rest: int) -> list[Choice]:
        """The values of a facet of many that are borne by most, counted among some things."""
        among = rest.to_bytes(rest.bit_length() // 8 + 1, "little")
        size = len(among) << 3
        found = []
        for value, slots in self._offer(facet).items():
            count = sum(among[slot >> 3] >> (slot & 7) & 1 for slot in slots if slot < size)
            if count:
                found.append((value, count))
        named = ((self._named(facet, value), count) for value, count in found)
        return [Choice(*name, count) for name, count in named if name]

    def _named(self, facet: str, value: str | int) -> tuple[str, str] | None:
        if facet not in OF_PEOPLE:
            return str(value), str(value)
        found = self._ask("SELECT iri, label FROM thing WHERE id = ?", value)
        return (found[0][0], found[0][1]) if found else None

    def _offer(self, facet: str) -> dict[str | int, tuple[int, ...]]:
        held = self._offers.get(facet)
        if held is None:
            held = {}
            for (value,) in self._ask(_OFTEN, facet, OFFERED):
                slots = self._ask("SELECT slot FROM mark WHERE facet = ? AND value = ?", facet, value)
                held[value] = tuple(slot for (slot,) in slots)
            self._offers[facet] = held
        return held

    def _of(self, kind: str, facet: str, value: str) -> int:
        if facet in SPARSE:
            found = 0
            wanted = key(value, "person") if facet in OF_PEOPLE else value
            for (slot,) in self._ask("SELECT slot FROM mark WHERE facet = ? AND value = ?", facet, wanted):
                found |= 1 << slot
            return found
        if facet == "rating":
            least = f"{int(value) * 10:03}" if value in LEAST else "999"
            return self._either(kind, "score", [score for score in self._scores(kind) if score >= least])
        if facet in YES_OR_NO and value == "no":
            return self._bits(kind, "all", "yes") & ~self._bits(kind, facet, "yes")
        return self._bits(kind, facet, value)

    def _scores(self, kind: str) -> list[str]:
        return [score for (score,) in self._ask(_ALL, kind, "score")]

    def _either(self, kind: str, facet: str, values: list[str]) -> int:
        found = 0
        for value in values:
            found |= self._bits(kind, facet, value)
        return found

    def _bits(self, kind: str, facet: str, value: str) -> int:
        named = (kind, facet, value)
        held = self._held.get(named)
        if held is None:
            rows = self._ask("SELECT bits FROM facet WHERE kind = ? AND facet = ? AND value = ?", *named)
            held = unpack(rows[0][0]) if rows else 0
            if self._size > ROOM:
                self._held, self._size = {}, 0
            self._held[named] = held
            self._size += held.bit_length() // 7 + 200
        return held

    def _groups(self, kind: str, order: str, after: str) -> Iterator[tuple[str, int, str]]:
        """The things of a kind in the groups of an order: how their keys begin, and after which key to go on."""
        everything = self._bits(kind, "all", "yes")
        if order == "name":
            yield "", everything, after
            return
        facet, past, width = ("year", 9999, 4) if order == "year" else ("score", 100, 3)
        begun, _, rest = after.partition(" ")
        values = [value for (value,) in self._ask(_ALL, kind, facet)]
        groups = self._apart(kind, facet, values)
        for value, group in groups:
            prefix = f"{past - int(value):0{width}}"
            if prefix >= begun:
                yield prefix + " ", group, rest if prefix == begun else ""
        prefix = f"{past:0{width}}" if order == "year" else "999"
        if prefix >= begun:
            yield prefix + " ", everything & ~self._either(kind, facet, values), rest if prefix == begun else ""

    def _apart(self, kind: str, facet: str, values: list[str]) -> list[tuple[str, int]]:
        """The things by value, the highest first; of several years the first counts, of several ratings the best."""
        seen, found = 0, []
        for value in values if facet == "year" else reversed(values):
            group = self._bits(kind, facet, value)
            found.append((value, group & ~seen))
            seen |= group
        return found[::-1] if facet == "year" else found

    def _next(self, kind: str, some: int, after: str, limit: int) -> list[int]:
        """The slots of a set in the order of names, after a name."""
        ordered = self._ordered(kind)
        begin = 0
        if after:
            rows = self._ask(_BEGIN, kind, after, ordered)
            begin = rows[0][0] if rows else ordered
        found = first(some & ((1 << ordered) - 1), begin, limit)
        if some >> ordered == 0:
            return found
        late = [(sort, slot) for slot, sort in self._ask(_LATE, kind, ordered, after) if some >> slot & 1][:limit]
        return [slot for _, slot in sorted([*self._sorts(kind, found), *late])[:limit]]

    def _sorts(self, kind: str, slots: list[int]) -> list[tuple[str, int]]:
        return [(sort, slot) for slot, sort in self._ask(_SORTS, kind, json.dumps(slots))]

    def _ordered(self, kind: str) -> int:
        found = self._ask("SELECT slots FROM ordered WHERE kind = ?", kind)
        return int(found[0][0]) if found else 0

    def _rows(self, kind: str, places: list[tuple[str, int]]) -> list[Listed]:
        found: dict[int, Any] = {}
        for start in range(0, len(places), _PIECE):
            slots = json.dumps([slot for _, slot in places[start : start + _PIECE]])
            found |= {row[0]: row[1:] for row in self._ask(_ROWS, kind, slots)}
        rows = ((prefix, *found[slot]) for prefix, slot in places)
        return [Listed(iri, label, detail, year, prefix + sort) for prefix, iri, label, detail, year, sort in rows]


_IRIS = """
  SELECT iri FROM item JOIN thing ON thing.id = item.thing
  WHERE item.kind = ? AND slot >= ? AND slot < ? ORDER BY slot
"""
_LABEL = "SELECT label FROM thing WHERE id = ?"
_ALL = "SELECT value FROM facet WHERE kind = ? AND facet = ? ORDER BY value"
_OFTEN = "SELECT value FROM mark WHERE facet = ? GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT ?"
_BEGIN = "SELECT slot FROM item WHERE kind = ? AND sort > ? AND slot < ? ORDER BY sort LIMIT 1"
_LATE = "SELECT slot, sort FROM item WHERE kind = ? AND slot >= ? AND sort > ? ORDER BY sort"
_SORTS = "SELECT slot, sort FROM item WHERE kind = ? AND slot IN (SELECT value FROM json_each(?))"
_ROWS = """
  SELECT slot, iri, label, detail, year, sort FROM item JOIN thing ON thing.id = item.thing
  WHERE item.kind = ? AND slot IN (SELECT value FROM json_each(?))
"""
