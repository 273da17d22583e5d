"""Whether a pair is said of another film than the reviewed one: its words lie in that film's reach in their clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.extract import names
from graph.extract.index import NameIndex
from graph.extract.known import is_title
from graph.extract.pairs import Pair
from graph.extract.patterns import compiled
from graph.extract.rules import load
from graph.extract.units import Coded, Unit

_BRACKETED = ("par", "rpar")
_SEQUEL = re.compile(r" (?:\d+|i{2,3}|iv|v|vi)$")
"""The end of a sequel's title: in its review "the sequel" is the film itself."""

_VERSION = re.compile(r"\b(?:version|original|remake|adaptation|series|production|musical)\b")
"""What speaks of one film among several, so that its year is not the reviewed one's where that is not told."""

_MODELS = frozenset(("original", "sequel", "prequel", "remake", "novel"))
"""What a film is made from or leads to, with no comma before the name: "in the sequel Ann Bell plays Fay"."""

_GROUP = re.compile(r"\(\?P<\w+>")
_PHRASE = re.compile("[\ue000-\ue0ff\ue800-\uefff]")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak of another film; the pair stands after them in the clause, or with ``after`` before them."""

    name: str
    pattern: re.Pattern[str]
    after: bool
    brackets: bool
    """Whether the cue reaches brackets too, which mostly tell of the reviewed film."""
    sequels: bool
    """Whether the cue counts in the review of a sequel."""
    of_role: bool
    """Whether the cue must stand behind the role: a film behind the performer only says where he is known from."""


@cache
def cues() -> tuple[Cue, ...]:
    """All cues of ``rules/relations.toml``, compiled."""
    return tuple(
        Cue(e["name"], compiled(e["pattern"]), e["after"], e["brackets"], e["sequels"], e.get("of_role", False))
        for e in load("relations")["elsewhere"]
    )


@cache
def _any_cue(after: bool) -> re.Pattern[str]:
    """What one of the cues on that side matches, in one pattern: most words hold none."""
    return re.compile("|".join(f"(?:{_GROUP.sub('(?:', cue.pattern.pattern)})" for cue in cues() if cue.after == after))


@lru_cache(maxsize=256)
def _is_cued(before: str) -> bool:
    """Whether the words before a pair hold a cue; most pairs of a sentence have the same words before them."""
    return _any_cue(False).search(before) is not None


def elsewhere(pair: Pair, index: NameIndex) -> str:
    """The name of the cue by which a pair belongs to another film; empty where none does."""
    match = pair.match
    text = match.coded.text
    before = _spelt(text[: match.start], match.coded)
    units = (pair.actor_unit, pair.role_unit, match.roles[-1][-1] if pair.shared and match.roles else pair.role_unit)
    after = _spelt(text[max(text.find(unit.symbol) for unit in units) + 1 :], match.coded)
    sequel = _SEQUEL.search(index.title) is not None
    if not sequel and text[: match.start].endswith("in ") and not _MODELS.isdisjoint(pair.actor_unit.before):
        return "in what it was made from or led to"
    if _any_cue(True).match(after) is None and not _is_cued(before):
        return ""
    return next((c.name for c in cues() if _holds(c, pair, after if c.after else before, sequel, index)), "")


def _spelt(words: str, coded: Coded) -> str:
    """The words with descriptions spelt out, as "the 1961 version" is one."""
    return _PHRASE.sub(lambda found: _told(coded.units[found[0]]), words)


def _told(unit: Unit) -> str:
    """A description or a theatre in words, any other name as its symbol."""
    return unit.text.lower() if unit.kind != "name" or names.key(unit.text) in _THEATRES else unit.symbol


_THEATRES = frozenset(("broadway", "off broadway", "west end"))


def _holds(cue: Cue, pair: Pair, words: str, sequel: bool, index: NameIndex) -> bool:
    if (sequel and not cue.sequels) or (pair.match.rule.form in _BRACKETED and not cue.brackets):
        return False
    if cue.of_role and _actor_last(pair):
        return False
    found = cue.pattern.match(words) if cue.after else cue.pattern.search(words)
    return found is not None and all(
        test(found, pair.match.coded, index) for test in (_other_film, _other_year, _stays)
    )


def _actor_last(pair: Pair) -> bool:
    text = pair.match.coded.text
    return text.find(pair.actor_unit.symbol) > text.find(pair.role_unit.symbol)


def _other_film(found: re.Match[str], coded: Coded, index: NameIndex) -> bool:
    """Whether the film that the words name, where they name one, is marked as a title and not the reviewed film."""
    named = {group: symbol for group, symbol in found.groupdict().items() if symbol and group.startswith("film")}
    unit = coded.units.get(next(iter(named.values()), ""))
    if unit is None:
        return True
    folded = names.key(unit.text)
    told = unit.kind == "title" or unit.quoted or "film_sure" in named
    marked = told or is_title(folded, index.title)
    return marked and bool(index.title) and folded not in index.title


def _other_year(found: re.Match[str], _: Coded, index: NameIndex) -> bool:
    """Whether the year that the words tell is not the reviewed film's, or a version's where that is not told."""
    year = found.groupdict().get("year")
    return year is None or (index.year != year if index.year else _VERSION.search(found[0]) is not None)


def _stays(found: re.Match[str], coded: Coded, index: NameIndex) -> bool:
    """Whether the words do not come back to the reviewed film: "here", "this film", its title."""
    named = [coded.units[symbol] for symbol in found[0] if symbol in coded.units]
    return _back().search(found[0]) is None and all(names.key(unit.text) != index.title for unit in named)


@cache
def _back() -> re.Pattern[str]:
    return compiled(load("relations")["refuting"]["back"])
