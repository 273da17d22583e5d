"""A film's dossier: its rows, each in one order whichever way they were found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.store import Value
from graph.vocabulary import FILM

Raw = tuple[Any, ...]
"""A row before it has a class, its fields in the order of the class; sources stand in it by their IRIs."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source by its IRI and label; a dataset states facts without passages."""

    source: str
    label: str
    dataset: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    """A value of the film and the number of a source that gives it."""

    property: str
    value: Value
    source: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Who played whom: a character by name, or a description; whether a passage proves it, and who states it.

    ``billing`` is the first place, from 1, that a source gives the performer in its cast.
    """

    role: str
    person: str
    name: str
    character: str | None
    whom: str | None
    description: str | None
    proved: bool
    billing: int | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CreditRow:
    """Who did what else."""

    credit: str
    job: str
    person: str
    name: str
    proved: bool
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GenreRow:
    """A genre of the film."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A verdict in numbers; outlet and reviewer are those of its source."""

    rating: str
    kind: str
    value: float
    best: float
    count: int | None
    source: int
    outlet: str | None
    reviewer: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review of the film."""

    iri: str
    label: str
    reviewer: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All rows of one film; ``proved`` says whether a passage proves a value of the film itself."""

    proved: bool
    sources: tuple[SourceRow, ...]
    facts: tuple[FactRow, ...]
    roles: tuple[RoleRow, ...]
    credits: tuple[CreditRow, ...]
    genres: tuple[GenreRow, ...]
    ratings: tuple[RatingRow, ...]
    reviews: tuple[ReviewRow, ...]


@dataclass(slots=True)
class Rows:
    """The rows of a dossier while they are gathered, in no order, maybe twice."""

    proved: bool = False
    facts: Iterable[Raw] = ()
    roles: Iterable[Raw] = ()
    credits: Iterable[Raw] = ()
    genres: Iterable[Raw] = ()
    ratings: Iterable[Raw] = ()
    reviews: Iterable[Raw] = ()


Parts = list[Any]
"""A dossier as plain lists: what is kept."""


def parts(rows: Rows, named: Mapping[str, tuple[str, bool]]) -> Parts:
    """The rows in their order, each once, with numbers for the sources, whose label and kind are in ``named``.

    What a source without a label says is left out of facts and ratings; of roles it is no source.
    """
    facts = [row for row in _sorted(rows.facts, _of_fact) if row[2] in named]
    ratings = [row for row in _sorted(rows.ratings, _of_rating) if row[5] in named]
    roles, credits_ = _sorted(rows.roles, _of_role), _sorted(rows.credits, _of_credit)
    stated = {source for row in (*roles, *credits_) for source in row[-1] if source in named}
    known = sorted({*stated, *(row[2] for row in facts), *(row[5] for row in ratings)})
    number = {source: place for place, source in enumerate(known)}
    return [
        rows.proved,
        [[source, *named[source]] for source in known],
        [[*row[:2], number[row[2]]] for row in facts],
        *([_numbered(row, number) for row in group] for group in (roles, credits_)),
        [list(row) for row in _sorted(rows.genres, lambda row: (row[1], row[0]))],
        [[*row[:5], number[row[5]], *row[6:]] for row in ratings],
        [list(row) for row in _by_day(rows.reviews)],
    ]


def has_title(parts: Parts) -> bool:
    """Whether any source gives the film a title."""
    return any(row[0] == str(FILM.title) for row in parts[2])


def _numbered(row: Raw, number: Mapping[str, int]) -> Parts:
    return [*row[:-1], [number[source] for source in row[-1] if source in number]]


def _sorted(rows: Iterable[Raw], order: Callable[[Raw], Any]) -> list[Raw]:
    return sorted(dict.fromkeys(rows), key=order)


def _of_fact(row: Raw) -> Raw:
    return row[0], isinstance(row[1], str), row[1], row[2]


def _of_role(row: Raw) -> Raw:
    return row[7] is None, row[7] or 0, row[2], row[4] or "", row[5] or "", row[0]


def _of_credit(row: Raw) -> Raw:
    return row[1], row[3], row[0]


def _of_rating(row: Raw) -> Raw:
    """By kind, those that most readers gave first."""
    return row[1], row[4] is None, -(row[4] or 0), row[5], row[0], *(str(each) for each in (*row[2:4], *row[6:]))


def _by_day(rows: Iterable[Raw]) -> list[Raw]:
    """The newest first, those without a day last."""
    named = _sorted(rows, lambda row: (row[1], row[0], *(str(each) for each in row[2:])))
    return sorted(named, key=lambda row: str(row[4] or ""), reverse=True)
