"""Sentences of a readable text, none longer than a bound, so that everything after works in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract.rules import words
from graph.facts import Span

LONGEST = 900
"""Code points; a longer run without a full stop is cut at a blank, or where there is none, in the middle."""

_WRAPPED = 25
"""Code points; a shorter line is a heading or an item of a list, not one that is wrapped."""

_BORDER = re.compile(r"(?=[\s.!?…])(?:(?<!\s)\s*\n\s*|[.!?…]+[\"')\]]*(?=[ \n]|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z]))")
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}\n]{0,300}[)\]}]")
_INITIALS = re.compile(r"[A-Z](?:\.-?[A-Z]){0,2}")
_NEXT = re.compile(r"[ ]*[\"'(\[]*([^\W_])?")


def split_sentences(text: str) -> Iterator[Span]:
    """The sentences in order, without the white space around them.

    >>> text = "It stars Mr. Bell (of St. Ives). He is J. B. Roe, not R.J. Roe. So?"
    >>> [span.of(text) for span in split_sentences(text)]
    ['It stars Mr. Bell (of St. Ives).', 'He is J. B. Roe, not R.J. Roe.', 'So?']
    """
    start, brackets = 0, _BRACKETS.finditer(text)
    bracket = next(brackets, None)
    for match in _BORDER.finditer(text):
        while bracket is not None and bracket.end() <= match.start():
            bracket = next(brackets, None)
        inside = bracket is not None and bracket.start() < match.start() < bracket.end() - 1
        if not inside and _ends(text, start, match):
            yield from _bounded(text, start, match.end())
            start = match.end()
    yield from _bounded(text, start, len(text))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends at this mark: not after an abbreviation or initial, not before a small letter."""
    if "\n" in match[0]:
        return not _wrapped(text, start, match)
    following = _NEXT.match(text, match.end())
    letter = following[1] if following else None
    if letter is not None and letter.islower():
        return False
    if match[0][0] != "." or match.end() - match.start() > 1:
        return True
    if following is not None and "(" in following[0]:
        ahead = text[max(start, match.start() - 3) : match.start()]
        return "." not in ahead and ahead not in (" Jr", " Sr")
    word = text[max(start, match.start() - 12) : match.start()].rpartition(" ")[2].strip("\"'([")
    if _INITIALS.fullmatch(word) and word != "I":
        return False
    return word.lower().replace(".", "") not in words("words", "abbreviations")


def _wrapped(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a line only breaks in the middle of a sentence: a small letter follows, or a bracket is still open."""
    before, ahead = text[max(start, match.start() - 80) : match.start()], text[match.end() : match.end() + 1]
    told = before[-1:].isalpha() or before[-1:] == ","
    return len(before) > _WRAPPED and told and (ahead.islower() or before.rfind("(") > before.rfind(")"))


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without blanks at its ends, in pieces of at most ``LONGEST``."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            stop = blank if blank > 0 else start + LONGEST
        piece = text[start:stop]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if right > left:
            yield Span(left, right)
        start = stop


def sentence_at(text: str, region: Span, place: Span) -> Span:
    """The sentence of a region that holds a place; the place itself where no sentence holds all of it."""
    begin, end = max(region.start, place.start - LONGEST), min(region.end, place.end + LONGEST)
    for sentence in split_sentences(text[begin:end]):
        if begin + sentence.start <= place.start and place.end <= begin + sentence.end:
            return Span(begin + sentence.start, begin + sentence.end)
    return place
