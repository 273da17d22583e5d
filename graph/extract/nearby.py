"""What refutes a pair by what stands beside it: a place, the performer's own people, a row of names, a bracket."""

from __future__ import annotations

import re

from graph.extract import known, names
from graph.extract.index import NameIndex, begins_given, has_title
from graph.extract.pairs import NAMED, Pair
from graph.extract.rules import words


def is_place(pair: Pair, index: NameIndex) -> bool:
    """Whether a name before a comma says where it happens: "in icy Oslo, a priest (Cy Dorn)"."""
    unit = pair.role_unit
    if pair.match.rule.name not in _APPOSED or unit.kind != "name" or begins_given(unit.text) or has_title(unit.text):
        return False
    return _WITHIN.search(pair.match.coded.text[: pair.match.coded.text.find(unit.symbol)]) is not None


_WITHIN = re.compile(r"\b(?:in|at|near|across|around|throughout) (?:[^\s,;:().]+ ){0,3}$")
_APPOSED = ("passive, after an apposition", "bracket, apposition", "bracket after what somebody is")


def is_behind_a_nearer(pair: Pair, _: NameIndex) -> bool:
    """Whether a person is named between a name and "played by": "at Coal Creek, Bo Finn, played by Cy Dorn"."""
    if pair.match.rule.name != "passive, after an apposition":
        return False
    between = (pair.match.coded.units.get(word) for word in pair.match.gap.split(" "))
    return any(u is not None and u.kind == "name" and (begins_given(u.text) or has_title(u.text)) for u in between)


def is_no_performer(pair: Pair, index: NameIndex) -> bool:
    """Whether the name is the film's, or a well-known character's or film's: "Sherlock Holmes poses as a tramp"."""
    full = names.key(index.full(pair.actor))
    if full in index.cast or full in known.famous():
        return False
    return full == index.title or full in known.characters() or known.is_title(full)


def is_own(pair: Pair, _: NameIndex) -> bool:
    """Whether somebody is the performer's own: "Bell's own daughter, Kitty", "Bell, whose wife was ill"."""
    if (
        pair.match.rule.name == "possessive"
        and pair.kind != NAMED
        and pair.role_unit.head in words("nouns", "relations")
    ):
        return True
    if pair.match.rule.name == "whose" and pair.kind != NAMED and pair.role_unit.head in words("nouns", "kin"):
        return True
    units = (pair.role_unit, pair.description)
    told = {word for unit in units if unit is not None for word in (*unit.before, *unit.text.lower().split())}
    return "own" in told or (not told.isdisjoint(_ACTUAL) and not told.isdisjoint(words("nouns", "kin")))


_ACTUAL = frozenset(("real", "real-life", "actual", "off-screen", "offscreen"))


def is_listed(pair: Pair, _: NameIndex) -> bool:
    """Whether names simply follow one another: "Ann Bell, Cy Dorn, Fay Orr, Bo Finn"."""
    units, run = pair.match.coded.units, set[str]()
    for word in pair.match.coded.text.split(" "):
        if word in units and units[word].kind == "name" and not units[word].before:
            run.add(word)
        elif word != ",":
            if len(run) > 3 and {pair.role_unit.symbol, pair.actor_unit.symbol} <= run:
                return True
            run = set()
    return len(run) > 3 and {pair.role_unit.symbol, pair.actor_unit.symbol} <= run


def is_named_behind(pair: Pair, _: NameIndex) -> bool:
    """Whether a bracket behind a description tells its name: "Ann Bell is the flatmate (Fay, with red hair)"."""
    text = pair.match.coded.text
    ahead = text[text.find(pair.role_unit.symbol) + 1 :][:6]
    unit = pair.match.coded.units.get(ahead[3:4]) if ahead.startswith(" ( ") else None
    return unit is not None and unit.kind == "name" and " " not in unit.text and ahead.endswith((" ,", " )"))
