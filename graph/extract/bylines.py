"""Who reviewed, where and when: "Reviewed by Ada Lorne, The Late Show Notes, 11 April 2017"."""

from __future__ import annotations

import re

from graph.extract import names
from graph.extract.evidence import proof
from graph.extract.index import could_be_performer
from graph.extract.layout import Layout
from graph.extract.people import read_people
from graph.facts import Span, Value

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?i:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
_DATES = (
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)\b"),
)
_POST = re.compile(r"\b(?:writer|critic|editor|contributor|correspondent|columnist|reporter|staff)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"[\W_]*(?:(?:posted|published|written|reviewed|words|review)\b ?)?(?:on )?(?:by )?"
    r"(?P<name>[^\W\d_][^,|\n\d]{3,40}?)"
    r"(?:, [^,|\n]{3,50})?[\W_]*(?:(?:on|posted|published)[\W_]*)?",
    re.IGNORECASE,
)
FIRST = 5
"""Regions at the start of a text that may hold a byline."""

LONGEST_HEAD = 300
"""Code points of such a region that are looked at."""

_DASHED = re.compile(r"\s*(?:--?|–|—|~)\s?(?P<name>[^\W\d_][^,\n]{3,40})(?:, (?P<outlet>[^,\n]{3,50}))?$")

MOST_LINES = 20
"""Short lines at the head of a text in which the reviewer's name may stand alone."""


def find_date(text: str, span: Span) -> tuple[str, Span] | None:
    """The first full date of a region in ISO 8601, and where it stands; days and months as numbers alone are unclear.

    >>> find_date("on April 11th, 2017", Span(0, 19))
    ('2017-04-11', Span(start=3, end=19))
    """
    if text.find("19", span.start, span.end) < 0 and text.find("20", span.start, span.end) < 0:
        return None
    for pattern in _DATES:
        for match in pattern.finditer(text, span.start, span.end):
            found = match.groupdict()
            month = int(found["number"]) if found.get("number") else _MONTHS.index(found["month"][:3].lower()) + 1
            if 1 <= int(match["day"]) <= 31:
                return f"{match['year']}-{month:02}-{int(match['day']):02}", Span(*match.span())
    return None


def read_byline(
    text: str, layout: Layout, title: str | None = None
) -> tuple[Value[str] | None, Value[str] | None, Value[str] | None]:
    """The reviewer, the outlet and the date of publication, each where it is given; ``title`` is the film's."""
    reviewer = outlet = None
    for line, value in _bylines(text, layout):
        dated = find_date(text, value)
        body = Span(value.start, dated[1].start) if dated and dated[1].start > value.start else value
        people = read_people(text, _name_only(text, body))[:1]
        if people and (_POST.search(people[0].name) or people[0].span.start - value.start >= 5):
            continue
        if reviewer is None and people:
            reviewer = Value(people[0].name, (proof(text, line, "bylines.reviewer", 0.93, people[0].span),))
            outlet = _outlet(text, line, Span(people[0].span.end, body.end))
    outlet = _labelled(text, layout, "outlet") or outlet
    reviewer = reviewer or _beside_date(text, layout)
    return reviewer or _signed(text) or _alone(text, layout, title), outlet, _published(text, layout)


def _name_only(text: str, body: Span) -> Span:
    """A byline up to the words that lead to a place or date: "Ada Lorne on March 3"."""
    match = re.search(r"\s(?:on|for|at|in|from|of)\b|\s[|–—-]\s", body.of(text))
    return Span(body.start, body.start + match.start()) if match else body


def _bylines(text: str, layout: Layout) -> list[tuple[Span, Span]]:
    """Lines and values that name the reviewer."""
    return [
        (fact.line, fact.value) for fact in layout.facts if fact.field == "reviewer" and len(fact.value.of(text)) < 160
    ]


def _outlet(text: str, line: Span, rest: Span) -> Value[str] | None:
    """The outlet behind the reviewer's name: "Ada Lorne, The Late Show Notes", "Ada Lorne | The Late Show"."""
    match = re.match(
        r"\s*(?:,|\||–|—|-|\(| for| of| at)\s*(?P<outlet>[^,|()\d]{3,60}?)\s*(?:[,|)]|on\b|$)", rest.of(text)
    )
    if match is None or _POST.search(match["outlet"]) or not any(word[0].isupper() for word in match["outlet"].split()):
        return None
    if rest.of(text).lstrip()[:1] == "," and " " not in match["outlet"]:
        return None  # a place as often as a paper
    span = Span(rest.start + match.start("outlet"), rest.start + match.end("outlet"))
    return Value(span.of(text), (proof(text, line, "bylines.outlet", 0.85, span),))


