"""How sure a pair is: first by itself, then beside every other pair of the document; a small logistic model.

The weights stand in ``rules/weights.toml``; ``tests/benchmarks/train.py`` makes them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graph.extract import names
from graph.extract.features import Features
from graph.extract.pairs import NAMED
from graph.extract.reading import Candidate, Reading
from graph.extract.rules import load, words


@dataclass(frozen=True, slots=True)
class Judged:
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
    made = []
    for candidate, score, found in zip(reading.candidates, scores, document_features(reading, scores), strict=True):
        total = weigh(found, weights["document"])
        made.append(Judged(candidate, full_actor(candidate, reading), score, sigmoid(total), found))
    return made


def weigh(features: Features, weights: dict[str, float]) -> float:
    """The weighted sum; a feature without weight counts nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in features.items())


def sigmoid(total: float) -> float:
    """The logistic function, safe at both ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def full_actor(candidate: Candidate, reading: Reading) -> str:
    """The performer's full name, without "Sir" and the like."""
    name = reading.index.full(candidate.pair.actor)
    first, _, rest = name.partition(" ")
    return rest if " " in rest and first.rstrip(".").lower() in words("names", "performer_titles") else name


@dataclass(slots=True)
class _Board:
    """The scores of all candidates, by what they are about; each list holds (score, match, index)."""

    by_actor: dict[str, list[tuple[float, int, int]]]
    by_role: dict[str, list[tuple[float, int, int]]]
    by_pair: dict[tuple[str, str], list[tuple[float, int, int]]]
    by_actor_unit: dict[tuple[int, str], list[tuple[float, int, int]]]
    by_role_unit: dict[tuple[int, str], list[tuple[float, int, int]]]


def document_features(reading: Reading, scores: Sequence[float]) -> list[Features]:
    """What the whole document says of each candidate."""
    keys = [(names.key(full_actor(c, reading)), names.key(c.pair.role)) for c in reading.candidates]
    board = _board(reading, scores, keys)
    brackets = _bracket_direction(reading, scores)
    return [_features(k, reading, scores, keys, board, brackets) for k in range(len(scores))]


def _board(reading: Reading, scores: Sequence[float], keys: Sequence[tuple[str, str]]) -> _Board:
    board = _Board(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for k, (candidate, score, (actor, role)) in enumerate(zip(reading.candidates, scores, keys, strict=True)):
        entry = (score, id(candidate.pair.match), k)
        sentence = candidate.pair.match.coded.span.start
        board.by_actor[actor].append(entry)
        if candidate.pair.kind == NAMED:
            board.by_role[role].append(entry)
        board.by_pair[actor, role].append(entry)
        board.by_actor_unit[sentence, candidate.pair.actor_unit.symbol].append(entry)
        board.by_role_unit[sentence, candidate.pair.role_unit.symbol].append(entry)
    return board


def _bracket_direction(reading: Reading, scores: Sequence[float]) -> tuple[float, float]:
    """How much speaks for performers inside brackets, and how much for performers before them, in this document."""
    inside = before = 0.0
    for candidate, score in zip(reading.candidates, scores, strict=True):
        if candidate.pair.kind == NAMED:
            inside += sigmoid(score) if candidate.pair.match.rule.name == "bracket" else 0
            before += sigmoid(score) if candidate.pair.match.rule.name == "bracket, actor first" else 0
    return inside, before


def _direction(brackets: tuple[float, float], own: float) -> float:
    """What the other brackets say of the side that the performer stands on, between -1 and 1."""
    mine, other = brackets
    mine -= sigmoid(own)
    total = mine + other
    return (mine - other) / total * min(1.0, total) if total > 0.3 else 0.0


def _best(entries: Sequence[tuple[float, int, int]], but: int) -> float:
    """The highest score of another match."""
    return max((score for score, match, _ in entries if match != but), default=-9.0)


def _features(
    k: int,
    reading: Reading,
    scores: Sequence[float],
    keys: Sequence[tuple[str, str]],
    board: _Board,
    brackets: tuple[float, float],
) -> Features:
    """The document's features of one candidate, with its own score as the first of them."""
    pair, score, (actor, role) = reading.candidates[k].pair, scores[k], keys[k]
    match, sentence = id(pair.match), pair.match.coded.span.start
    found: Features = {"bias": 1.0, "local": max(-4.0, min(4.0, score)), f"kind {pair.kind}": 1.0}
    found["agrees"] = _soft(_best(board.by_pair[actor, role], match))
    found["actor elsewhere"] = _soft(_best(board.by_actor[actor], match))
    found["actor is a role"] = _soft(_best(board.by_role.get(actor, ()), match))
    if pair.kind == NAMED:
        found["role is an actor"] = _soft(_best(board.by_actor.get(role, ()), match))
        others = [e for e in board.by_role[role] if keys[e[2]][0] != actor]
        found["role has another"] = _soft(_best(others, match))
        turned = _best(board.by_pair.get((role, actor), ()), -1)
        found["turned round"] = _soft(turned)
        found["turned margin"] = sigmoid(score) - sigmoid(turned) if turned > -8 else 0.0
    else:
        named = [e for e in board.by_actor[actor] if reading.candidates[e[2]].pair.kind == NAMED]
        found["actor has a name"] = _soft(_best(named, match))
    rival_actor = [e for e in board.by_actor_unit[sentence, pair.actor_unit.symbol] if keys[e[2]][1] != role]
    rival_role = [e for e in board.by_role_unit[sentence, pair.role_unit.symbol] if keys[e[2]][0] != actor]
    found["actor used better"] = _margin(_best(rival_actor, match), score)
    found["role used better"] = _margin(_best(rival_role, match), score)
    if pair.match.rule.name == "bracket":
        found["bracket direction"] = _direction(brackets, score)
    elif pair.match.rule.name == "bracket, actor first":
        found["bracket direction"] = _direction(brackets[::-1], score)
    return {name: value for name, value in found.items() if value}


def _soft(score: float) -> float:
    return sigmoid(score) if score > -8 else 0.0


def _margin(rival: float, score: float) -> float:
    """How much better a rival is, between 0 and 1."""
    return max(0.0, sigmoid(rival) - sigmoid(score) + 0.25) if rival > -8 else 0.0
