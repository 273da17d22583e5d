"""Changes single things of a sidecar in place, with all the indexes that hold them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from graph.sidecar.build import ABOVE
from graph.sidecar.entries import Entry, spellings

Row = tuple[int, str]
_HIGHER = "SELECT weight, first, past FROM rank WHERE weight > ? ORDER BY weight LIMIT 1"
_LOWER = "SELECT weight, first, past FROM rank WHERE weight < ? ORDER BY weight DESC LIMIT 1"


class NoRoomError(Exception):
    """Raised when no id is left among the names of things of one weight: the index must be made anew."""


class Patch:
    """An open sidecar inside a transaction."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._gone: list[Row] = []
        self._new: list[Row] = []

    def replace(self, number: int, new: Entry | None) -> None:
        """Make the thing of this number what ``new`` says, or nothing. Its names are not found before ``flush``."""
        old = self._base.execute("SELECT * FROM thing WHERE id = ?", (number,)).fetchone()
        row = new and (number, new.iri, new.kind, new.label, new.detail, new.other, new.weight)
        if old == row:
            return
        if old is not None:
            self._base.execute("DELETE FROM thing WHERE id = ?", (number,))
        if row:
            self._base.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        before = spellings((old[3], *old[5].split("\n"))) if old else []
        after = spellings((new.label, *new.others)) if new else []
        if before == after and old and new and old[6] == new.weight:
            return
        for name in before:
            self._drop(number, name)
        if new:
            self._name(number, new, after)

    def flush(self) -> None:
        """Bring the indexes of names up to date, in the order of ids: FTS5 writes a piece for every step back."""
        gone = [(number, "delete", name) for number, name in self._gone]
        new = [(number, "insert", name) for number, name in self._new]
        for number, step, name in sorted(gone + new):
            self._index("name_word", step, number, name)
        for name in sorted({name for _, name in self._gone + self._new}):
            self._spell(name)
        self._gone.clear()
        self._new.clear()

    def say(self, review: int, texts: Sequence[str]) -> None:
        """Make these the sentences of a review."""
        old = self._base.execute("SELECT id, text FROM sentence WHERE review = ? ORDER BY id", (review,)).fetchall()
        if [text for _, text in old] == list(texts):
            return
        for number, text in old:
            self._index("sentence_word", "delete", number, text)
        self._base.execute("DELETE FROM sentence WHERE review = ?", (review,))
        for text in texts:
            added = self._base.execute("INSERT INTO sentence (review, text) VALUES (?, ?)", (review, text))
            self._index("sentence_word", "insert", added.lastrowid or 0, text)

    def count(self, figures: Mapping[str, int]) -> dict[str, int]:
        """Make these the figures; gives them."""
        self._base.execute("DELETE FROM count")
        self._base.executemany("INSERT INTO count VALUES (?, ?)", sorted(figures.items()))
        return dict(figures)

    def _drop(self, thing: int, name: str) -> None:
        found = self._base.execute("SELECT id FROM name WHERE folded = ? AND thing = ?", (name, thing)).fetchall()
        for (number,) in found:
            self._base.execute("DELETE FROM name WHERE id = ?", (number,))
            self._gone.append((number, name))

    def _name(self, thing: int, entry: Entry, names: Sequence[str]) -> None:
        place = self._place(entry.weight, len(names))
        for more, name in enumerate(names):
            self._base.execute("INSERT INTO name VALUES (?, ?, ?, ?)", (place + more, thing, name, entry.kind))
            self._new.append((place + more, name))

    def _place(self, weight: int, size: int) -> int:
        """The first of so many free ids among those of things of a weight."""
        known = self._base.execute("SELECT first, past FROM rank WHERE weight = ?", (weight,)).fetchone()
        first, past = known or self._part(weight)
        place = self._free(first, past)
        if place + size > past:
            raise NoRoomError
        return place

    def _part(self, weight: int) -> tuple[int, int]:
        """Ids for a weight that nothing had: those of the next lower or higher one if nothing has that any more.

        Otherwise the further half of those that are free after the next higher weight. Something of which ever more is
        said, as of a genre, keeps its own ids this way.
        """
        lower = self._base.execute(_LOWER, (weight,)).fetchone()
        higher, first, past = self._base.execute(_HIGHER, (weight,)).fetchone()
        for left in (lower, (higher, first, past)):
            if left is not None and left[0] != ABOVE and self._free(*left[1:]) == left[1]:
                self._base.execute("UPDATE rank SET weight = ? WHERE weight = ?", (weight, left[0]))
                return left[1], left[2]
        free = self._free(first, past)
        middle = free + (past - free) // 2
        self._base.execute("UPDATE rank SET past = ? WHERE weight = ?", (middle, higher))
        self._base.execute("INSERT INTO rank VALUES (?, ?, ?)", (weight, middle, past))
        return middle, past

    def _free(self, first: int, past: int) -> int:
        question = "SELECT MAX(id) FROM name WHERE id >= ? AND id < ?"
        (last,) = self._base.execute(question, (first, past)).fetchone()
        return first if last is None else int(last) + 1

    def _spell(self, name: str) -> None:
        """Keep each spelling that some thing bears exactly once."""
        pieces = sorted({name[start : start + 3] for start in range(len(name) - 2)})
        if not pieces:
            return
        borne = self._base.execute("SELECT 1 FROM name WHERE folded = ? LIMIT 1", (name,)).fetchone()
        known = self._spelt(name, pieces)
        if borne and known is None:
            added = self._base.execute("INSERT INTO spelling (folded) VALUES (?)", (name,))
            self._index("spelling_gram", "insert", added.lastrowid or 0, name)
            self._weigh(pieces, 1)
        elif known is not None and not borne:
            self._index("spelling_gram", "delete", known, name)
            self._base.execute("DELETE FROM spelling WHERE id = ?", (known,))
            self._weigh(pieces, -1)

    def _spelt(self, name: str, pieces: Sequence[str]) -> int | None:
        """The number of a spelling."""
        wanted = " AND ".join(f'"{piece}"' for piece in pieces)
        question = (
            "SELECT id FROM spelling WHERE folded = ? AND id IN"
            " (SELECT rowid FROM spelling_gram WHERE spelling_gram MATCH ?)"
        )
        found = self._base.execute(question, (name, wanted)).fetchone()
        return None if found is None else int(found[0])

    def _weigh(self, pieces: Sequence[str], change: int) -> None:
        question = (
            "INSERT INTO gram VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET spellings = spellings + excluded.spellings"
        )
        self._base.executemany(question, [(piece, change) for piece in pieces])
        self._base.executemany("DELETE FROM gram WHERE gram = ? AND spellings <= 0", [(piece,) for piece in pieces])

    def _index(self, index: str, step: str, number: int, text: str) -> None:
        """Add a text to an index, or take it out as it was put in."""
        column = "text" if index == "sentence_word" else "folded"
        if step == "insert":
            self._base.execute(f"INSERT INTO {index} (rowid, {column}) VALUES (?, ?)", (number, text))  # noqa: S608  # our own names
        else:
            self._base.execute(
                f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', ?, ?)",  # noqa: S608  # our own names
                (number, text),
            )
