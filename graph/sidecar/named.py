"""Whether words name somebody or something: by some of the words of a name, or spelt much alike."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

ALIKE = 75
"""Likeness, of 100, from which words may be a misspelt name: one letter of four."""
LETTERS = 4
"""Letters from which on words are compared letter by letter; less may be anything."""


def share(words: Sequence[str], name: Sequence[str]) -> float:
    """How much of a name some words of it are, to 1.

    >>> share(["casablanca"], ["casablanca"]), share(["bogart"], ["humphrey", "bogart"])
    (1.0, 0.5)
    """
    return min(1.0, len(words) / max(1, len(name)))


def fits(words: Sequence[str], name: Sequence[str], *, unfinished: bool = False, near: bool = False) -> float:
    """How much of a name the words tell, 0 where they are others; with ``near`` also how alike they are.

    Blanks may be left out. With ``unfinished`` the last word may go on in the name.

    >>> name = ["robert", "de", "niro"]
    >>> [round(fits(words, name), 2) for words in (["de", "niro"], ["deniro"], ["niro", "robert"], ["nero"])]
    [0.67, 0.67, 0.67, 0.0]
    >>> [fits([word], name, unfinished=True) > 0 for word in ("rob", "deni", "obert")], fits(["rob"], name)
    ([True, True, False], 0.0)
    >>> fits(["denirro"], name), fits(["denirro"], name, near=True) > 0
    (0.0, True)
    """
    if not name:
        return 0.0
    *whole, last = words
    if all(word in name for word in whole) and (
        last in name or (unfinished and any(word.startswith(last) for word in name))
    ):
        return share(words, name)
    text, letters = "".join(words), "".join(name)
    if not near and text not in letters:
        return 0.0
    runs = [
        (size, "".join(name[at : at + size])) for size in range(1, len(name) + 1) for at in range(len(name) - size + 1)
    ]
    goes_on = unfinished and len(text) >= LETTERS
    told = max((size for size, run in runs if run == text or (goes_on and run.startswith(text))), default=0)
    if told or not near or len(text) < LETTERS:
        return told / len(name)
    best = max(fuzz.ratio(text, run) for _, run in runs)
    return 0.0 if best < ALIKE else best / 100 * share(words, name)
