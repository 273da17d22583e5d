"""How sure a pair is: first by itself, then beside every other pair of the document; a small logistic model.

The weights stand in ``rules/weights.toml``; ``tests/benchmarks/train.py`` makes them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from graph.extract import names
from graph.extract.features import Features
from graph.extract.pairs import NAMED, THING, Pair
from graph.extract.reading import Candidate, Reading
from graph.extract.rules import load, words


class Judged(NamedTuple):
    """A candidate with its confidence and the document's features that were added."""

    candidate: Candidate
    actor: str
    """The performer's full name within the document."""
    local: float
    confidence: float
    features: Features


def judge_pairs(reading: Reading) -> list[Judged]:
    """Every candidate with its confidence, in the order of the text."""
    weights = load("weights")
    scores = [weigh(candidate.features, weights["local"]) for candidate in reading.candidates]
    all_found = document_features(reading, scores)
    totals = _together(reading.candidates, [weigh(found, weights["document"]) for found in all_found])
    return [
        Judged(candidate, full_actor(candidate, reading), score, sigmoid(total), found)
        for candidate, score, total, found in zip(reading.candidates, scores, totals, all_found, strict=True)
    ]


def _together(candidates: Sequence[Candidate], totals: list[float]) -> list[float]:
    """The totals, evened out over who shares a role: "the twins (Ada and Grace Munro)" holds of both or none."""
    rows: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        if candidate.pair.shared:
            rows[id(candidate.pair.match), candidate.pair.role].append(place)
    evened = list(totals)
    for places in rows.values():
        mean = sum(totals[place] for place in places) / len(places)
        for place in places:
            evened[place] = mean
    return evened


def weigh(features: Features, weights: dict[str, float]) -> float:
    """The weighted sum; a feature without weight counts nothing."""
    total = 0.0
    for name, value in features.items():
        if name in weights:
            total += value * weights[name]
    return total


def sigmoid(total: float) -> float:
    """The logistic function, safe at both ends."""
    if -30.0 < total < 30.0:
        return 1 / (1 + math.exp(-total))
    return 1 / (1 + math.exp(-30.0 if total > 0 else 30.0))


def full_actor(candidate: Candidate, reading: Reading) -> str:
    """The performer's full name, without "Sir" and the like."""
    name = reading.index.full(candidate.pair.actor)
    first, _, rest = name.partition(" ")
    return rest if " " in rest and first.rstrip(".").lower() in words("names", "performer_titles") else name


class _Top:
    """The two highest scores that bear different tags, so that "the best but mine" is at hand."""

    __slots__ = ("first", "second")

    def __init__(self) -> None:
        self.first: tuple[float, object] = (-9.0, None)
        self.second: tuple[float, object] = (-9.0, None)

    def add(self, score: float, tag: object) -> None:
        """Take a score in."""
        if tag == self.first[1]:
            self.first = max(self.first, (score, tag), key=lambda entry: entry[0])
        elif score > self.first[0]:
            self.first, self.second = (score, tag), self.first
        elif score > self.second[0]:
            self.second = (score, tag)

    def but(self, tag: object) -> float:
        """The highest score with another tag; -9 where there is none."""
        return self.second[0] if self.first[1] == tag else self.first[0]


_NOTHING = _Top()
"""What is at hand of that of which nothing has been entered."""

_ANY = "any form"


class _Board:
    """The best scores of a document by what they are about; the tag is the match unless said otherwise."""

    def __init__(self) -> None:
        self.pair: defaultdict[tuple[str, str], _Top] = defaultdict(_Top)
        self.actor: defaultdict[str, _Top] = defaultdict(_Top)
        self.named: defaultdict[str, _Top] = defaultdict(_Top)
        """By performer, named roles only; the tag is the role."""
        self.role: defaultdict[str, _Top] = defaultdict(_Top)
        self.players: defaultdict[str, _Top] = defaultdict(_Top)
        """By role; the tag is the performer."""
        self.actor_unit: defaultdict[tuple[int, str], _Top] = defaultdict(_Top)
        """By the place of the performer's name; the tag is the role."""
        self.role_unit: defaultdict[tuple[int, str], _Top] = defaultdict(_Top)
        """By the place of the role; the tag is the performer."""
        self.row: defaultdict[tuple[int, str], _Top] = defaultdict(_Top)
        """By sentence and form; the tag is the performer."""
        self.habit: defaultdict[str, float] = defaultdict(float)
        """By rule: how many pairs it seems to have found."""

    def add(self, pair: Pair, actor: str, role: str, score: float) -> None:
        """Enter one pair."""
        match, sentence = id(pair.match), pair.match.coded.span.start
        self.habit[pair.match.rule.name] += sigmoid(score)
        self.pair[actor, role].add(score, match)
        self.actor[actor].add(score, match)
        self.actor_unit[sentence, pair.actor_unit.symbol].add(score, role)
        self.role_unit[sentence, pair.role_unit.symbol].add(score, actor)
        for form in (pair.match.rule.form, _ANY):
            self.row[sentence, form].add(score, actor)
        if pair.kind == NAMED:
            self.named[actor].add(score, role)
            self.role[role].add(score, match)
            self.players[role].add(score, actor)


