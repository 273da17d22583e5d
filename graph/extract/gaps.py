"""A second subject without a verb of its own: "A plays Fay and B her sister Joan" says that B plays Joan."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extract.judge import Judged
from graph.extract.pairs import Pair

_LIKELY = 0.3
"""A second subject below this confidence takes nothing from the first."""


def fill_gaps(judged: Sequence[Judged]) -> list[Judged]:
    """Gives to a second subject what a verb seems to say of the first: "A plays Fay and B her sister Joan"."""
    seconds: dict[tuple[int, str], Judged] = {}
    for one in judged:
        pair = one.candidate.pair
        if pair.match.rule.form == "gapping" and one.confidence >= _LIKELY and one.candidate.performs:
            seconds[id(pair.match.coded), pair.role_unit.symbol] = one
    skipped = {id(one): second for one in judged if (second := _skipped(one.candidate.pair, seconds)) is not None}
    if not skipped:
        return list(judged)
    firmer: dict[int, float] = {}
    for one in judged:
        if id(one) in skipped:
            second = skipped[id(one)]
            firmer[id(second)] = max(firmer.get(id(second), second.confidence), one.confidence)
    return [
        _given_away(one) if id(one) in skipped else one._replace(confidence=firmer.get(id(one), one.confidence))
        for one in judged
    ]


def _given_away(one: Judged) -> Judged:
    return one._replace(confidence=0.0, candidate=one.candidate._replace(refuted="said of the second performer"))


def _skipped(pair: Pair, seconds: dict[tuple[int, str], Judged]) -> Judged | None:
    """The second subject over which alone the pair's performer reaches its role."""
    second = seconds.get((id(pair.match.coded), pair.role_unit.symbol))
    if second is None or pair.match.rule.form == "gapping":
        return None
    between = pair.actor_unit.span.start < second.candidate.pair.actor_unit.span.start < pair.role_unit.span.start
    return second if between else None
