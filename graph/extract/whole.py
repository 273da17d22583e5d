"""Where words stand whole in a text, no letter or digit beside them; no pattern is made for words asked for once."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FOLDED = re.compile("[İıſ\u212a]")
"""Letters that a pattern without regard to case takes for others than their small ones."""


def places(text: str, words: str, *, any_case: bool = False) -> Iterator[int]:
    """Where the words begin, one behind the other.

    >>> list(places("Salt, salty salt", "Salt")), list(places("Salt, salty salt", "Salt", any_case=True))
    ([0], [0, 12])
    """
    if any_case and not (words.isascii() and not _FOLDED.search(text)):
        pattern = rf"(?<![^\W_]){re.escape(words)}(?![^\W_])"
        yield from (match.start() for match in re.finditer(pattern, text, re.IGNORECASE))
        return
    text, words = (text.lower(), words.lower()) if any_case else (text, words)
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
    return sum(1 for _ in places(text, words, any_case=any_case))
