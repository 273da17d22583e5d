"""One role at two ages: "Fay (Una Kerr as a girl, Ann Bell as a woman)" says that both play Fay."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extract.judge import Judged
from graph.extract.rules import words

_FIRST = ("bracket", "bracket, first of two")
_SECOND = "bracket, second of two"
_SURE = 0.6
"""Below this confidence of the first performer the second gains nothing."""
_SHARE = 0.9
"""How much of the first performer's confidence the second has, where the bracket tells ages."""


def raise_seconds(judged: Sequence[Judged]) -> list[Judged]:
    """Makes the second performer of a bracket that tells ages as sure as the first, or nearly so."""
    firsts: dict[tuple[int, str], float] = {}
    for one in judged:
        pair = one.candidate.pair
        if pair.match.rule.name in _FIRST and one.confidence >= _SURE:
            place = (id(pair.match.coded), pair.role_unit.symbol)
            firsts[place] = max(firsts.get(place, 0.0), one.confidence)
    return [_raised(one, firsts) for one in judged]


def _raised(one: Judged, firsts: dict[tuple[int, str], float]) -> Judged:
    pair = one.candidate.pair
    first = firsts.get((id(pair.match.coded), pair.role_unit.symbol))
    if pair.match.rule.name != _SECOND or first is None or not _tells_ages(one):
        return one
    return one._replace(confidence=max(one.confidence, _SHARE * first))


def _tells_ages(one: Judged) -> bool:
    """Whether the words in the bracket say at which age somebody is played."""
    match = one.candidate.pair.match
    inside = match.coded.text[match.start : match.end].partition("(")[2].split()
    units = (match.coded.units.get(token) for token in inside)
    told = {word for unit in units if unit is not None for word in (*unit.before, *unit.text.lower().split())}
    return not words("words", "stages").isdisjoint(told.union(inside))
