"""The passages that prove facts, and the datasets that state them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from agents.answers import Evidence, Proof, Ref
from agents.meant import fact as known_fact
from agents.world import View
from graph import query
from graph.asked import ProofRow, SourceRow, StatedRow
from graph.vocabulary import FILM

PROVABLE = ("role", "credit", "film", "rating")
"""Kinds of things that passages prove."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who says what: the passages and the datasets of each fact, by its IRI."""

    passages: dict[str, list[Proof]]
    stated: dict[str, list[Ref]]

    def best(self, fact: str) -> Proof | None:
        """The surest passage, None where there is none."""
        return next(iter(self.passages.get(fact, ())), None)


def evidence(view: View, text: str, limit: int) -> Evidence:
    """Everything that proves a fact, given by its IRI."""
    fact = known_fact(view, text, PROVABLE)
    seen = witnesses(view, [fact.iri])
    proofs = seen.passages.get(fact.iri, [])
    return Evidence(
        fact=fact,
        proofs=proofs[:limit],
        more=max(len(proofs) - limit, 0),
        datasets=seen.stated.get(fact.iri, []),
    )


def witnesses(view: View, facts: Iterable[str]) -> Witnesses:
    """Everyone who says that these facts are so."""
    iris = [URIRef(fact) for fact in dict.fromkeys(facts)]
    if not iris:
        return Witnesses({}, {})
    passages: dict[str, dict[tuple[str, str | None], Proof]] = {}
    for row in query.rows(view.source, "proofs", ProofRow, fact=iris):
        about = _about(row)
        passages.setdefault(row.fact, {}).setdefault((row.evidence, about), _proof(row, about))
    return Witnesses({fact: list(each.values()) for fact, each in passages.items()}, _stated(view, iris))


def _stated(view: View, facts: Sequence[URIRef]) -> dict[str, list[Ref]]:
    rows = query.rows(view.source, "fact-sources", StatedRow, fact=facts)
    sources = [URIRef(source) for source in sorted({row.source for row in rows})]
    if not sources:
        return {}
    named = {
        row.source: Ref(iri=row.source, label=row.sourceLabel)
        for row in query.rows(view.source, "source-names", SourceRow, source=sources)
        if row.dataset
    }
    stated: dict[str, list[Ref]] = {}
    for row in sorted(rows, key=lambda row: (row.fact, row.source)):
        if row.source in named:
            stated.setdefault(row.fact, []).append(named[row.source])
    return stated


def _about(row: ProofRow) -> str | None:
    """Which value of a film a passage proves."""
    if row.property is None:
        return None
    return f"{row.property.replace(str(FILM), 'film:')} {row.value}"


def _proof(row: ProofRow, about: str | None) -> Proof:
    return Proof(
        evidence=row.evidence,
        quote=row.quote,
        source=Ref(iri=row.review, label=row.reviewLabel),
        reviewer=row.reviewer,
        outlet=row.outlet,
        published=None if row.published is None else str(row.published),
        start=row.start,
        end=row.end,
        confidence=row.confidence,
        about=about,
    )
