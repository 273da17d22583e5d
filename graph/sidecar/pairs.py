"""Roles that two things name together: an actor and a film, a character and an actor, a character and a film.

A text such as "bogart casablanca" names nothing by itself. So it is cut in two at each of its words; where one part is
the name of a film or a person, or a part of it, the other is looked for among those who play there, what they play, and
in which films. That is little to look through, so typing errors are seen through in the other part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from graph.dossier import Dossier, RoleRow, unpack
from graph.sidecar.casts import unpack as numbers_in
from graph.sidecar.entries import key
from graph.sidecar.fold import fold
from graph.sidecar.named import fits, share

MOST_WORDS = 8
"""Words of a text that are looked at."""
CAREER, NAMESAKES = 40, 4
"""Films of a person that are looked through for a character, and people who may be meant."""
_YEAR = re.compile(r"[12][0-9]{3}")

Ask = Callable[..., list[Any]]
"""Runs one question of the index with its values."""
Fit = Callable[[str | None], float]
"""How much of a name a part of the text tells, 0 where it is another."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far to look for what a text may mean."""

    anchors: int
    """Films, and people, that a part of a text may name: those called just so, then those of which most is said."""
    names: int
    """Names that hold the words of a part, those of which most is said, of which films and people are taken."""
    films: int
    """Films whose roles are looked through."""
    titles: int
    """Films of people whom a part may name, whose titles are compared."""


SEARCH, TYPING = Reach(24, 600, 160, 1_500), Reach(12, 200, 60, 300)
"""For a page of results, and for suggestions, which must not keep anybody waiting."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A role that a text names by two of its sides; ``near`` where a side is only spelt much alike."""

    role: str
    person: str
    name: str
    whom: str
    film: str
    title: str
    year: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class _Thing:
    number: int
    iri: str
    kind: str
    label: str
    year: str
    weight: int
    share: float
    """How much of its name the text tells."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text cut in two: the films and careers that one part may name, and the other part."""

    rest: list[str]
    unfinished: bool
    films: list[_Thing]
    careers: list[tuple[_Thing, _Thing]]
    """People with their films, the likeliest people's first."""


@dataclass(slots=True)
class _Search:
    """One search: what was read of the index so far, and the roles that were found, each with how well it fits."""

    ask: Ask
    reach: Reach
    year: str | None
    near: bool = False
    left: int = 0
    """Films whose roles may still be read."""
    dossiers: dict[int, Dossier | None] = field(default_factory=dict)
    found: dict[str, tuple[float, int, Pair]] = field(default_factory=dict)

    def roles(self, film: _Thing, person: _Thing | None = None) -> Iterable[RoleRow]:
        """The roles of a film, or those of one person in it; none once enough was read."""
        if film.number not in self.dossiers and self.left > 0:
            self.left -= 1
            rows = self.ask("SELECT parts FROM dossier WHERE film = ?", film.number)
            self.dossiers[film.number] = unpack(rows[0][0]) if rows else None
        dossier = self.dossiers.get(film.number)
        roles = dossier.roles if dossier else ()
        return roles if person is None else [role for role in roles if role.person == person.iri]

    def note(self, film: _Thing, role: RoleRow, score: float) -> None:
        """Keep a role with the best that is known of it."""
        if self.year is not None and self.year not in film.year:
            return
        whom = role.whom or role.description or ""
        pair = Pair(role.role, role.person, role.name, whom, film.iri, film.label, film.year, self.near)
        before = self.found.get(role.role)
        if before is None or before[0] < score:
            self.found[role.role] = (score, film.weight, pair)


def pairs(ask: Ask, folded: str, limit: int, *, near: bool = True, reach: Reach = SEARCH) -> list[Pair]:
    """The roles that a folded text names by two of their sides, those that it tells most of first.

    The last word may be unfinished, or the year of the film. With ``near`` false typing errors are not seen through.
    """
    words = folded.split()[:MOST_WORDS]
    year = words.pop() if len(words) > 2 and _YEAR.fullmatch(words[-1]) else None
    search = _Search(ask, reach, year)
    cuts = [cut for place in range(1, len(words)) for cut in _cuts(ask, words[:place], words[place:], reach)]
    cuts.sort(key=lambda cut: len(cut.rest))  # where one part tells most, least need be read
    for search.near in (False, True) if near else (False,):
        _look(search, cuts)
        if search.found:
            break
    best = sorted(search.found.values(), key=lambda found: (-found[0], -found[1], found[2].role))
    return [pair for *_, pair in best[:limit]]


