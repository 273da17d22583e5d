"""A logistic model with a ridge, fitted to the best there is: what comes out depends on no order and no chance.

The same penalty holds for every weight, whether its feature is frequent or seldom, so that seldom ones stay small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Example = tuple[dict[str, float], float, float]
"""Features, what is right (0 or 1), and how much it counts."""

Vector = list[float]

STEPS = 300
"""More steps than a fit needs."""
MEMORY = 10
"""How many last steps tell the curvature (L-BFGS)."""
ENOUGH = 1e-3
"""The fit ends where no part of the gradient is larger."""
FREE = 1e-3
"""The penalty of the bias, which is no feature's."""


def fit(rows: Sequence[Example], ridge: float, fixed: dict[str, float] | None = None) -> dict[str, float]:
    """The weights of all features in ``rows`` and ``fixed``; those of ``fixed`` stay as they are."""
    held = fixed or {}
    names = sorted({name for features, _, _ in rows for name in features} - held.keys())
    place = {name: k for k, name in enumerate(names)}
    examples = [_row(features, right, count, place, held) for features, right, count in rows]
    penalties = [FREE if name == "bias" else ridge for name in names]
    return {**held, **dict(zip(names, _least(examples, penalties), strict=True))}


@dataclass(frozen=True, slots=True)
class _Row:
    """One example by numbers: the features that are 1, the others with their values, and what is fixed."""

    ones: tuple[int, ...]
    others: tuple[tuple[int, float], ...]
    fixed: float
    right: float
    count: float


def _row(features: dict[str, float], right: float, count: float, place: dict[str, int], held: dict[str, float]) -> _Row:
    free = [(place[name], value) for name, value in features.items() if name in place]
    return _Row(
        tuple(k for k, value in free if value == 1.0),
        tuple((k, value) for k, value in free if value != 1.0),
        sum(value * held[name] for name, value in features.items() if name in held),
        right,
        count,
    )


def _loss(rows: Sequence[_Row], penalties: Vector, weights: Vector) -> tuple[float, Vector]:
    """The penalised log loss and its gradient."""
    slope = [penalty * weight for penalty, weight in zip(penalties, weights, strict=True)]
    loss = _dot(slope, weights) / 2
    weight_of = weights.__getitem__
    for row in rows:
        total = row.fixed + sum(map(weight_of, row.ones))
        for k, value in row.others:
            total += value * weights[k]
        total = max(-30.0, min(30.0, total))
        loss += row.count * (math.log1p(math.exp(total)) - row.right * total)
        error = row.count * (1 / (1 + math.exp(-total)) - row.right)
        for k in row.ones:
            slope[k] += error
        for k, value in row.others:
            slope[k] += error * value
    return loss, slope


def _least(rows: Sequence[_Row], penalties: Vector) -> Vector:
    """The weights with the least loss, by L-BFGS with halved steps."""
    weights = [0.0] * len(penalties)
    loss, slope = _loss(rows, penalties, weights)
    moves: list[tuple[Vector, Vector]] = []
    for _ in range(STEPS):
        if max(map(abs, slope), default=0.0) < ENOUGH:
            break
        way = _direction(slope, moves)
        down, step = _dot(way, slope), 1.0 if moves else 1 / math.sqrt(_dot(slope, slope))
        while True:
            tried = [weight + step * part for weight, part in zip(weights, way, strict=True)]
            new_loss, new_slope = _loss(rows, penalties, tried)
            if new_loss <= loss + 1e-4 * step * down or step < 1e-9:
                break
            step /= 2
        moved = [step * part for part in way]
        bent = [new - old for new, old in zip(new_slope, slope, strict=True)]
        if _dot(moved, bent) > 0:
            moves = [*moves, (moved, bent)][-MEMORY:]
        weights, loss, slope = tried, new_loss, new_slope
    return weights


def _direction(slope: Vector, moves: Sequence[tuple[Vector, Vector]]) -> Vector:
    """Which way is down, as the last moves tell the curvature (the two loops of L-BFGS)."""
    way, shares = [-part for part in slope], []
    for moved, bent in reversed(moves):
        share = _dot(moved, way) / _dot(moved, bent)
        shares.append(share)
        way = [part - share * other for part, other in zip(way, bent, strict=True)]
    if moves:
        moved, bent = moves[-1]
        scale = _dot(moved, bent) / _dot(bent, bent)
        way = [scale * part for part in way]
    for (moved, bent), share in zip(moves, reversed(shares), strict=True):
        back = share - _dot(bent, way) / _dot(moved, bent)
        way = [part + back * other for part, other in zip(way, moved, strict=True)]
    return way


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))
