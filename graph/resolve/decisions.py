"""What resolution decides, with its reason: that something is something known, or that this is not sure."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef


@dataclass(frozen=True, slots=True)
class Match:
    """Why something that a source names was taken for something known: the known thing, the reason, how sure it is."""

    iri: URIRef
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two things that were left apart, and why: they may be one, or, where they contradict, tell of one differently."""

    about: URIRef
    other: URIRef
    reason: str
    contradicts: bool = False
