"""Which kind of text is no film review, as far as it must be known to refuse it politely; a short one never is."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.extract.rules import load, words

ENOUGH = 60
"""Fewer words than this do not show a kind."""
LONG = 200
"""So many words without any of film are no review, whatever they are."""
SAMPLE = 20_000
"""Code points from the beginning of the text that are looked at."""
_TELLING = 4
"""So many different words of another kind show it."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def other_kind(text: str) -> str | None:
    """What a text looks like that is no film review, in words for people; nothing for a review, or where it is unsure.

    >>> other_kind("Preheat the oven. Whisk flour, sugar, butter and eggs, stir in milk, bake for thirty minutes. " * 8)
    'a recipe'
    >>> other_kind("The bank bores and the actors whisper, but the film has a heart. " * 8) is None
    True
    """
    found = small_words(text[:SAMPLE])
    if len(found) < ENOUGH:
        return None
    used = frozenset(found)
    film = 2 * len(used & words("kinds", "strong")) + len(used & words("kinds", "weak"))
    others = {kind: len(used & known) for kind, known in _others().items()}
    likeliest = max(others, key=lambda kind: others[kind])
    if others[likeliest] >= max(_TELLING, 2 * film):
        return likeliest
    return "a text about something else" if not film and len(found) >= LONG else None


@lru_cache(maxsize=1)
def small_words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, those with a hyphen whole; the last are kept, for two stages ask for them.

    >>> small_words("It’s a well-made 2nd film")
    ('it', 's', 'a', 'well-made', 'nd', 'film')
    """
    return tuple(_WORD.findall(text.lower()))


@cache
def _others() -> dict[str, frozenset[str]]:
    """The words that show each other kind."""
    return {kind: frozenset(known.split()) for kind, known in load("kinds")["others"].items()}
