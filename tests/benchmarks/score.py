"""Scores extracted roles against annotated texts: strict pairs of performer and role.

A performer must be spelt the same; a named role, one of its accepted spellings, without titles and articles; a
description, the same head noun. Pairs that the annotation calls ambiguous are neither right nor wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from graph.extract.rules import words

ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "its", "this", "that"))
ENDS = frozenset(
    ("who", "whom", "whose", "which", "that", "named", "called", "of", "from", "with", "in", "at", "for", "played")
)
"""Words that end a description's head phrase."""


@dataclass(slots=True)
class Counts:
    """Right, wrong and missing pairs."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Counts) -> None:
        """Add another text's counts."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scored:
    """One text's counts, its recall by form, and whether each found pair is right, with its confidence."""

    counts: Counts = field(default_factory=Counts)
    forms: list[tuple[str, bool]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that was extracted."""

    actor: str
    role: str
    confidence: float = 1.0


def plain(text: str) -> str:
    """Small letters without accents and marks.

    >>> plain("The Queen’s Ærlig")
    'the queens rlig'
    """
    folded = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"'s\b", "s", folded)).strip()


def core(text: str) -> str:
    """A name without titles and articles."""
    split = plain(text).split()
    titles = ARTICLES | words("names", "honorifics") | words("names", "performer_titles")
    bare = [word for word in split if word not in ARTICLES] or split
    return " ".join([word for word in split if word not in titles] or bare)


def head(text: str) -> str:
    """The head noun of a description, in the singular.

    >>> head("the two porters who help"), head("a lady")
    ('porter', 'lady')
    """
    split = plain(text.partition(",")[0]).split()
    word = ["", *takewhile(lambda one: one not in ENDS, split)][-1]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def is_same(wanted: dict[str, Any], found: Found, lenient: bool = False) -> bool:
    """Whether a found pair is the wanted one; leniently, a part of the name is enough."""
    if plain(wanted["actor"]) != plain(found.actor):
        return False
    spellings = [wanted["character"], *wanted.get("aliases", [])]
    if any(core(one) == core(found.role) and core(one) for one in spellings):
        return True
    if wanted.get("descriptive"):
        return any(head(one) == head(found.role) and head(one) for one in spellings)
    given = set(core(found.role).split())
    return lenient and any(
        given and (given <= (known := set(core(one).split())) or known <= given) for one in spellings
    )


def score(wanted: Iterable[dict[str, Any]], found: list[Found]) -> Scored:
    """Compare what was found in one text with its annotation."""
    roles = list(wanted)
    must = [role for role in roles if not role.get("ambiguous")]
    used: set[int] = set()
    scored = Scored()
    for role in must:
        place = next((k for k, one in enumerate(found) if k not in used and is_same(role, one)), None)
        used |= {place} if place is not None else set()
        scored.forms.append((role.get("form", "?").split(",")[0], place is not None))
    for k, one in enumerate(found):
        right = k in used
        if right or not any(is_same(role, one, lenient=True) for role in roles):
            scored.judged.append((one.confidence, right))
    wrong = sum(not right for _, right in scored.judged)
    scored.counts = Counts(len(used), wrong, len(must) - len(used))
    return scored
