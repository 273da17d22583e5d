"""The page of search results."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Piece


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: a film, person, character, genre or review, and what tells it from others of the name.

    What two things name together, such as an actor and a film, is a role: ``detail`` is its film, ``quote`` a sentence
    that proves it. Of a review ``detail`` is a sentence of it, and ``quote`` the same with the words asked for marked.
    """

    iri: str
    kind: str
    label: str
    detail: str | None
    quote: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked and what was found; ``near`` are the next best where nothing fits."""

    text: str
    kind: str | None
    found: tuple[Found, ...]
    near: tuple[Found, ...]
    following: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be meant by the letters typed so far; ``url`` is the address of its page on this site."""

    label: str
    kind: str
    detail: str | None
    url: str
    iri: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be meant, the likeliest first."""

    hits: tuple[Suggestion, ...]