def _cuts(ask: Ask, one: list[str], other: list[str], reach: Reach) -> Iterator[_Cut]:
    """A text cut in two, with what each part in turn may name; the other one may be unfinished."""
    for part, rest, end in ((one, other, False), (other, one, True)):
        things = _anchors(ask, part, reach, unfinished=end)
        people = [thing for thing in things if thing.kind == "person"][: reach.anchors]
        films = [thing for thing in things if thing.kind == "film"][: reach.anchors]
        if things:
            yield _Cut(rest, not end, films, list(_careers(ask, people, reach.titles)))


def _anchors(ask: Ask, part: list[str], reach: Reach, *, unfinished: bool) -> list[_Thing]:
    """The films and people whose names hold the words of a part, those first of whose names it is most."""
    text, end = " ".join(part), "*" if unfinished else ""
    rows = ask(_SAME, text, reach.anchors)
    if len(text) > 2:
        match = " ".join([*(f'"{word}"' for word in part[:-1]), f'"{part[-1]}"{end}'])
        rows += ask(_HOLDING, match, reach.names)
    things = {row[0]: _thing(row, share(part, row[5].split())) for row in reversed(rows)}
    return sorted(things.values(), key=lambda thing: (-thing.share, -thing.weight, thing.iri))


def _thing(row: Any, told: float = 0.0) -> _Thing:
    iri, kind, label, year, weight = row[:5]
    return _Thing(key(iri, kind), iri, kind, label, year, weight, told)


def _look(search: _Search, cuts: list[_Cut]) -> None:
    """Look for the rest of each cut in what is known of the films and people that its one part names."""
    search.left = search.reach.films - search.reach.films // 4
    fits_in = [_fit(cut, near=search.near) for cut in cuts]
    for cut, fit in zip(cuts, fits_in, strict=True):
        for film in cut.films:
            for role in search.roles(film):
                if told := max(fit(role.name), fit(role.whom or role.description)):
                    search.note(film, role, told + film.share)
    for cut, fit in zip(cuts, fits_in, strict=True):
        for person, film in cut.careers:
            if told := fit(film.label):
                for role in search.roles(film, person):
                    search.note(film, role, told + person.share)
    search.left += search.reach.films // 4
    for cut, fit in zip(cuts, fits_in, strict=True):
        _look_for_characters(search, cut, fit)


def _fit(cut: _Cut, *, near: bool) -> Fit:
    """What tells how well the rest of a text fits a name."""
    return cache(lambda name: fits(cut.rest, fold(name or "").split(), unfinished=cut.unfinished, near=near))


def _look_for_characters(search: _Search, cut: _Cut, fit: Fit) -> None:
    """Look for the rest of a text in what the likeliest people play."""
    likeliest = list(dict.fromkeys(person.number for person, _ in cut.careers))[:NAMESAKES]
    for number in likeliest:
        for person, film in islice((pair for pair in cut.careers if pair[0].number == number), CAREER):
            for role in search.roles(film, person):
                if told := fit(role.whom or role.description):
                    search.note(film, role, told + person.share)


def _careers(ask: Ask, people: Iterable[_Thing], most: int) -> Iterator[tuple[_Thing, _Thing]]:
    """People with their films: one after the other, of each those first of which most is said."""
    who: dict[int, list[int]] = {}
    for person in people:
        for (packed,) in ask("SELECT films FROM career WHERE person = ?", person.number):
            who[person.number] = list(numbers_in(packed))
    numbers = list(dict.fromkeys(number for films in who.values() for number in films))[:most]
    marks = ", ".join("?" * len(numbers))
    rows = ask(f"SELECT iri, kind, label, detail, weight FROM thing WHERE id IN ({marks})", *numbers)  # noqa: S608  # question marks
    films = {film.number: film for film in map(_thing, sorted(rows, key=lambda row: (-row[4], row[0])))}
    for person in people:
        mine = set(who.get(person.number, ()))
        yield from ((person, film) for number, film in films.items() if number in mine)


_SAME = """
  SELECT iri, kind, label, detail, weight, folded FROM named
  WHERE folded = ?1 AND kind IN ('film', 'person') ORDER BY id LIMIT ?2
"""
_HOLDING = """
  SELECT iri, kind, label, detail, weight, named.folded
  FROM (SELECT rowid FROM name_word WHERE name_word MATCH ?1 ORDER BY rowid LIMIT ?2) AS word
  JOIN named ON named.id = word.rowid WHERE kind IN ('film', 'person')
"""
