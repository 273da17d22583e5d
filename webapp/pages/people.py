"""The page of a person: a career as a column of years."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import FilmRef, Proof, Ref


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
    """Someone who worked on the same films: how many, and one of them."""

    person: Ref
    films: int
    title: str


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
    returned_to: tuple[Ref, ...]
