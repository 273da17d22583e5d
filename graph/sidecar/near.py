"""Spellings that are near a text that is spelt like nothing there is.

Comparing a text with a million names takes seconds, so only those are compared that share its rarest pieces of three
letters: a typing error leaves most pieces as they are, and the pieces that it makes are mostly nobody's. A short text
may have no such piece left; then all that one error makes of it is looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from string import ascii_lowercase, digits
from typing import Any

from graph.sidecar.fold import grams

NEAR = 0.3
"""Least likeness (shared three-letter pieces over all pieces) of a near spelling."""
ENOUGH = 8_000
"""So many spellings that hold a piece are looked at, in all; the rarest pieces come first."""
POOL = 150
"""How many spellings, those that share the most pieces, are compared letter by letter."""
SHORT = 10
"""Letters of a text of which one error may leave no piece."""
LETTERS = f"{ascii_lowercase}{digits} "

Ask = Callable[..., list[Any]]
"""Runs one question of the index with its values."""


def near_spellings(ask: Ask, folded: str, limit: int) -> list[tuple[float, str]]:
    """The most similar spellings with their likeness, 0 to 1, the best first."""
    names = {*pool(ask, folded), *one_error_away(ask, folded)}
    scored = sorted(((_likeness(folded, name), name) for name in names), key=lambda pair: (-pair[0], pair[1]))
    return [pair for pair in scored[:limit] if pair[0] >= NEAR]


def pool(ask: Ask, folded: str, enough: int = ENOUGH) -> list[str]:
    """The spellings that share the most of the text's rarest pieces, in no certain order."""
    shared: Counter[int] = Counter()
    left = enough
    for piece, holders in _rarest(ask, folded):
        if left < min(holders, enough // 4):
            break
        shared.update([number for (number,) in ask(_HOLDERS, f'"{piece}"', left)])
        left -= holders
    best = sorted(shared.items(), key=itemgetter(1), reverse=True)[:POOL]  # faster than most_common
    places = ", ".join("?" * len(best))
    rows = ask(f"SELECT folded FROM spelling WHERE id IN ({places})", *(number for number, _ in best))  # noqa: S608  # question marks
    return [name for (name,) in rows]


def one_error_away(ask: Ask, folded: str, before: str = "") -> list[str]:
    """The spellings that differ from a short text by one letter: left out, added, swapped, or another in its place.

    ``before`` stands before each of them, such as an article.
    """
    if not 2 <= len(folded) <= SHORT:
        return []
    edits = sorted(before + edit for edit in _edits(folded))
    places = ", ".join("?" * len(edits))
    return [name for (name,) in ask(f"SELECT DISTINCT folded FROM name WHERE folded IN ({places})", *edits)]  # noqa: S608  # question marks


def _edits(text: str) -> set[str]:
    r"""All that one error makes of a text.

    >>> sorted(_edits("up") & {"p", "pu", "ups", "us", "u p", "up"})
    ['p', 'pu', 'u p', 'ups', 'us']
    """
    halves = [(text[:place], text[place:]) for place in range(len(text) + 1)]
    found = {head + tail[1:] for head, tail in halves if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in halves if tail for letter in LETTERS}
    found |= {head + letter + tail for head, tail in halves for letter in LETTERS}
    return found - {text}


_HOLDERS = "SELECT rowid FROM spelling_gram WHERE spelling_gram MATCH ?1 LIMIT ?2"


def _rarest(ask: Ask, folded: str) -> list[tuple[str, int]]:
    """The pieces of a text that some spelling holds, and how many do, the rarest first."""
    pieces = sorted({folded[start : start + 3] for start in range(len(folded) - 2)})
    places = ", ".join("?" * len(pieces))
    return ask(f"SELECT gram, spellings FROM gram WHERE gram IN ({places}) ORDER BY spellings, gram", *pieces)  # noqa: S608  # question marks


def _likeness(text: str, folded: str) -> float:
    """How alike a text and a name are, 0 to 1; part of a name counts a little less than all of it."""
    wanted, words, size = grams(text), folded.split(), len(text.split())
    parts = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)] if len(words) > size else []
    return max([_shared(wanted, grams(folded)), *(0.9 * _shared(wanted, grams(part)) for part in parts)])


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
