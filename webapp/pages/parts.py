"""What several pages are made of: references, proofs, differences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A resource by its IRI and the words that name it."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The decision that a role no longer stands: why, since which day, who made it, and whose reading it is about.

    ``everywhere`` where it holds for every source, also for those still to come.
    """

    iri: str
    reason: str
    day: str
    by: str | None
    sources: tuple[Ref, ...]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class FilmRef:
    """A film by its IRI, title and year."""

    iri: str
    label: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote; ``marked`` where it is one of the very words that name the actor or the character."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """One passage that proves a fact: its words, where it stands, who wrote it, how sure the reading is.

    ``start`` and ``end`` are code points of the review's text; ``quote`` is empty where only offsets are stored.
    """

    evidence: str
    quote: tuple[Piece, ...]
    start: int
    end: int
    confidence: float
    rule: str
    review: Ref
    reviewer: str | None
    outlet: str | None
    published: str | None

    @property
    def anchor(self) -> str:
        """The fragment of the review's page at which the passage stands."""
        return f"p{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A review as other pages list it."""

    iri: str
    label: str
    reviewer: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A review with some of its sentences, in which names are marked."""

    review: ReviewCard
    sentences: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a question on which sources differ, with the sources that give it, and its passages."""

    value: str
    iri: str | None
    sources: tuple[Ref, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which the sources give different answers; none of them is thrown away."""

    question: str
    sides: tuple[Side, ...]
