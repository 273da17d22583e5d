"""The page of a character: one name, many faces."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import FilmRef, Proof, Ref


@dataclass(frozen=True, slots=True)
class Face:
    """One person who played a character of the name, in one film; ``here`` where it is this page's own film."""

    iri: str
    person: Ref
    character: str
    film: FilmRef
    here: bool
    proofs: tuple[Proof, ...]
    datasets: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FaceYear:
    """The faces of one year; None gathers the films whose year no source gives."""

    year: int | None
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class CharacterPage:
    """A character of one film, and everyone who played a character of the same name in any film.

    Namesakes are gathered, not claimed to be one person. Of a name that very many bear, a page shows some: ``years``
    and ``people`` are of these, ``films`` is in how many films the name is found, not ``counted`` where in even more.
    ``following`` is where the next part begins: its value for ``after``, None on the last.
    """

    iri: str
    name: str
    film: FilmRef
    years: tuple[FaceYear, ...]
    people: int
    films: int
    counted: bool
    after: str
    following: str | None
