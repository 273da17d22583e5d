"""What refutes a pair whatever its confidence: a film after its maker, a list of films, a prize, how it is played."""

from __future__ import annotations

import re
from functools import cache

from graph.extract import names
from graph.extract.elsewhere import elsewhere
from graph.extract.index import NameIndex, famous
from graph.extract.pairs import NAMED, Pair
from graph.extract.patterns import compiled
from graph.extract.rules import load, words

_BRACKET = re.compile(r"[()\[\]{}]")


def refuted(pair: Pair, index: NameIndex) -> str:
    """Why a pair is no role, in a few words; empty where nothing refutes it."""
    if pair.match.rule.form == "poss" and pair.kind == NAMED and _is_film(pair, index):
        return "a film and its maker"
    if pair.kind == NAMED and _is_performer(pair, index):
        return "a performer, not a role"
    if pair.kind == NAMED and not words("words", "credit_words").isdisjoint(names.key(pair.role).split()[-1:]):
        return "a job, not a role"
    if pair.match.rule.form == "poss" and _is_own(pair):
        return "a relative in life, not a role"
    if pair.match.rule.form == "par" and _lists_films(pair, index):
        return "a list of films"
    if _is_prized(pair, index):
        return "a prize for another film"
    if pair.kind != NAMED and _is_manner(pair):
        return "how it is played, not who"
    if pair.match.rule.form == "rpar" and _is_makers_film(pair, index):
        return "a film behind its maker"
    if elsewhere(pair, index):
        return "said of another film"
    return ""


def _is_film(pair: Pair, index: NameIndex) -> bool:
    """Whether "Bell's Fay" is the film: its title, or said to be a film."""
    actor, role = names.key(index.full(pair.actor)), names.key(pair.role)
    title = f" {index.title} "
    if f" {names.key(pair.actor)}s {role} " in title or (role in index.titles and role != index.title):
        return True
    if role == index.title and actor not in index.cast:
        return True
    return _said("film", pair.match.coded.text[pair.match.end - 1 :])


def _is_performer(pair: Pair, index: NameIndex) -> bool:
    """Whether a role is the full name of someone in the cast, and no character's as well."""
    role = names.key(pair.role)
    return " " in role and role in index.cast and role not in index.characters


def _is_own(pair: Pair) -> bool:
    """Whether somebody is the performer's own: "Bell's own daughter, Kitty"."""
    units = (pair.role_unit, pair.description)
    return any("own" in (*unit.before, *unit.text.split()) for unit in units if unit is not None)


def _lists_films(pair: Pair, index: NameIndex) -> bool:
    """Whether a bracket holds titles: "Dr. Finn (Low Water, The Weir)"."""
    actor = names.key(index.full(pair.actor))
    if actor in index.cast or actor in famous():
        return False
    match = pair.match
    inside = _BRACKET.split(match.coded.text[match.start : match.end])
    units = [match.coded.units.get(item.strip()) for item in inside[1].split(",")] if len(inside) > 1 else []
    return any(unit is not None and unit.kind == "name" and unit.before == ("the",) for unit in units)


def _is_makers_film(pair: Pair, index: NameIndex) -> bool:
    """Whether a quotation in brackets stands behind one of the crew: "director Cy Dorn ("Low Water")"."""
    actor = names.key(index.full(pair.actor))
    return pair.role_unit.quoted and actor in index.crew and actor not in index.cast


def _is_prized(pair: Pair, index: NameIndex) -> bool:
    """Whether a prize was won for the role in another film: "Bell won her Oscar for playing a nurse in Low Water"."""
    text = pair.match.coded.text
    if not pair.match.gap or words("words", "prizes").isdisjoint(pair.match.gap.split()):
        return False
    ahead = text[text.find(pair.role_unit.symbol) + 2 :][:40].split(" ")
    unit = pair.match.coded.units.get(ahead[1]) if len(ahead) > 1 and ahead[0] in ("in", "from") else None
    return unit is not None and unit.kind in ("name", "title") and names.key(unit.text) != index.title


def _is_manner(pair: Pair) -> bool:
    """Whether a description says how a role is played: "Bell plays him as a man who …"."""
    coded = pair.match.coded
    return _said("manner", coded.text[: coded.text.find(pair.role_unit.symbol)])


def _said(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(load("relations")["refuting"][name])
