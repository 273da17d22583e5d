"""Changes the lists of a sidecar in place, as far as some things changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from graph.sidecar.bits import pack, unpack
from graph.sidecar.entries import key
from graph.sidecar.marks import LISTED, SPARSE, Mark, Said, kept, sort_key
from graph.sidecar.patch import NoRoomError

LATE = 2000
"""Things that may stand outside the order of the slots, besides a fiftieth of the list."""
Marked = Mapping[tuple[str, str], frozenset[Said]]
"""What is said of a thing, by its IRI and kind."""


def gather(found: Iterable[Mark]) -> Marked:
    """The marks by the thing that has them."""
    gathered: dict[tuple[str, str], set[Said]] = {}
    for mark in found:
        gathered.setdefault((mark.iri, mark.kind), set()).update(kept(mark))
    return {thing: frozenset(said) for thing, said in gathered.items()}


class Relist:
    """The lists of an open sidecar inside a transaction, whose things are as they are now."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._bits: dict[tuple[str, str, str | int], bytearray] = {}

    def follow(self, things: Iterable[str], before: Marked, after: Marked) -> None:
        """Bring the lists up to date for these things. Raises ``NoRoomError`` where too many stand out of order."""
        for iri in sorted(things):
            for kind in LISTED:
                none: frozenset[Said] = frozenset()
                self._follow(iri, kind, before.get((iri, kind), none), after.get((iri, kind), none))
        self._write()

    def _follow(self, iri: str, kind: str, before: frozenset[Said], after: frozenset[Said]) -> None:
        number = key(iri, kind)
        was = self._base.execute("SELECT slot, sort FROM item WHERE thing = ?", (number,)).fetchone()
        now = self._base.execute("SELECT label, detail FROM thing WHERE id = ?", (number,)).fetchone()
        year = min((int(value) for facet, value in after if facet == "year"), default=None)
        sort = now and sort_key(kind, now[0], now[1], year, iri)
        if was and sort == was[1]:
            self._turn(kind, was[0], before - after, after - before)
            return
        everything: frozenset[Said] = frozenset({("all", "yes")})
        if was:
            self._turn(kind, was[0], before | everything, frozenset())
            self._base.execute("DELETE FROM item WHERE kind = ? AND slot = ?", (kind, was[0]))
        if sort:
            slot = self._slot(kind)
            self._base.execute("INSERT INTO item VALUES (?, ?, ?, ?, ?)", (kind, slot, number, sort, year))
            self._turn(kind, slot, frozenset(), after | everything)

    def _slot(self, kind: str) -> int:
        """A free slot behind all others."""
        (last,) = self._base.execute("SELECT MAX(slot) FROM item WHERE kind = ?", (kind,)).fetchone()
        found = self._base.execute("SELECT slots FROM ordered WHERE kind = ?", (kind,)).fetchone()
        ordered = found[0] if found else 0
        slot = int(max(ordered, -1 if last is None else last + 1))
        if slot - ordered > LATE + ordered // 50:
            raise NoRoomError
        return slot

    def _turn(self, kind: str, slot: int, off: frozenset[Said], on: frozenset[Said]) -> None:
        """Take marks from a slot and give it others."""
        for said, there in (*((each, False) for each in off), *((each, True) for each in on)):
            facet, value = said
            if facet not in SPARSE:
                self._set(kind, facet, value, slot, there=there)
            elif there:
                self._base.execute("INSERT OR IGNORE INTO mark VALUES (?, ?, ?)", (facet, value, slot))
            else:
                self._base.execute("DELETE FROM mark WHERE facet = ? AND value = ? AND slot = ?", (facet, value, slot))

    def _set(self, kind: str, facet: str, value: str | int, slot: int, *, there: bool) -> None:
        bits = self._bits.get((kind, facet, value))
        if bits is None:
            question = "SELECT bits FROM facet WHERE kind = ? AND facet = ? AND value = ?"
            found = self._base.execute(question, (kind, facet, value)).fetchone()
            number = unpack(found[0]) if found else 0
            bits = self._bits[kind, facet, value] = bytearray(number.to_bytes(number.bit_length() // 8 + 1, "little"))
        if slot >> 3 >= len(bits):
            bits.extend(bytes((slot >> 3) - len(bits) + 1))
        if there:
            bits[slot >> 3] |= 1 << (slot & 7)
        else:
            bits[slot >> 3] &= ~(1 << (slot & 7)) & 0xFF

    def _write(self) -> None:
        for (kind, facet, value), held in sorted(self._bits.items(), key=repr):
            bits = int.from_bytes(held, "little")
            named = (kind, facet, value)
            self._base.execute("DELETE FROM facet WHERE kind = ? AND facet = ? AND value = ?", named)
            if bits:
                self._base.execute("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", (*named, bits.bit_count(), pack(bits)))