def document_features(reading: Reading, scores: Sequence[float]) -> list[Features]:
    """What the whole document says of each candidate."""
    keys = [(names.key(full_actor(c, reading)), names.key(c.pair.role)) for c in reading.candidates]
    board = _Board()
    for candidate, score, (actor, role) in zip(reading.candidates, scores, keys, strict=True):
        board.add(candidate.pair, actor, role, score)
    sides = {rules: _direction_of(rules, reading, scores) for rules in (_BRACKETS, _LINES)}
    rows = zip(reading.candidates, scores, keys, strict=True)
    found = [_features(candidate.pair, score, *key, board, sides) for candidate, score, key in rows]
    if len(reading.document.text) < SHORT:
        for features, candidate, (actor, _) in zip(found, reading.candidates, keys, strict=True):
            features.update(dict.fromkeys(_of_snippet(candidate.pair, actor), 1.0))
    return found


def _of_snippet(pair: Pair, actor: str) -> list[str]:
    """What counts in a text of a few sentences, where nothing else can bear a pair out."""
    found = ["short", f"short, {pair.kind}"]
    return [*found, "short, actor alone"] if " " not in actor else found


SHORT = 500
"""Code points; a text with fewer is no whole review but some sentences."""

_ALL = -1
"""Where the sides of a whole document stand among those of its sentences, which stand by their start."""

_Sides = dict[int, tuple[float, float]]
_BRACKETS = ("bracket", "bracket, actor first")
_LINES = ("cast line, role first", "cast line")
"""Rules by which a performer stands second, inside the bracket, or first."""


def _direction_of(rules: tuple[str, str], reading: Reading, scores: Sequence[float]) -> _Sides:
    """How much speaks for performers inside brackets, and how much for those before them: by sentence, and in all.

    The same of the lines of a list, where a mark alone parts performer and role.
    """
    found: defaultdict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for candidate, score in zip(reading.candidates, scores, strict=True):
        pair = candidate.pair
        inside, before = (pair.match.rule.name == name for name in rules)
        if pair.kind != THING and (inside or before) and pair.match.gap.strip() != "as":
            for place in (_ALL, pair.match.coded.span.start):
                found[place] = (found[place][0] + inside * sigmoid(score), found[place][1] + before * sigmoid(score))
    return found


def _direction(sides: tuple[float, float], own: float, *, turned_round: bool, beyond: float = 0.0) -> float:
    """What the other brackets, or lines, say of the side that the performer stands on, between -1 and 1.

    All of it as soon as there is one of them more than ``beyond``.
    """
    inside, before = sides
    mine, other = (before, inside) if turned_round else (inside, before)
    mine -= sigmoid(own)
    total = mine + other
    return (mine - other) / total * min(1.0, total - beyond) if total - beyond > 0.3 else 0.0


def _features(
    pair: Pair, score: float, actor: str, role: str, board: _Board, sides: dict[tuple[str, str], _Sides]
) -> Features:
    """The document's features of one pair, with its own score as the first of them."""
    match, sentence = id(pair.match), pair.match.coded.span.start
    found: Features = {"bias": 1.0, "local": max(-4.0, min(4.0, score)), f"kind {pair.kind}": 1.0}
    found["agrees"] = _soft(board.pair[actor, role].but(match))
    found["actor elsewhere"] = _soft(board.actor[actor].but(match))
    found[f"actor elsewhere, {pair.match.rule.form}"] = found["actor elsewhere"]
    found["habit"] = max(0.0, min(3.0, board.habit[pair.match.rule.name] - sigmoid(score)))
    found[f"habit, {pair.match.rule.form}"] = found["habit"]
    found["actor is a role"] = _soft(board.role.get(actor, _NOTHING).but(match))
    found["actor used better"] = _margin(board.actor_unit[sentence, pair.actor_unit.symbol].but(role), score)
    found["role used better"] = _margin(board.role_unit[sentence, pair.role_unit.symbol].but(actor), score)
    if pair.kind == NAMED:
        turned = board.pair[role, actor].but(None) if (role, actor) in board.pair else -9.0
        found["role is an actor"] = _soft(board.actor.get(role, _NOTHING).but(match))
        found["role has another"] = _soft(board.players[role].but(actor))
        found["turned round"] = _soft(turned)
        found["turned margin"] = sigmoid(score) - sigmoid(turned) if turned > -8 else 0.0
    else:
        found["actor has a name"] = _soft(board.named.get(actor, _NOTHING).but(_partner(pair)))
    for rules, places in sides.items() if pair.kind == NAMED and pair.match.gap.strip() != "as" else ():
        if pair.match.rule.name in rules:
            turned_round = pair.match.rule.name == rules[1]
            found["bracket direction"] = _direction(places[_ALL], score, turned_round=turned_round)
            if rules == _BRACKETS:
                here = places[sentence]
                found["bracket direction here"] = _direction(here, score, turned_round=turned_round)
                found["bracket direction, list"] = _direction(here, score, turned_round=turned_round, beyond=0.9)
    found["row"] = _soft(
        board.row[sentence, _ANY if pair.match.rule.form == "gapping" else pair.match.rule.form].but(actor)
    )
    if " " not in actor:
        found["row, actor alone"] = found["row"]
    if pair.match.rule.form == "copula":
        found[f"row, copula, {pair.kind}"] = found["row"]
    return {name: value for name, value in found.items() if value}


def _partner(pair: Pair) -> str:
    """The name told together with a description, which says nothing against it: "plays Fay and the nurse"."""
    if pair.role.partition(" ")[0].lower() not in words("words", "determiners"):
        return ""  # "Fay, wife and guard of the house" tells one role
    return next((names.key(units[-1].text) for units in pair.match.roles if units[-1].kind == "name"), "")


def _soft(score: float) -> float:
    return sigmoid(score) if score > -8 else 0.0


def _margin(rival: float, score: float) -> float:
    """How much better a rival is, between 0 and 1."""
    return max(0.0, sigmoid(rival) - sigmoid(score) + 0.25) if rival > -8 else 0.0
