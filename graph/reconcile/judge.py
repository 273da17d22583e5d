"""Judges candidates: how alike the names are, whether what else is said agrees, and whether one stands out."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.reconcile.properties import KINDS, PROPERTIES, Value, Values, values
from graph.sidecar import Hit, Sidecar
from graph.sidecar.fold import fold
from graph.sidecar.likeness import likeness
from graph.store import QuerySource

POOL, ROOM = 8, 30
"""How many candidates are looked at, and how many where more than the name is said."""
SAID = 0.4
"""The part that what is said beside the name has in the judgement."""
UNKNOWN = 0.6
"""How far a candidate agrees of which the graph says nothing."""
DOUBTFUL = 0.85
"""Where no candidate is as good as this, more are looked for, should something be said beside the name."""
OTHER_KIND = 0.8
"""What is left of a candidate that is not of the kind that it should be."""
APART = 60
"""How much less likely a candidate is for being less alike than the best: e to the power of this times the distance."""
CERTAINTY = ((0.0, 0.0), (0.45, 0.05), (0.6, 0.5), (0.7, 0.8), (0.8, 0.93), (0.9, 0.98), (1.0, 1.0))
"""How often a judgement is right that no other candidate disputes; measured by tests/benchmarks/reconcile.py."""
SAFE, SAFE_NAME, SAFE_SAID = 93.0, 0.85, 0.5
"""From which score, likeness of names and agreement on a candidate is a match."""
_YEAR = re.compile(r"\b(\d{4})\b")
_WITH_YEAR = re.compile(r"(?s)^(.*\S)\s*[(\[](\d{4})[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a property should say: one of some texts, years or IRIs."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of a table: a name, the kinds it may be of, what else is said, and how many candidates are wanted.

    With ``elsewhere`` things of other kinds are looked at as well, and count less.
    """

    text: str
    kinds: tuple[str, ...] = KINDS
    limit: int = 5
    constraints: tuple[Constraint, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One part of the judgement, from 0 to 1: the name, or one property."""

    id: str
    value: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: how likely it is in percent, and whether it is the one that can be meant."""

    iri: str
    kind: str
    label: str
    detail: str
    score: float
    match: bool
    features: tuple[Feature, ...]


Judged = tuple[float, Hit, tuple[Feature, ...]]


def reconcile(source: QuerySource, sidecar: Sidecar, wishes: Sequence[Wish]) -> list[list[Candidate]]:
    """The candidates for each line, the likeliest first.

    The index is asked once for each line and kind, the graph a few times for each kind, whatever their number.
    """
    read = [_with_year(wish) for wish in wishes]
    judged = _judge_all(source, sidecar, [(wish, _hits(sidecar, wish)) for wish in read])
    doubtful = [at for at, wish in enumerate(read) if wish.constraints and _best(judged[at]) < DOUBTFUL]
    again = _judge_all(source, sidecar, [(read[at], _hits(sidecar, read[at], deep=True)) for at in doubtful])
    for at, better in zip(doubtful, again, strict=True):
        judged[at] = better
    return [_ranked(wish, each) for wish, each in zip(read, judged, strict=True)]


def _judge_all(source: QuerySource, sidecar: Sidecar, found: Sequence[tuple[Wish, list[Hit]]]) -> list[list[Judged]]:
    said = _said(source, sidecar, found)
    return [[_judged(wish, hit, said) for hit in hits] for wish, hits in found]


def _best(judged: Iterable[Judged]) -> float:
    return max((whole for whole, _, _ in judged), default=0.0)


def _with_year(wish: Wish) -> Wish:
    """A line whose name ends in a year in brackets says the film's year with it."""
    found = _WITH_YEAR.match(wish.text)
    if not found or "film" not in wish.kinds:
        return wish
    said = any(constraint.property == "year" for constraint in wish.constraints)
    more = () if said else (Constraint("year", (found[2],)),)
    return replace(wish, text=found[1], constraints=(*wish.constraints, *more))


def _hits(sidecar: Sidecar, wish: Wish, *, deep: bool = False) -> list[Hit]:
    most = max(wish.limit, ROOM if wish.constraints else POOL)
    kinds = KINDS if wish.elsewhere else wish.kinds
    return [hit for kind in kinds for hit in sidecar.closest(wish.text, kind, most, deep=deep)]


def _said(source: QuerySource, sidecar: Sidecar, found: Iterable[tuple[Wish, list[Hit]]]) -> Values:
    """What the graph says of all candidates by the properties that matter to them."""
    things, wanted = defaultdict(set), defaultdict(set)
    for wish, hits in found:
        for hit in hits:
            for constraint in wish.constraints:
                if (hit.kind, constraint.property) != ("film", "year"):
                    things[hit.kind].add(hit.iri)
                    wanted[hit.kind].add(constraint.property)
    said: dict[tuple[str, str], Sequence[Value]] = {}
    for kind, iris in sorted(things.items()):
        said |= values(source, sidecar, [prop for prop in PROPERTIES[kind] if prop.id in wanted[kind]], iris)
    return said


def _judged(wish: Wish, hit: Hit, said: Values) -> Judged:
    features, parts = [Feature("name", round(hit.score, 3))], []
    known = {prop.id for prop in PROPERTIES[hit.kind]}
    for constraint in wish.constraints:
        if constraint.property in known:
            part = _agreement(constraint, _told(hit, constraint.property, said))
            parts.append(UNKNOWN if part is None else part)
            features += [] if part is None else [Feature(constraint.property, round(part, 3))]
    whole = hit.score * (1 - SAID + SAID * sum(parts) / len(parts)) if parts else hit.score
    return whole * (1 if hit.kind in wish.kinds else OTHER_KIND), hit, tuple(features)


def _told(hit: Hit, name: str, said: Values) -> Sequence[Value]:
    if (hit.kind, name) == ("film", "year"):  # the index knows: no need to ask the graph
        return [Value(None, int(year)) for year in _YEAR.findall(hit.detail)]
    return said.get((hit.iri, name), ())


def _agreement(constraint: Constraint, told: Sequence[Value]) -> float | None:
    """How far what the graph says is what was wanted, 0 to 1; None where it says nothing."""
    if not told or not constraint.values:
        return None
    return sum(max(_same(wanted, value) for value in told) for wanted in constraint.values) / len(constraint.values)


def _same(wanted: str, value: Value) -> float:
    if value.iri is not None and wanted == value.iri:
        return 1.0
    if isinstance(value.label, int):
        years = [abs(int(year) - value.label) for year in _YEAR.findall(wanted)]
        return {0: 1.0, 1: 0.7, 2: 0.3}.get(min(years), 0.0) if years else float(wanted == str(value.label))
    alike = likeness(_name(wanted), _name(value.label))
    return alike if alike >= SAFE_SAID else 0.0


def _name(text: str) -> str:
    """A name as it is compared, without the year in brackets that a film's label ends in."""
    found = _WITH_YEAR.match(text)
    return fold(found[1] if found else text)


def _ranked(wish: Wish, judged: list[Judged]) -> list[Candidate]:
    """The candidates in order; the share that each has in all makes the score, so that namesakes halve it."""
    if not judged:
        return []
    best = _best(judged)
    shares = [math.exp(APART * (whole - best)) for whole, _, _ in judged]
    total = sum(shares)
    ranked = sorted(zip(judged, shares, strict=True), key=lambda pair: -pair[0][0])  # stable: the best known come first
    candidates = [_candidate(one, share / total) for one, share in ranked[: wish.limit]]
    first = candidates[0]
    return [replace(first, match=first.kind in wish.kinds and _is_safe(first)), *candidates[1:]]


def _candidate(judged: Judged, share: float) -> Candidate:
    whole, hit, features = judged
    score = round(100 * _certainty(whole) * share, 1)
    return Candidate(hit.iri, hit.kind, hit.label, hit.detail, score, match=False, features=features)


def _is_safe(candidate: Candidate) -> bool:
    name, *others = candidate.features
    agrees = all(feature.value >= SAFE_SAID for feature in others)
    return candidate.score >= SAFE and name.value >= SAFE_NAME and agrees


def _certainty(whole: float) -> float:
    """A judgement as the part of such judgements that are right, between the points of CERTAINTY.

    >>> _certainty(0.45), round(_certainty(0.65), 2), _certainty(1.0)
    (0.05, 0.65, 1.0)
    """
    place = min(max(bisect_right(CERTAINTY, (whole, 1.0)), 1), len(CERTAINTY) - 1)
    (left, low), (right, high) = CERTAINTY[place - 1], CERTAINTY[place]
    return low + (high - low) * min(1.0, (whole - left) / (right - left))
