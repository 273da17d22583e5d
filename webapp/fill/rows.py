"""What is done with the rows of several queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def unique(rows: Iterable[T], key: Callable[[T], str]) -> list[T]:
    """The first row of each key: a second name or year of a resource makes no second line."""
    found: dict[str, T] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return list(found.values())


def by_year(
    items: Iterable[T], key: Callable[[T], int | None], *, newest_first: bool
) -> list[tuple[int | None, list[T]]]:
    """Items gathered by year, in order; those without a year come last."""
    years: dict[int | None, list[T]] = {}
    for item in items:
        years.setdefault(key(item), []).append(item)
    known = sorted((year for year in years if year is not None), reverse=newest_first)
    return [(year, years[year]) for year in [*known, *([None] if None in years else [])]]
