"""Where words stand whole in a text, no letter or digit beside them; no pattern is made for words asked for once."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FOLDED = re.compile("[İıſ\u212a]")
"""Letters that a pattern without regard to case takes for others than their small ones."""


def places(text: str, words: str) -> Iterator[int]:
    """Where the words begin, as they are written, one behind the other.

    >>> list(places("Salt, salty Salt", "Salt"))
    [0, 12]
    """
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        stands = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        if stands:
            yield start
        start = text.find(words, max(end, start + 1) if stands else start + 1)


def count(text: str, words: str, *, any_case: bool = False) -> int:
    """How often the words stand in a text.

    >>> count("Salt, salty salt", "Salt"), count("Salt, salty salt", "Salt", any_case=True)
    (1, 2)
    """
    if not any_case:
        return sum(1 for _ in places(text, words))
    if words.isascii() and not _FOLDED.search(text):
        return sum(1 for _ in places(text.lower(), words.lower()))
    return len(re.findall(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text, re.IGNORECASE))