def _labelled(text: str, layout: Layout, field: str) -> Value[str] | None:
    for fact in layout.facts:
        if fact.field == field and 1 < len(fact.value.of(text)) < 80:
            return Value(fact.value.of(text), (proof(text, fact.line, f"factbox.{field}", 0.97, fact.value),))
    return None


def _signed(text: str) -> Value[str] | None:
    """The name behind a dash that ends the text: "— Ada Lorne"."""
    end = len(text.rstrip())
    start = text.rfind("\n", max(0, end - 120), end) + 1
    match = _DASHED.fullmatch(text, start, end) if start else None
    if match is None or not names.is_person(match["name"]) or " " not in match["name"].strip():
        return None
    span = Span(*match.span("name"))
    return Value(names.tidy(match["name"]), (proof(text, Span(start, end), "bylines.signed", 0.8, span),))


def _beside_date(text: str, layout: Layout) -> Value[str] | None:
    """The full name that fills one of the first lines together with a date: "Posted on 11 April 2017 by Ada Lorne"."""
    for line in _first_lines(text, layout):
        dated = find_date(text, line)
        if dated is None:
            continue
        for part in (Span(line.start, dated[1].start), Span(dated[1].end, line.end)):
            match = _NAMED.fullmatch(text, part.start, part.end)
            if match and " " in match["name"] and _is_writer(match["name"]):
                name = Span(*match.span("name"))
                return Value(names.tidy(name.of(text)), (proof(text, line, "bylines.dated", 0.85, name),))
    return None


def _is_writer(name: str) -> bool:
    """Whether a name can be a writer's: a person's, not a post, a festival or a place."""
    return names.is_person(name) and could_be_performer(name) and not _POST.search(name)


def _first_lines(text: str, layout: Layout) -> list[Span]:
    """The short lines at the start of a text."""
    rows = tuple(table[0].line for table in layout.tables if len(table) == 1)
    return [
        Span(region.start + match.start(), region.start + match.end())
        for region in sorted(layout.headings + layout.notes + layout.paragraphs + rows)[:FIRST]
        for match in re.finditer(r"[^\n]{1,90}", region.of(text)[:LONGEST_HEAD])
    ]


def _alone(text: str, layout: Layout, title: str | None) -> Value[str] | None:
    """The full name that fills a line before the first paragraph of a text, and stands nowhere else in it."""
    first = layout.paragraphs[0].start if layout.paragraphs else 0
    used = {fact.line for fact in layout.facts}
    headings = layout.headings if title else layout.headings[1:]
    whole = ""
    for line in sorted({*headings, *layout.notes, *layout.paragraphs[:1]})[:MOST_LINES]:
        shown = line.of(text)
        if line.start > first or line in used or not 1 < len(shown.split()) < 5 or not _is_writer(shown):
            continue
        if len(names.parts(shown)) < len(shown.split()) or (title and names.key(title) == names.key(shown)):
            continue
        whole = whole or names.folded(text)
        if all(len(re.findall(rf"\b{re.escape(part)}\b", whole)) == 1 for part in names.parts(shown)):
            return Value(names.tidy(shown), (proof(text, line, "bylines.alone", 0.7, line),))
    return None


def _published(text: str, layout: Layout) -> Value[str] | None:
    """The date behind its label, in a byline, or alone in a short line."""
    labelled = [(fact.line, fact.value) for fact in layout.facts if fact.field == "published"]
    lines = [(note, note) for note in layout.notes if note.end - note.start < 60]
    first = [(line, line) for line in _first_lines(text, layout) if line.end - line.start < 60]
    for line, value in [*labelled, *_bylines(text, layout), *lines, *first]:
        if dated := find_date(text, Span(value.start, min(value.end, value.start + 200))):
            return Value(dated[0], (proof(text, line, "bylines.date", 0.9, dated[1]),))
    return None
