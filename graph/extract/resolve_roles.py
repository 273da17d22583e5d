"""From judged pairs to roles: one role for each performer and character, with all sentences that prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph.extract import names
from graph.extract.gaps import fill_gaps
from graph.extract.judge import Judged
from graph.extract.pairs import NAMED, Pair
from graph.extract.reading import Reading
from graph.extract.stages import raise_seconds
from graph.facts import Evidence, Role, Span

FLOOR = 0.2
"""Below this confidence a pair is not even a suggestion."""


class Decision(NamedTuple):
    """A judged pair, and why it is no role of its own; no reason where it is one."""

    judged: Judged
    reason: str = ""


def decide(judged: Sequence[Judged]) -> list[Decision]:
    """Which of the pairs stand, strongest first where two contradict each other."""
    judged = _named_first(raise_seconds(judged))
    order = sorted(range(len(judged)), key=lambda k: (-judged[k].confidence, k))
    kept, reasons = _Kept(), dict[int, str]()
    for k in order:
        reasons[k] = _unfit(judged[k]) or kept.against(judged[k])
        if not reasons[k]:
            kept.add(judged[k])
    return [Decision(one, reasons[k]) for k, one in enumerate(judged)]


def _unfit(one: Judged) -> str:
    """Why a pair cannot stand by itself."""
    if not one.candidate.performs:
        return "no performer's name"
    if one.candidate.pair.role_unit.before[:1] == ("no",):
        return "denied"
    if one.candidate.refuted:
        return one.candidate.refuted
    return one.candidate.pair.match.veto or ("" if one.confidence >= FLOOR else "too unsure")


_TWO = ("bracket, first of two", "bracket, second of two", "passive, later")
"""Rules by which one role has two performers, a child and a grown one."""
_LATER = ("passive, later", "subject, voiced at last")
"""Rules by which somebody has a role after another performer of it."""
_MANY = ("as, several times", "several roles")
"""Rules by which one performer has several roles, of which some may have a name."""
_APPOSITIONS = ("bracket, apposition", "bracket after what somebody is", "copula, role set off")
_LATE = "as, named at last"
"""The rules by which a description has a name beside it."""
_APPOSED = 0.2
_LISTED = 0.2


def _named_first(judged: Sequence[Judged]) -> list[Judged]:
    """Lets the name before an apposition win over it, and the role beside a film list over what is in the list."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    listed: dict[tuple[int, str], float] = defaultdict(float)
    for one in judged:
        pair = one.candidate.pair
        place = (id(pair.match.coded), pair.actor_unit.symbol)
        if (
            pair.match.rule.name in ("bracket", "as", "as, after a verb", "plays", "copula, turned round")
            and pair.kind != NAMED
        ):
            best[place] = max(best[place], one.confidence)
        if pair.match.rule.name == "beside a film list" and one.confidence >= _LISTED:
            listed[place] = max(listed[place], one.confidence)
    twos = {
        (id(one.candidate.pair.match.coded), one.candidate.pair.actor_unit.symbol)
        for one in judged
        if one.candidate.pair.match.rule.name in _TWO[:2] and one.confidence >= _APPOSED
    }
    return [_raised(one, best, listed, twos) for one in fill_gaps(judged)]


def _raised(
    one: Judged,
    best: dict[tuple[int, str], float],
    listed: dict[tuple[int, str], float],
    twos: set[tuple[int, str]],
) -> Judged:
    pair = one.candidate.pair
    place = (id(pair.match.coded), pair.actor_unit.symbol)
    if pair.match.rule.form in ("as", "list") and pair.kind != NAMED and place in twos:
        return one._replace(confidence=0.0)
    between = sum(unit.kind == "human" for unit in map(pair.match.coded.units.get, pair.match.gap.split()) if unit)
    beside = (pair.match.rule.name in _APPOSITIONS and between < 2) or pair.match.rule.name == _LATE
    apposed = beside and pair.kind == NAMED
    if apposed and one.confidence >= _APPOSED:
        return one._replace(confidence=max(one.confidence, min(0.99, best[place] + 0.01)))
    if pair.match.rule.form == "par" and _is_listed(one, listed):
        return one._replace(confidence=0.0)
    if pair.match.rule.name == "beside a film list" and place in listed:
        return one._replace(confidence=max(one.confidence, 0.75))
    return one


def _is_listed(one: Judged, listed: dict[tuple[int, str], float]) -> bool:
    """Whether a bracket after a name seems to list films: it holds several names, or that reading is the surer one."""
    pair = one.candidate.pair
    found = listed.get((id(pair.match.coded), pair.role_unit.symbol), 0.0)
    return found > one.confidence or (found > 0 and bool(pair.match.after.strip() or len(pair.match.actors) > 1))


class _Kept:
    """The pairs that stand so far, at hand by performer, by character and by sentence."""

    def __init__(self) -> None:
        self.by_actor: defaultdict[str, dict[str, Judged]] = defaultdict(dict)
        self.by_character: dict[str, Judged] = {}
        self.by_sentence: defaultdict[int, list[Judged]] = defaultdict(list)

    def add(self, one: Judged) -> None:
        """Keep a pair."""
        pair, role = one.candidate.pair, names.key(one.candidate.pair.role)
        self.by_actor[names.key(one.actor)].setdefault(role, one)
        self.by_sentence[pair.match.coded.span.start].append(one)
        if pair.kind == NAMED:
            self.by_character.setdefault(role, one)

    def against(self, one: Judged) -> str:
        """What the kept pairs say against another; empty where nothing does."""
        pair, actor, role = one.candidate.pair, names.key(one.actor), names.key(one.candidate.pair.role)
        if pair.kind == NAMED and role in self.by_actor:
            return f"{pair.role} is a performer"
        if actor in self.by_character:
            return f"{one.actor} is a character"
        if pair.kind != NAMED and pair.match.rule.name not in _MANY and (better := self._better(pair, actor, role)):
            return f"{one.actor} plays {better}, which says more"
        return self._here(pair, actor, role)

    def _better(self, pair: Pair, actor: str, role: str) -> str:
        """A character that the same performer plays, other than beside this description."""
        beside = {names.key(units[-1].text) for units in pair.match.roles}
        kept = self.by_actor.get(actor, {})
        others = (k for k, other in kept.items() if k not in beside | {role} and other.candidate.pair.kind == NAMED)
        found = next(others, None)
        return kept[found].candidate.pair.role if found is not None else ""

    def _here(self, pair: Pair, actor: str, role: str) -> str:
        """What a stronger pair of the same sentence says."""
        for other in self.by_sentence[pair.match.coded.span.start]:
            there = other.candidate.pair
            same_actor, same_role = names.key(other.actor) == actor, names.key(there.role) == role
            if same_actor and same_role:
                continue
            together = pair.shared and (there.match is pair.match or pair.role_unit.plural)
            twice = together or pair.match.rule.name in _TWO or there.match.rule.name in _LATER
            if there.role_unit is pair.role_unit and not same_actor and not twice:
                return f"{there.role} is played by {other.actor} here"
            if same_actor and not _beside(pair, there) and (pair.kind != NAMED or _same_claim(pair.role, there.role)):
                return f"the same as {there.role}"
        return ""


def _beside(pair: Pair, there: Pair) -> bool:
    """Whether one match says both, as "Ken's brother and the mayor" does."""
    return there.match is pair.match or any(there.role_unit is units[-1] for units in pair.match.roles)


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
