"""Rows of named queries that several readers ask: the site's pages and the tools of assistants."""

from __future__ import annotations

from dataclasses import dataclass

from graph.store import Value


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One row of ``person-roles``."""

    role: str
    film: str
    title: str
    year: int | None
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One row of ``proofs``: a passage with one of its mentions."""

    fact: str
    evidence: str
    start: int
    end: int
    quote: str | None
    mention: str | None
    confidence: float
    rule: str
    property: str | None
    value: Value
    review: str
    reviewLabel: str  # noqa: N815  # fields are named as the query's variables
    reviewer: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of ``path-roles``: an acting part, with its film and its performer."""

    role: str
    film: str
    title: str
    year: int | None
    person: str
    name: str
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One row of ``character-faces``: whoever has played a character of a name."""

    role: str
    person: str
    actor: str
    character: str
    film: str
    title: str
    year: int | None


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One row of ``fact-sources``."""

    fact: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of ``source-names``."""

    source: str
    sourceLabel: str  # noqa: N815  # fields are named as the query's variables
    dataset: bool
