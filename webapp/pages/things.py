"""The pages of roles, credits and ratings, and of what has no page of its own: datasets, graphs, extractions."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import FilmRef, Mention, Proof, Ref, Withdrawn


@dataclass(frozen=True, slots=True)
class Billed:
    """The place of a performer in a cast, from 1, and the sources that list it so."""

    place: int
    sources: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FactPage:
    """A role or a credit: who did what in which film, and who says so. ``job`` is None for a role."""

    iri: str
    label: str
    film: FilmRef
    person: Ref
    job: str | None
    character: Ref | None
    description: str | None
    proofs: tuple[Proof, ...]
    datasets: tuple[Ref, ...]
    said: tuple[Mention, ...] = ()
    """What else reviews of the film say of the person or the character."""
    withdrawn: tuple[Withdrawn, ...] = ()
    """What was withdrawn of it, of all sources or of some."""
    stands: bool = True
    """False where no source tells it any more: the page then shows what was withdrawn, as it was."""
    billed: tuple[Billed, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple about a resource, in words; ``value`` is a resource where it has an IRI."""

    property: Ref
    value: str
    iri: str | None


@dataclass(frozen=True, slots=True)
class ThingPage:
    """Every statement about one resource."""

    iri: str
    label: str
    kind: str
    statements: tuple[Statement, ...]
    proofs: tuple[Proof, ...]
