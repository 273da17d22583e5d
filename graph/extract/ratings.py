"""Verdicts in numbers: the reviewer's own and the readers', on any scale."""

from __future__ import annotations

import re

from graph.extract.evidence import proof
from graph.extract.factbox import SURE
from graph.extract.layout import Layout
from graph.facts import Rating, Span

_VOTES = re.compile(r"\(?\s*(?P<count>\d[\d,.]*)\s*(?:votes?|ratings?|users?|reviews?)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<value>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:/|out of)?\s*(?P<best>\d{1,3})?")


def read_ratings(text: str, layout: Layout) -> tuple[Rating, ...]:
    """All ratings of the reviewed film, the reviewer's own first; a scale without a value gives none."""
    found = []
    for fact in layout.facts:
        if fact.field == "user_rating" and (match := _NUMBER.match(fact.value.of(text))):
            votes = _VOTES.search(fact.value.of(text), match.end())
            count = int(re.sub(r"\D", "", votes["count"])) if votes else None
            mention = Span(fact.value.start, fact.value.start + match.end())
            evidence = (proof(text, fact.line, "ratings.user", SURE, mention),)
            found.append(Rating("user", float(match["value"]), float(match["best"] or 5), count, evidence))
    return tuple(found)
