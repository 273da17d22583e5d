"""Search in a sidecar: suggestions while typing, full search, near spellings, counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.dossier import Dossier, unpack
from graph.errors import StoreError
from graph.sidecar.browse import Lists
from graph.sidecar.closest import closest
from graph.sidecar.colleagues import Colleague, colleagues
from graph.sidecar.dated import dated
from graph.sidecar.entries import key
from graph.sidecar.fold import fold
from graph.sidecar.meetings import Meeting, busiest, meetings
from graph.sidecar.near import near_spellings
from graph.sidecar.pairs import SEARCH, Pair, Reach, pairs
from graph.sidecar.ways import Company, Other, bearers, by_directors, count_bearers, with_cast, with_names

KINDS = ("film", "person", "character", "genre", "review")
CACHE = 2_000
"""Kilobytes of the file that each connection keeps in memory."""
KEPT = 4
"""Connections that are kept while nobody asks; those that a crowd needs beside them are closed again."""
MAPPED = 128_000_000
"""Bytes of the file that one connection reads without a call of the system; they count as memory of the process."""
LONGEST = 200
"""Characters of a search text that are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``detail`` is a film's year, a character's film, or the sentence of a review that matches.

    ``score`` orders hits of one search, higher first; ``near`` says that the spelling is only similar.
    """

    iri: str
    kind: str
    label: str
    detail: str
    score: float
    near: bool = False


class Sidecar:
    """An open sidecar, read-only. Safe to share between threads: a connection serves one question at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._mapped = False
        self._lists: Lists | None = None
        self._films: bool | None = None

    @property
    def lists(self) -> Lists | None:
        """The lists of things; None where the file was made before there were any."""
        if self._lists is None and self._rows("SELECT 1 FROM sqlite_master WHERE name = 'item'"):
            self._lists = Lists(self._rows)
        return self._lists

    @classmethod
    def open(cls, path: Path) -> Sidecar:
        """Open a sidecar; raises ``StoreError`` where the file is missing or is none."""
        opened = cls(path)
        opened.counts()
        return opened

    def check(self) -> None:
        """Read it all; raises ``StoreError`` where a part of it is damaged."""
        found = self._rows("PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise StoreError(f"the search index {self._path} is damaged: {found[0][0]}")

    def counts(self) -> dict[str, int]:
        """The figures of the home page by name: films, people, characters, roles, roles_with_evidence and so on."""
        return dict(self._rows("SELECT name, value FROM count ORDER BY name"))

    def colleagues(self, person: str, most: int = 24) -> list[Colleague] | None:
        """Those who share most films with a person, by IRI; None where the file was made before it told."""
        return colleagues(self._rows, person, most) if self._has_careers() else None

    def meetings(
        self, people: Sequence[str], most: int | None, among: Collection[str] | None = None
    ) -> list[Meeting] | None:
        """Who of some people is in which film, ``among`` some, those in which most meet first; None as above."""
        return meetings(self._rows, people, most, among) if self._has_careers() else None

    def busiest(self, people: Sequence[str], most: int) -> list[str] | None:
        """Those of some people who are in most films, the busiest first; None as above."""
        return busiest(self._rows, people, most) if self._has_careers() else None

    def _has_careers(self) -> bool:
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = 'career'"))

    def dossier(self, film: str) -> Dossier | None:
        """What the page of a film shows of it; None where there is none, or the file was made before it told."""
        if not self.tells_of_films:
            return None
        found = self._rows("SELECT parts FROM dossier WHERE film = ?", key(film, "film"))
        return unpack(found[0][0]) if found else None

    def by_directors(self, film: str, directors: Iterable[tuple[str, str]]) -> list[Other]:
        """Other films of these directors, each given by name and IRI."""
        return by_directors(self._rows, film, directors)

    def with_cast(self, film: str, actors: Iterable[str]) -> list[Company]:
        """Other films in which at least two of these actors meet again."""
        return with_cast(self._rows, film, actors)

    def with_names(self, film: str, names: Iterable[str]) -> list[Other]:
        """Other films in which a character bears one of these names."""
        return with_names(self._rows, film, names)

    def bearers(self, name: str, after: str | None, most: int) -> list[tuple[str, str]]:
        """Characters that are called just so, each with its film, those of the earliest films first; ``after`` one."""
        return bearers(self._rows, name, after, most)

    def count_bearers(self, name: str, most: int) -> int:
        """How many characters are called just so, counted as far as ``most``."""
        return count_bearers(self._rows, name, most)

    @property
    def tells_of_films(self) -> bool:
        """Whether the file has dossiers, and the ways from film to film; those of earlier versions have none."""
        if self._films is None:
            self._films = bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = 'dossier'"))
        return self._films

    def pairs(self, text: str, limit: int, *, near: bool = True, reach: Reach = SEARCH) -> list[Pair]:
        """The roles that a text names by two of actor, character and film; none where the file tells of no films.

        With ``near`` false typing errors are not seen through; ``reach`` says how far to look.
        """
        if not (self.tells_of_films and self._has_careers()):
            return []
        return pairs(self._rows, fold(text[:LONGEST]), limit, near=near, reach=reach)

    def suggest(self, prefix: str, limit: int = 8, kind: str | None = None, *, near: bool = True) -> list[Hit]:
        """Things that may be meant by what was typed so far: names that begin so, then names with words that do.

        ``kind`` is one of ``KINDS`` or None for all; without ``near`` no near spellings are given where there are none.
        """
        folded = fold(prefix[:LONGEST])
        if not folded:
            return []
        hits = [_hit(row, 2.0) for row in self._rows(_WORDS, f'^"{folded}"*', kind or "", limit)]
        if kind in (None, "film"):
            hits += [_hit(row, 1.5) for row in dated(self._rows, folded, limit)]
        if len(hits) < limit:
            hits += [_hit(row, 1.0) for row in self._rows(_WORDS, _match(folded), kind or "", 2 * limit)]
        return _unique(hits or (self._near(folded, kind or "", limit) if near else []))[:limit]

    def search(
        self, text: str, kind: str | None = None, limit: int = 20, offset: int = 0, *, near: bool = True
    ) -> list[Hit]:
        """Everything whose names hold all the words, the last as far as typed; for reviews also their sentences.

        ``kind`` is one of ``KINDS`` or None for all. Exact names come first, then films whose title and year are asked
        for, as in ``Casablanca (1942)``, then the things of which most is said.
        Where nothing is found, the nearest spellings are given instead, marked as ``near``, unless ``near`` is false.
        """
        folded, wanted = fold(text[:LONGEST]), offset + limit
        if not folded:
            return []
        found = [_hit(row, 2.0) for row in self._rows(_EXACT, folded, kind or "", wanted)]
        if kind in (None, "film"):
            found += [_hit(row, 1.5) for row in dated(self._rows, folded, wanted)]
        found += [_hit(row, 1.0) for row in self._rows(_WORDS, _match(folded), kind or "", 2 * wanted)]
        if kind in (None, "review"):
            found += [_hit(row, 0.5) for row in self._rows(_SENTENCES, _match(folded), 4 * wanted)]
        return _unique(found or (self._near(folded, kind or "", limit) if near else []))[offset:wanted]

    def closest(self, name: str, kind: str, limit: int, *, deep: bool = False) -> list[Hit]:
        """What a name may stand for, of one kind, the most alike first; ``score`` is how alike, from 0 to 1.

        Typing errors, articles, the order of words and initials are looked through; reviews by their titles. With
        ``deep`` near spellings are looked for even where there are things of the very name.
        """
        folded = fold(name[:LONGEST])
        if not folded:
            return []
        return [_hit(row, score) for score, row in closest(self._rows, folded, kind, limit, deep=deep)]

    def about(self, iris: Iterable[str]) -> dict[str, Hit]:
        """What the index says of some things, by IRI; those that it does not know are left out."""
        keys = json.dumps([key(iri, kind) for iri in iris for kind in KINDS])
        rows = self._rows(_ABOUT, keys)
        return {row[0]: _hit(row, 1.0) for row in rows}

    def naming(self, name: str, limit: int) -> list[Hit]:
        """Sentences of reviews that hold a name, its words in a row; the text of each is the ``detail``."""
        folded = fold(name[:LONGEST])
        return [_hit(row, 0.5) for row in self._rows(_SENTENCES, f'"{folded}"', limit)] if folded else []

    def sentences(self, review: str) -> list[str]:
        """The sentences of a review, in the order of its text; of one kept in parts only these."""
        return [text for (text,) in self._rows(_OF_REVIEW, key(review, "review"))]

    def named(self, kind: str, names: Iterable[str]) -> list[str]:
        """The IRIs of all things of a kind that bear one of these names, folded, whole; sorted."""
        folded = sorted({fold(name) for name in names} - {""})
        places = ", ".join("?" * len(folded))
        rows = self._rows(f"SELECT DISTINCT iri FROM named WHERE kind = ? AND folded IN ({places})", kind, *folded)  # noqa: S608  # question marks
        return sorted(iri for (iri,) in rows)

    def _near(self, folded: str, kind: str, limit: int) -> list[Hit]:
        """The things whose names are most like the text."""
        found = [
            (score, row)
            for score, spelling in near_spellings(self._rows, folded, 2 * limit)
            for row in self._rows(_EXACT, spelling, kind, 2 * limit)
        ]
        best = sorted(found, key=lambda pair: (-pair[0], -pair[1][4], pair[1][0]))
        return [Hit(row[0], row[1], row[2], row[3], score, near=True) for score, row in best[: 2 * limit]]

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        try:
            base = self._connection()
            rows = base.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"the search index {self._path} cannot be read: {error}") from error
        if len(self._idle) < KEPT:
            self._idle.append(base)
        else:
            base.close()
        return rows

    def _connection(self) -> sqlite3.Connection:
        """The connection that was used last, whose memory holds most of what is asked again; a new one if all work."""
        try:
            return self._idle.pop()
        except IndexError:
            base = sqlite3.connect(
                f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            base.execute(f"PRAGMA cache_size = -{CACHE}")
            if not self._mapped:  # the one that is used most
                self._mapped = True
                base.execute(f"PRAGMA mmap_size = {MAPPED}")
            return base


_ABOUT = """
  SELECT iri, kind, label, detail FROM thing WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY iri, kind DESC
"""
_EXACT = """
  SELECT iri, kind, label, detail, weight, folded FROM named
  WHERE folded = ?1 AND (?2 = '' OR kind = ?2) ORDER BY id LIMIT ?3
"""
_WORDS = """
  SELECT iri, named.kind, label, detail, weight, named.folded
  FROM name_word JOIN named ON named.id = name_word.rowid
  WHERE name_word MATCH ?1 AND (?2 = '' OR named.kind = ?2) ORDER BY name_word.rowid LIMIT ?3
"""
_OF_REVIEW = "SELECT text FROM sentence WHERE review = ? ORDER BY id"
_SENTENCES = """
  SELECT thing.iri, 'review', thing.label, sentence.text, thing.weight, ''
  FROM sentence_word JOIN sentence ON sentence.id = sentence_word.rowid JOIN thing ON thing.id = sentence.review
  WHERE sentence_word MATCH ?1 ORDER BY sentence_word.rank, sentence.id LIMIT ?2
"""


def _match(folded: str) -> str:
    """All words, the last of which may be unfinished; quoted, so that none is an operator of FTS5."""
    words = folded.split()
    return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])


def _hit(row: Any, score: float) -> Hit:
    return Hit(row[0], row[1], row[2], row[3], score)


def _unique(hits: list[Hit]) -> list[Hit]:
    """The first hit for each thing."""
    return list({hit.iri: hit for hit in reversed(hits)}.values())[::-1]
