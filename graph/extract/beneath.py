"""What stands in the lines right below the title: the director's name beside details, and the year alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extract import names
from graph.extract.evidence import proof
from graph.extract.layout import Layout
from graph.facts import Credit, Span, Value

MOST_LINES = 5
"""Lines below the title that are looked at."""

LONGEST = 100
"""A longer line begins the text."""

_YEAR = r"(?:18[89]\d|19\d\d|20\d\d)"
_ALONE = re.compile(rf"\(?(?P<year>{_YEAR})\)?\.?")
_DETAIL = rf"(?:{_YEAR}|\d{{2,3}} ?(?:m|min|mins|minutes)\b\.?|\d\d ?mm|DCP|[A-Z]{{2,3}}|[A-Z][a-z]+)"
_BESIDE = re.compile(rf"(?P<name>[^\W\d_][^·•|,/\n\d]{{3,40}}?)(?: ?[·•|/,] ?{_DETAIL}){{1,5}}")


def read_below(text: str, layout: Layout, title: Value[str] | None) -> tuple[tuple[Credit, ...], Value[int] | None]:
    """The director and the year that the lines below a title give: "Ana Ruiz · 114m", "1996"."""
    lines = list(_lines(text, layout, title))
    years = ((line, match) for line in lines if (match := _ALONE.fullmatch(text, line.start, line.end)))
    found = next(years, None)
    year = None
    if found is not None:
        place = Span(*found[1].span("year"))
        year = Value(int(place.of(text)), (proof(text, found[0], "beneath.year", 0.85, place),))
    return tuple(_director(text, lines, dated=year is not None)), year


def _lines(text: str, layout: Layout, title: Value[str] | None) -> Iterator[Span]:
    """The short lines below the line of the title; those with labels only where they hold a year alone."""
    if title is None or not title.evidence or not title.evidence[0].mentions:
        return
    end = text.find("\n", title.evidence[0].mentions[0].end)
    labelled = {fact.line.start for fact in layout.facts}
    for _ in range(MOST_LINES):
        if end < 0 or end >= len(text.rstrip()):
            return
        begin = end + 1
        end = text.find("\n", begin)
        line = _bare(text, Span(begin, len(text) if end < 0 else end))
        if line.end - line.start > LONGEST:
            return
        if line.start < line.end and line.start not in labelled:
            yield line


def _bare(text: str, line: Span) -> Span:
    shown = line.of(text)
    return Span(line.start + len(shown) - len(shown.lstrip()), max(line.start, line.start + len(shown.rstrip())))


def _director(text: str, lines: list[Span], *, dated: bool) -> Iterator[Credit]:
    """The full name that opens the first line, beside a length or a year, or alone above the line of the year."""
    for line in lines[:1]:
        match = _BESIDE.fullmatch(text, line.start, line.end)
        detailed = match is not None and re.search(rf"{_YEAR}|\d ?m", text[match.end("name") : line.end])
        name = Span(*match.span("name")) if match is not None and detailed else line
        if not detailed and not (dated and len(lines) > 1 and _ALONE.fullmatch(text, lines[1].start, lines[1].end)):
            continue
        if names.is_person(name.of(text)) and " " in name.of(text):
            yield Credit(names.tidy(name.of(text)), "director", (proof(text, line, "beneath.director", 0.75, name),))
