"""The page of a graph: what surrounds one film or person, as ties between films and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from webapp.pages.parts import FilmRef, Ref
from webapp.pages.people import Part
from webapp.pages.search import Found


@dataclass(frozen=True, slots=True)
class Tie:
    """What one person did in one film: a role or another credit, with who says so."""

    person: Ref
    part: Part


@dataclass(frozen=True, slots=True)
class GraphFilm:
    """A film with the ties that lead to it."""

    film: FilmRef
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class GraphPage:
    """A film or person (``centre``), the people and films around it, and all that ties these together.

    ``in_all`` is the number of people of a film, or of films of a person; where that is more than are shown, the
    directors and leads, people of many films, and films of many of these people were chosen. Without a centre there is
    nothing but the films and people (``offers``) that the name asked for may mean, or, where none was asked for, some
    to begin with; ``several`` says that all of them are called just that.
    """

    centre: Ref | None
    kind: Literal["film", "person"] | None
    films: tuple[GraphFilm, ...] = ()
    people: tuple[Ref, ...] = ()
    in_all: int = 0
    asked: str = ""
    offers: tuple[Found, ...] = ()
    several: bool = False

    @property
    def others(self) -> tuple[Ref, ...]:
        """The people beside the centre."""
        return tuple(person for person in self.people if self.centre is None or person.iri != self.centre.iri)
