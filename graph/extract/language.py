"""Which language a text is written in, as far as it must be known to refuse it politely."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from graph.errors import InputError
from graph.extract.kind import other_kind, small_words
from graph.extract.rules import load

ENGLISH = "English"
SAMPLE = 5_000
"""Code points from the beginning of the text that are looked at."""
ENOUGH = 25
"""Fewer words than this do not show a language."""

_SCRIPTS = {
    "CYRILLIC": "a language in Cyrillic script",
    "GREEK": "Greek",
    "ARABIC": "a language in Arabic script",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "a language in Devanagari script",
    "THAI": "Thai",
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese or Japanese",
}


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """For each small word the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in load("languages")["words"].items():
        for word in frozenset(text.split()):
            found[word] = (*found.get(word, ()), name)
    return found


def recognise(text: str) -> str | None:
    """The language of a text, or nothing where it does not show.

    >>> recognise("Der Film ist nicht so gut wie das Buch, und die Schauspieler sind auch nicht mit "
    ...           "Freude bei der Sache. Das ist ein wenig schade, aber es ist nun einmal so.")
    'German'
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    if script is not None:
        return script
    words = " ".join(small_words(sample)).replace("-", " ").split()
    if len(words) < ENOUGH:
        return None
    counts = dict.fromkeys(load("languages")["words"], 0)
    speakers = _speakers()
    for word, times in Counter(filter(speakers.__contains__, words)).items():
        for name in speakers[word]:
            counts[name] += times
    best = max(counts, key=lambda name: (counts[name], name == ENGLISH))
    return best if counts[best] >= max(5, len(words) * 0.12) else None


_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u1f00-\U0010ffff]")


def _script(sample: str) -> str | None:
    """The script of a text most of whose letters are not Latin."""
    if sample.isascii():
        return None
    foreign = [c for c in _NOT_LATIN.findall(sample) if c.isalpha()]
    if len(foreign) < 10 or len(foreign) * 2 <= sum(map(str.isalpha, sample)):
        return None
    counts = Counter(unicodedata.name(c, "?").split(" ")[0] for c in foreign)
    for script in ("HIRAGANA", "KATAKANA"):
        if counts[script] * 20 > len(foreign):
            return _SCRIPTS[script]
    return _SCRIPTS.get(counts.most_common(1)[0][0], "a language in another script")


def check_readable(name: str, text: str) -> None:
    """Raises InputError where a text is certainly no English review: empty, binary, foreign, or of another kind."""
    if not text.strip():
        raise InputError(f"{name}: is empty; give the text of a review")
    if "\0" in text or _share_of_controls(text[:SAMPLE]) > 0.05:
        raise InputError(f"{name}: looks like binary data, not text; give a review as plain text")
    if not re.search(r"[^\W\d_]", text):
        raise InputError(f"{name}: holds no words; give the text of a review")
    language = recognise(text)
    if language is not None and language != ENGLISH:
        raise InputError(f"{name}: looks like {language}; only reviews in English can be read")
    kind = other_kind(text)
    if kind is not None:
        raise InputError(f"{name}: does not look like a film review but like {kind}; give the text of a review")


_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


def _share_of_controls(sample: str) -> float:
    return len(_ODD.findall(sample)) / max(1, len(sample))
