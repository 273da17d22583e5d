"""Spellings that people take for the same: case, accents, punctuation."""

from __future__ import annotations

import re
import unicodedata

_EXTRA = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_OTHER = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text in lower case, without accents, with single blanks between its words.

    >>> fold("Amélie — O’Neill & Łódź"), fold("七人の侍")
    ('amelie oneill lodz', '七人の侍')
    """
    bare = text.casefold() if text.isascii() else _without_accents(text.casefold())
    return _OTHER.sub(" ", _APOSTROPHES.sub("", bare)).strip()


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_EXTRA))
    bare = "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def grams(folded: str) -> set[str]:
    """Pieces of three characters, with the borders of the text as blanks.

    >>> sorted(grams("roth"))
    [' ro', 'oth', 'rot', 'th ']
    """
    padded = f" {folded} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
