"""A rating as people write it beside a text: "3.5/5", "7 out of 10", "★★★½", "3 1/2 stars", "B+", "two thumbs up"."""

from __future__ import annotations

import re

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,3}})?|½|{'|'.join(_NUMBERS)})(?:½|[ -](?:and|&)[ -]a[ -]half| 1/2)?"
_OF = r"\s*(?:/|out of|from|of)\s*(?:a possible )?"
_SCORE = re.compile(
    rf"(?P<value>{_NUMBER})(?:[ -]stars?)?(?:{_OF}(?P<best>{_NUMBER})(?:[ -]stars?)?|\s?(?P<percent>%))?", re.IGNORECASE
)
_GLYPHS = re.compile(r"(?P<full>(?:[★⭐✭✮🌟*]\ufe0f? ?){0,10})(?P<half>½|1/2)?(?P<empty>(?: ?[☆✩✰]){0,10})")
_OUT_OF = re.compile(rf"{_OF}(?P<best>{_NUMBER})(?:[ -]stars?)?", re.IGNORECASE)
_GRADE = re.compile(r"(?P<letter>[A-DF])(?P<sign>[+−–-]?)")
_THUMBS = re.compile(r"(?P<both>two |both )?(?:(?:a|one) )?thumbs? (?P<way>up|down)", re.IGNORECASE)

GRADES = {"A": 4.0, "B": 3.0, "C": 2.0, "D": 1.0, "F": 0.0}
BEST_GRADE = 4.3
"""A+ on the scale of American schools."""


def read_score(words: str) -> tuple[float, float | None] | None:
    """The value and, where it is given, the end of its scale; nothing if the words are no rating.

    >>> read_score("3 1/2 stars"), read_score("★★★½"), read_score("7 out of 10"), read_score("good")
    ((3.5, None), (3.5, 5.0), (7.0, 10.0), None)
    """
    plain = words.strip()
    if match := _SCORE.fullmatch(plain):
        best = 100.0 if match["percent"] else _number(match["best"]) if match["best"] else None
        return _number(match["value"]), best
    return _stars(plain) or _grade(plain) or _thumbs(plain)


def _number(words: str) -> float:
    half = 0.5 if re.search(r"½|1/2$|half$", words, re.IGNORECASE) else 0.0
    whole = re.sub(r"½| 1/2$|[ -](?:and|&)[ -]a[ -]half$", "", words, flags=re.IGNORECASE).lower().replace(",", ".")
    if whole in _NUMBERS:
        return _NUMBERS.index(whole) + half
    return float(whole or 0) + half


def _stars(words: str) -> tuple[float, float] | None:
    match = _GLYPHS.match(words)
    if match is None or not match[0].strip():
        return None
    full, empty = len(re.findall(r"[★⭐✭✮🌟*]", match["full"])), len(re.findall(r"[☆✩✰]", match["empty"]))
    scale = _OUT_OF.fullmatch(words, match.end())
    if not scale and words[match.end() :].strip():
        return None
    best = _number(scale["best"]) if scale else float(full + empty) if empty else max(5.0, float(full))
    return full + (0.5 if match["half"] else 0.0), best


def _grade(words: str) -> tuple[float, float] | None:
    match = _GRADE.fullmatch(words)
    if match is None or (match["letter"] == "F" and match["sign"]):
        return None
    step = {"": 0.0, "+": 0.3}.get(match["sign"], -0.3)
    return round(GRADES[match["letter"]] + step, 1), BEST_GRADE


def _thumbs(words: str) -> tuple[float, float] | None:
    match = _THUMBS.fullmatch(words.rstrip("!."))
    if match is None:
        return None
    best = 2.0 if match["both"] else 1.0
    return (best if match["way"].lower() == "up" else 0.0), best
