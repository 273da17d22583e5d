"""The page of a film."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Difference, FilmRef, Proof, Ref, ReviewCard


@dataclass(frozen=True, slots=True)
class CastLine:
    """Who played whom: a character, or a description where no name is given; the proof, or the dataset that says so."""

    iri: str
    person: Ref
    character: Ref | None
    description: str | None
    proofs: tuple[Proof, ...]
    datasets: tuple[Ref, ...]
    billing: int | None = None
    """The first place, from 1, that a source gives the performer in its cast."""

    @property
    def whom(self) -> str:
        """The character's name, else the description."""
        return self.character.label if self.character else self.description or ""


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One person's credit, with its proof or the dataset that gives it."""

    iri: str
    person: Ref
    proofs: tuple[Proof, ...]
    datasets: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """Everyone who did one job in the film."""

    job: str
    credits: tuple[CreditLine, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A value of the film, such as its year, and the sources that give it."""

    value: str
    sources: tuple[Ref, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """A verdict in numbers: ``value`` of ``best``; ``kind`` is ``own`` (the reviewer's) or ``user`` (the readers')."""

    iri: str
    kind: str
    value: float
    best: float
    count: int | None
    source: Ref
    outlet: str | None
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another film and what it shares with this one."""

    film: FilmRef
    shared: Ref | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Everything the page of a film shows."""

    iri: str
    title: str
    year: int | None
    titles: tuple[Said, ...]
    original_titles: tuple[Said, ...]
    years: tuple[Said, ...]
    runtimes: tuple[Said, ...]
    certificates: tuple[Said, ...]
    countries: tuple[Said, ...]
    studios: tuple[Said, ...]
    tagline: str | None
    description: str | None
    described_by: Ref | None
    genres: tuple[Ref, ...]
    directors: tuple[Ref, ...]
    ratings: tuple[Rating, ...]
    cast: tuple[CastLine, ...]
    jobs: tuple[JobLine, ...]
    differences: tuple[Difference, ...]
    reviews: tuple[ReviewCard, ...]
    same_director: tuple[Meeting, ...]
    same_cast: tuple[Meeting, ...]
    same_characters: tuple[Meeting, ...]

    @property
    def name(self) -> str:
        """Title and year in one line, as a window's title has it."""
        return self.title if self.year is None else f"{self.title} ({self.year})"
