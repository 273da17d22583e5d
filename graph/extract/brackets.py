"""What refutes a pair of a bracket: a maker and a film, a list of films, a byname, somebody else who stands nearer."""

from __future__ import annotations

import re

from graph.extract import names
from graph.extract.beside import word_before
from graph.extract.index import NameIndex, begins_given
from graph.extract.known import is_title, leading
from graph.extract.pairs import NAMED, Pair
from graph.extract.patterns import said
from graph.extract.rules import words
from graph.extract.units import Unit

_BRACKET = re.compile(r"[()\[\]{}]")
_BY = re.compile(r"\bby (?:[^\s,;()]+ ){1,4}\( ?$")
"""Somebody by whom something is done to the role, told by a word that is known of no person."""


def is_directing(pair: Pair, index: NameIndex) -> bool:
    """Whether the bracket is of a film and a maker: "Cy Dorn (Low Water) directs", "Ann Bell (Frost, by Cy Dorn)"."""
    work = (" directs", " directed", " wrote", " writes", " shoots", " shot ", " edits", " edited", " photographs")
    if any(is_title(name, index.title) for name in map(names.key, (pair.actor, pair.role))):
        return pair.kind == NAMED
    by = pair.match.rule.form == "rpar" and pair.match.after.startswith((" , by ", " by "))
    text, end = pair.match.coded.text, pair.match.end
    beside = pair.match.coded.units.get(text[end + 5 : end + 6]) if text.startswith(" and ", end) else None
    other = beside is not None and beside.head in words("words", "makers")
    return by or other or text.startswith(work if pair.match.rule.form == "rpar" else work[:2], end)


def is_tail(pair: Pair, _: NameIndex) -> bool:
    """Whether a performer's name follows another without a word between: "(CHILDREN OF MEN)"."""
    coded, unit = pair.match.coded, pair.actor_unit
    return not unit.before and word_before(coded, unit.symbol) in coded.units


def lists_films(pair: Pair, index: NameIndex) -> bool:
    """Whether a bracket holds titles: "Dr. Finn (Low Water, The Weir)"."""
    actor = names.key(index.full(pair.actor))
    if actor in index.cast or actor in leading():
        return False
    match = pair.match
    inside = _BRACKET.split(match.coded.text[match.start : match.end])
    units = [match.coded.units.get(item.strip()) for item in inside[1].split(",")] if len(inside) > 1 else []
    return any(unit is not None and unit.kind == "name" and unit.before in (("the",), ("a",)) for unit in units)


def is_makers_film(pair: Pair, index: NameIndex) -> bool:
    """Whether a quotation in brackets stands behind one of the crew: "director Cy Dorn ("Low Water")"."""
    actor = names.key(index.full(pair.actor))
    return pair.role_unit.quoted and actor in index.crew and actor not in index.cast


def is_far(pair: Pair, _: NameIndex) -> bool:
    """Whether a bracket far behind the role belongs to somebody between: "Fay is chased by a brute (Cy Dorn)"."""
    if pair.match.rule.name != "bracket, far":
        return False
    units = pair.match.coded.units
    nearer = any(symbol in units and units[symbol].kind in ("name", "human") for symbol in pair.match.gap)
    return nearer or (pair.kind == NAMED and _BY.search(pair.match.gap) is not None)


def is_byname(pair: Pair, _: NameIndex) -> bool:
    """Whether a bracket only names somebody otherwise: "Ann Bell (aka Ann Orr)", "Anthony (Tony) Bell"."""
    unit, match = pair.actor_unit if pair.match.rule.form == "par" else pair.role_unit, pair.match
    outer = pair.role_unit if unit is pair.actor_unit else pair.actor_unit
    if not words("words", "otherwise").isdisjoint(unit.before):
        return True
    behind = match.coded.units.get(match.coded.text[match.end + 1 : match.end + 2]) if _bynamed(unit) else None
    return behind is not None and behind.kind == "name" and not behind.before and " " not in outer.text


def _bynamed(unit: Unit) -> bool:
    """Whether a name can be another one's byname: "Anthony (Tony) Bell", not "Jack (Cy Dorn) Bell"."""
    return " " not in unit.text or not begins_given(unit.text)


def is_made_by(pair: Pair, _: NameIndex) -> bool:
    """Whether the bracket names who made the film: "the cinematographer (Cy Dorn)"."""
    first = pair.role.split(" ")[0]
    if pair.match.rule.form == "rpar" and not words("words", "makers").isdisjoint(pair.actor_unit.before[-1:]):
        return True
    return pair.role_unit.head in words("words", "makers") and first not in ("a", "an", "his", "her", "two")


def is_origin(pair: Pair, _: NameIndex) -> bool:
    """Whether a name only says where a person before the bracket is from: "a banker from Rook (Cy Dorn)"."""
    text = pair.match.coded.text
    if begins_given(pair.role):
        return False
    return said("origin", text[: max(0, text.find(pair.role_unit.symbol))])


def is_other_film(pair: Pair, index: NameIndex) -> bool:
    """Whether a bracket holds no role but a title, or a certificate: "Ann Bell (For Your Eyes Only)"."""
    held, units = _held(pair), pair.match.coded.units
    first = units.get(held[0]) if held else None
    if first is not None and first.before == ("the",) and held[1:] == ["'s", pair.role_unit.symbol]:
        return pair.kind == NAMED  # "Cy Dorn (The General's Daughter)": a daughter would be written small
    if pair.match.rule.form == "rpar" and names.key(pair.actor).split(" ")[0] in _FOREIGN:
        return True  # "La Novia (The Bride)"
    told = " ".join(_spelt(units[word]) if word in units else word for word in held)
    return (
        told in _CERTIFICATES or is_title(told, index.title) or (pair.match.rule.form == "rpar" and _lists(pair, index))
    )


def _lists(pair: Pair, index: NameIndex) -> bool:
    """Whether another name of the sentence has a film behind it: "Ann Bell (Goldfinger), Cy Dorn (The Wicker Man)"."""
    units = pair.match.coded.units
    held = ([units[s] for s in found[1].split() if s in units] for found in _BEHIND.finditer(pair.match.coded.text))
    return pair.kind == NAMED and any(is_title(_joined(one), index.title) for one in held if one)


_BEHIND = re.compile("[\ue000-\ue7ff] \\( ([^()]{1,60}) \\)")


def _joined(units: list[Unit]) -> str:
    return " ".join(map(_spelt, units))


def _held(pair: Pair) -> list[str]:
    """The symbols and words of the bracket that holds one of the two; none where there is no such bracket."""
    text = pair.match.coded.text
    inner, outer = pair.role_unit.symbol, pair.actor_unit.symbol
    if pair.match.rule.form == "par":
        inner, outer = outer, inner
    place = text.find(inner)
    start, end = text.rfind("(", 0, place), text.find(")", place)
    return text[start + 1 : end].split() if text.find(outer) <= start < end else []


def _spelt(unit: Unit) -> str:
    return " ".join((*unit.before, unit.text))


_FOREIGN = frozenset(("la", "las", "los", "les", "el", "il", "un", "une", "das", "die", "gli"))
"""Articles of other languages, at the head of titles."""
_CERTIFICATES = frozenset(("R", "PG", "NC-17", "PG-13"))


def is_title_begun(pair: Pair, _: NameIndex) -> bool:
    """Whether a name in a bracket goes on as titles do: "Cy Dorn (Low Water: The Return)"."""
    return pair.match.after.startswith(" : ")
