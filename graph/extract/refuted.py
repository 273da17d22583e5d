"""What refutes a pair whatever its confidence: a film's title after its maker, or the manner of playing."""

from __future__ import annotations

import re
from functools import cache

from graph.extract import names
from graph.extract.index import NameIndex
from graph.extract.pairs import NAMED, Pair
from graph.extract.patterns import compiled
from graph.extract.rules import load


def refuted(pair: Pair, index: NameIndex) -> str:
    """Why a pair is no role, in a few words; empty where nothing refutes it."""
    if pair.match.rule.form == "poss" and pair.kind == NAMED and _is_film(pair, index):
        return "a film and its maker"
    if pair.kind != NAMED and _is_manner(pair):
        return "how it is played, not who"
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


def _is_manner(pair: Pair) -> bool:
    """Whether a description says how a role is played: "Bell plays him as a man who …"."""
    coded = pair.match.coded
    return _said("manner", coded.text[: coded.text.find(pair.role_unit.symbol)])


def _said(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(load("relations")["refuting"][name])
