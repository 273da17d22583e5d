"""Headings that name the film: "Salt (2017) Review", "Movie Review: Salt", and headlines of the same shapes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from graph.extract import rules
from graph.extract.evidence import proof
from graph.extract.layout import Layout
from graph.extract.narrowing import narrowed
from graph.facts import Span, Value

_SCORED = re.compile(r"\s+(?:[★☆½]{1,10}|[Ww]atched\b)")
_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = frozenset(
    ("a", "an", "and", "at", "but", "by", "for", "from", "in", "nor", "of", "on", "or", "the", "to", "with")
)
SHORTEST_IN_CAPITALS = 4
"""A title in capitals of no more letters may be an abbreviation and stays as it is."""

_IN_SERIES = re.compile(r"(?P<series>[^:|\n]{3,70})[:|] ?(?P<rest>[^:|\n]{2,100})")
_SERIES = re.compile(
    r"\b(?:marathon|nights?|day \d+|week \d+|episode|ep\.|fridays?|saturdays?|sundays?|mondays?|club|classics?|rewatch"
    r"|of the (?:week|month|day)|is for)\b",
    re.IGNORECASE,
)
_OF_MAKER = re.compile(
    r"[^\n]{3,80}? (?:[A-ZÀ-Þ][\w.-]+ ){1,3}[A-ZÀ-Þ][\w-]+(?:['’]s|s['’]) (?P<rest>[A-ZÀ-Þ\d][^\n]*)"
)
_CREDITED = re.compile(r",? \(?(?:dir\.|directed by|director:)|(?<=\w)[”\"](?=\s\w)", re.IGNORECASE)
_MARKS = "\"“”'‘’*_#|:-–— .,\t"


class _Heading(NamedTuple):
    """The shape of a heading; a ``weak`` one needs the title in the text, a ``scored`` one a row of stars below.

    One that ``recurs`` needs the title in the text as well, and is as sure as others then.
    """

    name: str
    weak: bool
    recurs: bool
    scored: bool
    pattern: re.Pattern[str]


@cache
def _headings() -> tuple[_Heading, ...]:
    kind = rules.load("titles")["kind"]
    return tuple(
        _Heading(
            rule["name"],
            rule.get("weak", False),
            rule.get("recurs", False),
            rule.get("scored", False),
            re.compile(rule["pattern"].replace("KIND", kind)),
        )
        for rule in rules.load("titles")["heading"]
    )


@cache
def _parts() -> frozenset[str]:
    return frozenset(rules.load("titles")["parts"]["words"])


def from_headings(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of the first heading that names a film, surer shapes before weaker ones."""
    for name, weak, recurs, scored, pattern in _headings():
        for heading in layout.headings[: 1 if weak or scored else 6]:
            match = pattern.fullmatch(text, heading.start, heading.end)
            title = None if match is None else trimmed(text, _narrowed(text, Span(*match.span("title"))))
            if match is None or title is None or ((weak or recurs) and not _recurs(text, title, heading)):
                continue
            if scored and not _SCORED.match(text, heading.end):
                continue
            sure = 0.75 if weak else 0.97
            year = Span(*match.span("year")) if match.groupdict().get("year") else None
            return (
                Value(" ".join(title.of(text).split()), (proof(text, heading, f"headings.{name}", sure, title),)),
                None
                if year is None
                else Value(int(year.of(text)), (proof(text, heading, f"headings.{name}", sure, year),)),
            )
    return None, None


def _narrowed(text: str, title: Span) -> Span:
    """A title without what is no part of it: a series before a colon, words that lead to its maker's name.

    In "Folk Fridays: SALT" it is SALT, in "Silence in Ana Ruiz's Salt" Salt; "Bram Stoker's Dracula" stays as it is.
    """
    if match := _IN_SERIES.fullmatch(text, title.start, title.end):
        series, rest = match["series"], match["rest"]
        if _SERIES.search(series) or (rest.isupper() and not series.isupper() and len(rest) >= SHORTEST_IN_CAPITALS):
            title = Span(match.start("rest"), title.end)
    match = _OF_MAKER.fullmatch(text, title.start, title.end)
    return narrowed(text, title if match is None else Span(match.start("rest"), title.end))


def trimmed(text: str, span: Span, *, parts: bool = True) -> Span | None:
    """The title without marks around it; nothing if it is empty, or (where ``parts``) names a part of a review."""
    start, end = span.start, span.end
    if cut := _CREDITED.search(text, start, end):
        end = cut.start()
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and text[start:end].rpartition(" ")[2] not in ("Jr.", "Mr.", "vs."):
        end -= 1
    shown = text[start:end].lower()
    return None if not shown or (parts and shown in _parts()) else Span(start, end)


def _recurs(text: str, title: Span, heading: Span) -> bool:
    """Whether the title stands in the text below its heading as well."""
    words = title.of(text)
    return (
        len(words) > 2
        and re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text[heading.end :], re.IGNORECASE) is not None
    )


def cased(text: str, title: str) -> str:
    """A title in capitals as it is written elsewhere in the text."""
    if not title.isupper() or len(title) < 4:
        return title
    for match in re.finditer(rf"(?<![^\W_])(?i:{re.escape(title)})(?![^\W_])", text):
        if not match[0].isupper() and not match[0].islower():
            return " ".join(match[0].split())
    return _CAPITALS.sub(_lowered, title) if len(title) > SHORTEST_IN_CAPITALS else title


def _lowered(word: re.Match[str]) -> str:
    """A word of a title in capitals as a title has it; numerals and words with dots stay."""
    if word[0].lower() in ("dr", "mr", "mrs", "jr", "sr", "st", "vs"):
        return word[0].capitalize()
    if word[0] in rules.words("names", "suffixes") or word.string[word.end() : word.end() + 1] == ".":
        return word[0]
    small = word.start() > 0 and word[0].lower() in _SMALL and word.string[: word.start()].rstrip()[-1:] not in ":–—-"
    return word[0].lower() if small else word[0].capitalize()


def from_headline(headline: str) -> tuple[str | None, int | None]:
    """Title and year of a page's headline or of a title given beside the text, where its shape is plain.

    >>> from_headline("Movie Review: Salt (2017)"), from_headline("Why we cry")
    (('Salt', 2017), (None, None))
    """
    span = Span(0, len(headline))
    for name, weak, recurs, scored, pattern in _headings():
        match = pattern.fullmatch(headline, span.start, span.end)
        title = None if weak or recurs or scored or match is None else trimmed(headline, Span(*match.span("title")))
        if match is not None and title is not None and name != "title-comma-year":
            year = match.groupdict().get("year")
            return title.of(headline), int(year) if year else None
    return None, None
