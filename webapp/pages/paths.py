"""The page of paths: how two people are connected through the films in which they act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from webapp.pages.films import CastLine
from webapp.pages.parts import FilmRef, Ref
from webapp.pages.search import Found

Outcome = Literal["unasked", "unclear", "same", "found", "apart", "far"]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a path: what was typed, and the person who is meant.

    Where that is not clear, ``person`` is None and ``offers`` are those who may be meant; they all bear the very name
    where ``several`` is true, and are only near it otherwise.
    """

    text: str
    person: Ref | None
    offers: tuple[Found, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: two people in one film, and all their roles there, the first person's first."""

    before: Ref
    film: FilmRef
    after: Ref
    roles: tuple[CastLine, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    """The shortest way from one person to another, and some others that are as short.

    ``outcome`` is ``unasked`` (a name is missing), ``unclear`` (who is meant), ``same`` (one person), ``found``,
    ``apart`` (there is no way), or ``far`` (none within ``films`` films and so many credits as are searched). ``count``
    is the number of all shortest ways. ``idle`` are those of the two who act in no film. ``begin`` are two and two to
    begin with, where nobody is named.
    """

    origin: End
    goal: End
    outcome: Outcome
    hops: tuple[Hop, ...]
    others: tuple[tuple[Hop, ...], ...]
    count: int
    films: int
    idle: tuple[Ref, ...] = ()
    begin: tuple[tuple[Ref, ...], ...] = ()
