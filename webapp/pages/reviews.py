"""The page of a review: its text, or the passages of it that may be kept, beside the facts that they prove."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import FilmRef, Piece, Ref, ReviewCard


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that the review gives: ``number`` ties it to its passages, ``subject`` and ``object`` are its words.

    ``what`` says what kind of fact it is: ``role``, ``credit``, ``rating`` or a property of the film such as ``year``.
    """

    number: int
    iri: str
    what: str
    subject: Ref | None
    object: Ref | None
    text: str
    anchors: tuple[str, ...]
    confidence: float
    rule: str
    withdrawn: str | None = None
    """Why it no longer stands, where it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text: ``facts`` are the numbers it proves, ``anchors`` the fragments that begin in it."""

    pieces: tuple[Piece, ...]
    facts: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    closing: tuple[int, ...] = ()
    """The facts whose passage ends with this segment: their numbers stand behind it."""
    withdrawn: bool = False
    """Whether none of what it proves stands any more."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive segments; ``elided`` where words before it are left out."""

    segments: tuple[Segment, ...]
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in numbers that the review gives, in its text or beside it; ``kind`` as in ``Rating``."""

    iri: str
    kind: str
    value: float
    best: float
    count: int | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the page of a review shows; ``mode`` says how much of the text is stored (full, quotes, offsets)."""

    iri: str
    label: str
    film: FilmRef | None
    headline: str | None
    reviewer: str | None
    outlet: str | None
    published: str | None
    url: str | None
    licence: str | None
    mode: str
    sha256: str
    ratings: tuple[Verdict, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    others: tuple[ReviewCard, ...]

    @property
    def name(self) -> str:
        """The label with the film's name where it is not in it, and the outlet: two reviews may share a headline."""
        film = self.film.label if self.film and self.film.label not in self.label else None
        return ", ".join(filter(None, [self.label, film, self.outlet]))
