"""Why a review gave the roles it gave: every pair that was considered, its rule, and what spoke against it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.extract import THRESHOLD
from graph.extract.judge import judge_pairs
from graph.extract.language import check_readable
from graph.extract.pairs import NAMED
from graph.extract.reading import Gazetteer, read
from graph.extract.resolve_roles import decide, proof
from graph.facts import Document, Evidence, Span


@dataclass(frozen=True, slots=True)
class Considered:
    """One pair of performer and role that a rule found; ``reason`` says why it is no role, empty where it is one."""

    actor: str
    role: str
    named: bool
    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document, the spans of the names in it, and every pair considered, in the order of the text."""

    document: Document
    names: tuple[Span, ...]
    considered: tuple[Considered, ...]


def explain(document: Document, gazetteer: Gazetteer | None = None, threshold: float = THRESHOLD) -> Explanation:
    """The same reading as ``extract``, with everything that was rejected and why.

    Raises InputError as ``extract`` does.
    """
    check_readable(document.name, document.text)
    reading = read(document, gazetteer)
    considered = []
    for decision in decide(judge_pairs(reading)):
        one, evidence = decision.judged, proof(reading, decision.judged)
        weak = f"below the threshold of {threshold:g}" if evidence.confidence < threshold else ""
        pair = one.candidate.pair
        considered.append(Considered(one.actor, pair.role, pair.kind == NAMED, evidence, decision.reason or weak))
    considered.sort(key=lambda one: (one.evidence.span, -one.evidence.confidence))
    spans = tuple(reading.clean.origin(span) for span in reading.names)
    return Explanation(document, spans, tuple(dict.fromkeys(considered)))
