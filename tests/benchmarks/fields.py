"""Scores what is said of the film itself (title, year, people behind the camera, rating…) against annotated texts.

Only keys that an annotation's ``meta`` holds are scored. A list is scored name by name, any other value as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.facts import Facts
from tests.benchmarks.score import Counts, plain

JOBS = {
    "directors": "director",
    "writers": "writer",
    "composers": "composer",
    "cinematographers": "cinematographer",
    "editors": "editor",
    "producers": "producer",
}

Texts = Iterable[tuple[Facts, dict[str, Any]]]


def found(facts: Facts) -> dict[str, list[str]]:
    """What was extracted, by the keys of ``meta``; a value that is not known is an empty list."""
    film = facts.film
    own = min(facts.ratings, key=lambda rating: rating.kind != "own", default=None)
    voted = next((rating for rating in facts.ratings if rating.count), None)
    single = {
        "film": film.title,
        "year": film.year,
        "original_title": film.original_title,
        "runtime": film.runtime,
        "certificate": film.certificate,
        "reviewer": facts.reviewer,
        "outlet": facts.outlet,
        "date": facts.published,
    }
    return {
        **{key: [credit.person for credit in facts.credits if credit.job == job] for key, job in JOBS.items()},
        "actors_block": [credit.person for credit in facts.credits if credit.job == "actor"],
        **{key: [str(value.value)] if value else [] for key, value in single.items()},
        "genres": [value.value for value in film.genres],
        "countries": [value.value for value in film.countries],
        "studios": [value.value for value in film.studios],
        "rating": [f"{own.value:g}/{own.best:g}"] if own else [],
        "votes": [str(voted.count)] if voted else [],
    }


def wanted(truth: dict[str, Any]) -> dict[str, list[str]]:
    """What an annotation holds, in the same form; a rating stands with its scale."""
    meta = {key: value for key, value in truth["meta"].items() if key not in ("rating_scale", "grade")}
    if meta.get("rating") is not None:
        scale = truth["meta"].get("rating_scale")
        meta["rating"] = f"{meta['rating']:g}/{scale:g}" if scale else f"{meta['rating']:g}"
    if "grade" in truth["meta"]:
        meta.pop("rating", None)
    if "film" in truth:
        meta["film"] = truth["film"]
    return {key: _list(value) for key, value in meta.items()}


def _list(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def score_fields(facts: Facts, truth: dict[str, Any]) -> dict[str, Counts]:
    """Right, wrong and missing values of one text, by key."""
    mine = found(facts)
    return {key: _compare(mine[key], expected) for key, expected in wanted(truth).items() if key in mine}


def _compare(mine: list[str], expected: list[str]) -> Counts:
    have, want = {_same(one) for one in mine}, {_same(one) for one in expected}
    if len(want) == 1 and next(iter(want)).replace(".", "").isdigit():
        have = {one.partition("/")[0] for one in have}
    return Counts(len(have & want), len(have - want), len(want - have))


def _same(value: str) -> str:
    """Letters without accents and marks; a rating stays as it is."""
    return value if "/" in value or value.replace(".", "").isdigit() else plain(value)


def measure_fields(texts: Texts) -> dict[str, Counts]:
    """All texts together, by key."""
    total: dict[str, Counts] = defaultdict(Counts)
    for facts, truth in texts:
        for key, counts in score_fields(facts, truth).items():
            total[key].add(counts)
    return dict(total)
