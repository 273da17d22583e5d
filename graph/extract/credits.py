"""Credits of running text, with their sentences, and of fact lines, brought together.

Several passages for one person make a credit surer; where one person is surer by far, the others are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import islice

from graph.extract import names, rules
from graph.extract.claims import Claim, find_claims
from graph.extract.clean import Clean
from graph.extract.evidence import join, proof
from graph.extract.sentences import LONGEST, split_sentences
from graph.facts import Credit, Span

ENOUGH = 0.5
"""A credit below this confidence is left out."""

CLOSE = 0.8
"""A person less sure than this share of the surest one in the same job is left out."""

MOST_CLAIMS = 2_000
"""Passages looked at in one text; a review has a dozen."""

MOST_PASSAGES = 5
"""Passages kept as evidence of one credit."""


def read_credits(source: str, readable: Clean, title: str | None = None) -> tuple[Credit, ...]:
    """The credits of running text with their sentences; a person is kept whose passages together are sure enough.

    ``readable`` is the readable form of ``source``; spans are those of ``source``.
    """
    claims: dict[tuple[str, str], list[Claim]] = {}
    for claim in islice(find_claims(readable.text, title), MOST_CLAIMS):
        claims.setdefault((claim.job, names.key(claim.person)), []).append(claim)
    claims = {key: found for key, found in claims.items() if not _is_makers_own(key[1], found, claims)}
    sure = {key: _together(found) for key, found in claims.items()}
    best = {job: max(value for (other, _), value in sure.items() if other == job) for job, _ in sure}
    return tuple(
        _credit(source, readable, found, sure[key])
        for key, found in claims.items()
        if sure[key] >= max(ENOUGH, CLOSE * best[key[0]])
    )


def _is_makers_own(person: str, found: list[Claim], claims: dict[tuple[str, str], list[Claim]]) -> bool:
    """Whether passages such as "Ana Ruiz's camera glides" only speak of the film's director."""
    return ("director", person) in claims and all(claim.rule in _of_makers() for claim in found)


@cache
def _of_makers() -> frozenset[str]:
    return frozenset(rule["name"] for rule in rules.load("credits")["rule"] if rule.get("maker"))


def _together(claims: list[Claim]) -> float:
    """The confidence that independent passages give together, each rule counted once."""
    doubt = 1.0
    for rule in dict.fromkeys(claim.rule for claim in claims):
        doubt *= 1 - max(claim.confidence for claim in claims if claim.rule == rule)
    return round(min(1 - doubt, 0.97), 2)


def _credit(source: str, readable: Clean, claims: list[Claim], sure: float) -> Credit:
    found = []
    for claim in claims[:MOST_PASSAGES]:
        sentence = _sentence(readable.text, claim.phrase, claim.mention)
        span, mention = readable.origin(sentence), readable.origin(claim.mention)
        found.append(proof(source, span, f"credits.{claim.rule}", sure, mention))
    return Credit(claims[0].person, claims[0].job, tuple(dict.fromkeys(found)))


def _sentence(text: str, phrase: Span, mention: Span) -> Span:
    """The sentence around a phrase and its name."""
    start, end = min(phrase.start, mention.start), max(phrase.end, mention.end)
    left = max(text.rfind("\n", max(0, start - LONGEST), start) + 1, start - LONGEST, 0)
    right = text.find("\n", end, end + LONGEST)
    right = min(len(text), end + LONGEST) if right < 0 else right
    for sentence in split_sentences(text[left:right]):
        if left + sentence.start <= start < left + sentence.end:
            return Span(left + sentence.start, max(left + sentence.end, end))
    return Span(start, end)


def combine(listed: Iterable[Credit], told: Iterable[Credit]) -> tuple[Credit, ...]:
    """The credits of fact lines with those of running text; where a fact line gives a job, prose only adds passages."""
    found: dict[tuple[str, str], list[Credit]] = {}
    for credit in listed:
        found.setdefault((credit.job, names.key(credit.person)), []).append(credit)
    settled = {job for job, _ in found}
    for credit in told:
        key = credit.job, names.key(credit.person)
        if key in found or credit.job not in settled:
            found.setdefault(key, []).append(credit)
    return tuple(
        same[0] if len(same) == 1 else replace(same[0], evidence=join(*(credit.evidence for credit in same)))
        for same in found.values()
    )
