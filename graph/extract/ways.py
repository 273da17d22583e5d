"""What becomes of a token in a coded sentence whatever stands around it; see ``phrases``."""

from __future__ import annotations

from graph.extract import lexicon
from graph.extract.rules import words

NARRATING = frozenset(("narrated", "narrates", "narration", "narrating"))
SELF = frozenset(("himself", "herself", "themselves"))
"""Words that are a role by themselves: of narrating, and oneself."""

PREDICATES = frozenset(("a", "an", "the", "played", "portrayed", "voiced"))
"""Before one of these "'s" is no possessive but short for "is"."""

CLOSELY, SPELT, LEFT_OUT, DETERMINED, BARE = range(5)


def way_of(word: str, kind: str, *, stops: bool) -> int:
    """What becomes of a token whatever stands around it: marks and small words are spelt, adverbs left out.

    Determiners and words that may begin a phrase have a way of their own, all others are looked at closely.
    """
    if kind in ("name", "title"):
        return CLOSELY
    if not word[:1].isalpha():
        return CLOSELY if word in ("", '"', "'", "'s") else SPELT
    if word in NARRATING or word in SELF or word == "whose":
        return CLOSELY
    if word in words("words", "determiners"):
        return DETERMINED
    if not (stops or lexicon.is_adverb(word)):
        return BARE
    return SPELT if not lexicon.is_adverb(word) or word in words("words", "negations") else LEFT_OUT
