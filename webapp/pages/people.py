"""The page of a person: a career as a column of years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from webapp.pages.parts import FilmRef, Mention, Proof, Ref

LONG = 4
"""Years without a film that are a gap."""


@dataclass(frozen=True, slots=True)
class Part:
    """One role or other credit; ``job`` is None for an acting role."""

    iri: str
    film: FilmRef
    character: Ref | None
    description: str | None
    job: str | None
    proofs: tuple[Proof, ...]
    datasets: tuple[Ref, ...]

    @property
    def whom(self) -> str:
        """The character's name, else the description."""
        return self.character.label if self.character else self.description or ""


@dataclass(frozen=True, slots=True)
class Year:
    """What a person did in one year; None gathers the films whose year no source gives."""

    year: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who worked on the same films: how many, and the newest of them."""

    person: Ref
    films: int
    on: tuple[FilmRef, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A character whom the person played in several films, with these, in the order of the years."""

    character: Ref
    films: tuple[FilmRef, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One year of a career, and in how many films the person worked then; 0 in a gap."""

    year: int
    films: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of a person shows."""

    iri: str
    name: str
    other_names: tuple[str, ...]
    films: int
    span: str | None
    roles: tuple[Year, ...]
    credits: tuple[Year, ...]
    jobs: tuple[str, ...]
    colleagues: tuple[Colleague, ...]
    returned_to: tuple[Returned, ...]
    timeline: tuple[Moment, ...] = ()
    """Every year from the first to the last."""
    mentions: tuple[Mention, ...] = ()
    hidden_roles: int = 0
    """Roles of earlier years, which are left out of ``roles``."""
    hidden_credits: int = 0
    """The same for ``credits``."""

    @property
    def busiest(self) -> Moment | None:
        """The year of most films, None where no year is known."""
        return max(self.timeline, key=lambda moment: moment.films, default=None)

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The first and last years of long stretches without a film."""
        runs = ([each.year for each in run] for idle, run in groupby(self.timeline, lambda it: not it.films) if idle)
        return tuple((run[0], run[-1]) for run in runs if len(run) >= LONG)
