"""From judged pairs to roles: one role for each performer and character, with all sentences that prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.extract import names
from graph.extract.judge import Judged
from graph.extract.pairs import NAMED
from graph.extract.reading import Reading
from graph.facts import Evidence, Role, Span

FLOOR = 0.2
"""Below this confidence a pair is not even a suggestion."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A judged pair, and why it is no role of its own; no reason where it is one."""

    judged: Judged
    reason: str = ""


def decide(judged: Sequence[Judged]) -> list[Decision]:
    """Which of the pairs stand, strongest first where two contradict each other."""
    judged = _named_first(judged)
    order = sorted(range(len(judged)), key=lambda k: (-judged[k].confidence, k))
    kept: list[Judged] = []
    reasons: dict[int, str] = {}
    for k in order:
        veto = judged[k].candidate.pair.match.veto
        reasons[k] = veto or ("" if judged[k].confidence >= FLOOR else "too unsure")
        if not judged[k].candidate.performs:
            reasons[k] = "no performer's name"
        reasons[k] = reasons[k] or _contradiction(judged[k], kept)
        if not reasons[k]:
            kept.append(judged[k])
    return [Decision(one, reasons[k]) for k, one in enumerate(judged)]


_TWO = ("bracket, first of two", "bracket, second of two")
"""Rules by which one role has two performers, a child and a grown one."""
_APPOSED = 0.2
_LISTED = 0.2


def _named_first(judged: Sequence[Judged]) -> list[Judged]:
    """Lets the name before an apposition win over it, and the role beside a film list over what is in the list."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    listed = set()
    for one in judged:
        pair = one.candidate.pair
        place = (id(pair.match.coded), pair.actor_unit.symbol)
        if pair.match.rule.name == "bracket" and pair.kind != NAMED:
            best[place] = max(best[place], one.confidence)
        if pair.match.rule.name == "beside a film list" and one.confidence >= _LISTED:
            listed.add(place)
    return [_raised(one, best, listed) for one in judged]


def _raised(one: Judged, best: dict[tuple[int, str], float], listed: set[tuple[int, str]]) -> Judged:
    pair = one.candidate.pair
    place = (id(pair.match.coded), pair.actor_unit.symbol)
    if pair.match.rule.name == "bracket, apposition" and pair.kind == NAMED and one.confidence >= _APPOSED:
        return replace(one, confidence=max(one.confidence, min(0.99, best[place] + 0.01)))
    if pair.match.rule.form == "par" and (id(pair.match.coded), pair.role_unit.symbol) in listed:
        return replace(one, confidence=0.0)
    if pair.match.rule.name == "beside a film list" and place in listed:
        return replace(one, confidence=max(one.confidence, 0.75))
    return one


def _contradiction(one: Judged, kept: Iterable[Judged]) -> str:
    """What a stronger pair says against this one."""
    pair, actor, role = one.candidate.pair, names.key(one.actor), names.key(one.candidate.pair.role)
    for other in kept:
        there = other.candidate.pair
        other_actor, other_role = names.key(other.actor), names.key(there.role)
        same_place = there.match.coded is pair.match.coded
        if actor == other_actor and role == other_role:
            continue
        if pair.kind == NAMED and role == other_actor:
            return f"{pair.role} is a performer"
        if there.kind == NAMED and actor == other_role:
            return f"{one.actor} is a character"
        both_kept = (pair.shared and there.match is pair.match) or pair.match.rule.name in _TWO
        if same_place and there.role_unit is pair.role_unit and not both_kept and other_actor != actor:
            return f"{there.role} is played by {other.actor} here"
        beside = any(there.role_unit in units for units in pair.match.roles)
        if actor == other_actor and pair.kind != NAMED and not (beside and pair.role_unit is not there.role_unit):
            return f"{other.actor} plays {there.role}, which says more" if there.kind == NAMED or same_place else ""
        if actor == other_actor and same_place and there.match is not pair.match and _same_claim(pair.role, there.role):
            return f"the same as {there.role}"
    return ""


def _same_claim(first: str, second: str) -> bool:
    """Whether one name is a part of the other."""
    one, two = set(names.parts(first)), set(names.parts(second))
    return one <= two or two <= one


def roles(reading: Reading, decisions: Iterable[Decision]) -> list[Role]:
    """The roles of all pairs that stand, in the order of the text."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for decision in decisions:
        if not decision.reason:
            one = decision.judged
            groups[names.key(one.actor), _role_key(one)].append(one)
    merged = _merge_short(groups)
    return [_role(reading, group) for group in merged]


def _role_key(one: Judged) -> str:
    pair = one.candidate.pair
    return names.key(pair.role) if pair.kind == NAMED else f"*{names.key(pair.role_unit.head or pair.role)}"


def _merge_short(groups: dict[tuple[str, str], list[Judged]]) -> list[list[Judged]]:
    """Joins "Serpico" to "Frank Serpico" where one performer plays both."""
    merged: dict[tuple[str, str], list[Judged]] = {}
    for (actor, role), group in sorted(groups.items(), key=lambda item: -len(item[0][1])):
        words = set(names.parts(role))
        longer = next((key for key in merged if key[0] == actor and words and words <= set(names.parts(key[1]))), None)
        if longer is not None and not role.startswith("*"):
            merged[longer].extend(group)
        else:
            merged[actor, role] = list(group)
    return sorted(merged.values(), key=lambda group: min(_start(one) for one in group))


def _start(one: Judged) -> tuple[int, int]:
    pair = one.candidate.pair
    return pair.role_unit.span.start, pair.actor_unit.span.start


def _role(reading: Reading, group: list[Judged]) -> Role:
    """One role with its evidence, strongest first; a second sentence makes it a little surer."""
    ranked = sorted(group, key=lambda one: (-one.confidence, _start(one)))
    best = max(ranked, key=lambda one: (len(names.parts(one.candidate.pair.role)), one.confidence))
    pair = best.candidate.pair
    evidence: dict[Span, Evidence] = {}
    for one in ranked:
        found = proof(reading, one)
        evidence.setdefault(found.span, found)
    named = pair.kind == NAMED
    confidence = max(one.confidence for one in group)
    return Role(
        best.actor,
        pair.role if named else None,
        None if named else pair.role,
        round(confidence, 3),
        tuple(evidence.values()),
    )


def both(first: Role, second: Role) -> Role:
    """One role found twice: the surer one, with all evidence, strongest first."""
    evidence = sorted((*first.evidence, *second.evidence), key=lambda e: (-e.confidence, e.span))
    return replace(max(first, second, key=lambda role: role.confidence), evidence=tuple(dict.fromkeys(evidence)))


def proof(reading: Reading, one: Judged) -> Evidence:
    """The sentence of a pair, with the very words of performer and role."""
    pair = one.candidate.pair
    start = pair.antecedent.span.start if pair.antecedent is not None else pair.match.coded.span.start
    span = reading.clean.origin(Span(start, pair.match.coded.span.end))
    role = (
        pair.role_unit.span
        if pair.owner is None or pair.kind == NAMED
        else Span(pair.owner.span.start, pair.role_unit.span.end)
    )
    mentions = tuple(reading.clean.origin(s) for s in (pair.actor_unit.span, role))
    rule = pair.match.rule.name
    return Evidence(span, span.of(reading.document.text), rule, round(one.confidence, 3), mentions)
