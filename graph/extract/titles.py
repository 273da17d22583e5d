"""The film's title and year: from headings, fact lines, captions, and sentences such as "Salt is a 2017 drama"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.extract import factbox, names, rules
from graph.extract.evidence import proof
from graph.extract.layout import Layout
from graph.facts import Span, Value

_YEAR = r"(?:18[89]\d|19\d\d|20\d\d)"
_CAPTION = re.compile(rf"(?P<title>\S.{{0,100}}?),? \(?(?P<year>{_YEAR})\)? ?(?:©|\(c\)) ?(?P<studio>[^©|/]{{2,80}})?")
_LEAD = re.compile(
    rf"(?P<title>[^\W_][^.!?\n;]{{0,80}}?)[\"'”’*_]{{0,3}}(?: \([^()\n]{{1,80}}\))?"
    rf",? (?:is|was) (?:a|an|the) (?:[\w-]+ ){{0,4}}?"
    rf"(?P<year>{_YEAR}) (?P<kind>[^.\n]{{3,300}})"
)
_CAPITAL = r"[^\W\d_a-z][\w'’.!?-]*|\d+"
_SMALL = r"(?:of|the|and|in|to|a|for|at|on|with|de|la|vs\.|&) "
_TITLE_YEAR = re.compile(
    rf"(?:[*_\"“]{{1,2}}(?P<quoted>[^*_\"“”\n]{{1,80}})[*_\"”,]{{1,3}}"
    rf"|(?P<title>(?:{_CAPITAL}):?(?: (?:{_SMALL}){{0,3}}(?:{_CAPITAL}):?){{0,9}}))"
    rf" \((?:[^()\n]{{0,40}}[,;] )?(?P<year>{_YEAR})\)"
)
OPENING = 2
"""Paragraphs in which an essay names its film."""

SURE_TITLE = 0.8
"""Below this confidence a title gives way to a surer one."""

LONGEST_TAGLINE = 160
"""Code points; what is longer is a paragraph."""

_SCORED = re.compile(r"\s+(?:[★☆½]{1,10}|[Ww]atched\b)")
_MARKS = "\"“”'‘’*_#|:-–— .,\t"


class _Heading(NamedTuple):
    """The shape of a heading; a ``weak`` one needs the title in the text, a ``scored`` one a row of stars below."""

    name: str
    weak: bool
    scored: bool
    pattern: re.Pattern[str]


@cache
def _headings() -> tuple[_Heading, ...]:
    return tuple(
        _Heading(rule["name"], rule.get("weak", False), rule.get("scored", False), re.compile(rule["pattern"]))
        for rule in rules.load("titles")["heading"]
    )


@cache
def _parts() -> frozenset[str]:
    return frozenset(rules.load("titles")["parts"]["words"])


def find_title(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """The title and the year of release, each with its evidence; a year may be known without a title."""
    title, year = _from_headings(text, layout)
    title = title or factbox.text_value(text, layout, "title")
    if title is None or year is None:
        caption_title, caption_year = _from_caption(text, layout)
        lead_title, lead_year = _from_lead(text, layout, title)
        title = title or caption_title or lead_title
        year = year or factbox.year(text, layout) or caption_year or lead_year
    if title is None or (year is None and _weak(title)):
        opening = _from_opening(text, layout)
        title, year = opening if opening[0] is not None else (title, year)
    if title is not None and year is None:
        year = _beside_title(text, title.value)
    return (None if title is None else Value(_cased(text, title.value), title.evidence)), year


def _from_headings(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of the first heading that names a film, surer shapes before weaker ones."""
    for name, weak, scored, pattern in _headings():
        for heading in layout.headings[: 1 if weak or scored else 6]:
            match = pattern.fullmatch(text, heading.start, heading.end)
            title = None if match is None else _trimmed(text, Span(*match.span("title")))
            if match is None or title is None or (weak and not _recurs(text, title, heading)):
                continue
            if scored and not _SCORED.match(text, heading.end):
                continue
            sure = 0.75 if weak else 0.97
            year = Span(*match.span("year")) if match.groupdict().get("year") else None
            return (
                Value(" ".join(title.of(text).split()), (proof(text, heading, f"titles.{name}", sure, title),)),
                None
                if year is None
                else Value(int(year.of(text)), (proof(text, heading, f"titles.{name}", sure, year),)),
            )
    return None, None


def _trimmed(text: str, span: Span) -> Span | None:
    """The title without marks around it; nothing if it is empty, or names a part of a review."""
    start, end = span.start, span.end
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and text[start:end].rpartition(" ")[2] not in ("Jr.", "Mr.", "vs."):
        end -= 1
    shown = text[start:end].lower()
    return None if not shown or shown in _parts() else Span(start, end)


def _recurs(text: str, title: Span, heading: Span) -> bool:
    """Whether the title stands in the text below its heading as well."""
    words = title.of(text)
    return (
        len(words) > 2
        and re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text[heading.end :], re.IGNORECASE) is not None
    )


def _from_caption(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of a caption such as "Salt, 2017 © Harbor Light"."""
    for caption in layout.captions:
        if match := _CAPTION.match(text, caption.start, caption.end):
            title, year = Span(*match.span("title")), Span(*match.span("year"))
            return (
                Value(title.of(text), (proof(text, caption, "titles.caption", 0.9, title),)),
                Value(int(match["year"]), (proof(text, caption, "titles.caption", 0.9, year),)),
            )
    return None, None


def studios(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The studios behind the copyright signs of captions."""
    found = []
    for caption in layout.captions:
        if (match := _CAPTION.match(text, caption.start, caption.end)) and match["studio"]:
            studio = Span(match.start("studio"), match.start("studio") + len(match["studio"].rstrip(" .,")))
            found.append(Value(studio.of(text), (proof(text, caption, "titles.caption", 0.9, studio),)))
    return tuple(found)


def caption(text: str, layout: Layout) -> Value[str] | None:
    """The caption that names the film and its year."""
    for span in layout.captions:
        if _CAPTION.match(text, span.start, span.end):
            return Value(span.of(text), (proof(text, span, "titles.caption", 0.9, span),))
    return None


def description(text: str, layout: Layout) -> Value[str] | None:
    """The sentence that says what the film is: "Salt is a 2017 drama about a runner."."""
    for span, _ in find_leads(text, layout):
        sentence = Span(span.start, span.start + len(span.of(text).rstrip()))
        return Value(sentence.of(text), (proof(text, sentence, "titles.description", 0.85, sentence),))
    return None


def tagline(text: str, layout: Layout) -> Value[str] | None:
    """The one short sentence between the heading and the sentence that says what the film is."""
    lead = next(find_leads(text, layout), None)
    above = [p for p in layout.paragraphs + layout.notes if lead is not None and p.end <= lead[0].start]
    if len(above) != 1 or above[0].end - above[0].start > LONGEST_TAGLINE or not layout.headings:
        return None
    if above[0].start < layout.headings[0].end:
        return None
    return Value(above[0].of(text), (proof(text, above[0], "titles.tagline", 0.85, above[0]),))


def find_leads(text: str, layout: Layout) -> Iterator[tuple[Span, re.Match[str]]]:
    """Sentences such as "Salt is a 2017 drama about …" at the start of a paragraph, with the region they stand in."""
    regions = layout.paragraphs[:8] + tuple(fact.value for fact in layout.facts if fact.field == "description")
    for region in regions:
        if match := _LEAD.match(text, region.start, min(region.end, region.start + 600)):
            yield Span(region.start, min(region.end, match.end() + 1)), match


def _from_lead(text: str, layout: Layout, known: Value[str] | None) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of a sentence such as "Salt is a 2017 drama"; another title than the known one says nothing."""
    for span, match in find_leads(text, layout):
        title, year = _trimmed(text, Span(*match.span("title"))), Span(*match.span("year"))
        if title is None or not _title_like(title.of(text)):
            continue
        if known is not None and names.key(known.value) != names.key(title.of(text)):
            continue
        return (
            Value(title.of(text), (proof(text, span, "titles.lead", 0.85, title),)),
            Value(int(match["year"]), (proof(text, span, "titles.lead", 0.85, year),)),
        )
    return None, None


def _title_like(words: str) -> bool:
    """Whether most of the longer words begin with a capital or a digit, and the first is no pronoun."""
    split = words.split()
    long = [word for word in split if len(word) > 3]
    capitals = sum(not word[0].islower() for word in long)
    return capitals >= 0.7 * len(long) and words.lower() not in (
        "it",
        "this",
        "he",
        "she",
        "the film",
        "the movie",
        "there",
    )


def _weak(title: Value[str]) -> bool:
    return all(evidence.confidence < SURE_TITLE for evidence in title.evidence)


def _from_opening(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """The first "Salt (2017)" of the opening paragraphs, if the title stands elsewhere in the text as well."""
    for region in layout.paragraphs[:OPENING]:
        for match in _TITLE_YEAR.finditer(text, region.start, min(region.end, region.start + 1500)):
            title = _recurring(text, Span(*match.span("quoted" if match["quoted"] else "title")))
            if title is None:
                continue
            year, place = Span(*match.span("year")), Span(*match.span())
            return (
                Value(title.of(text), (proof(text, place, "titles.opening", 0.78, title),)),
                Value(int(match["year"]), (proof(text, place, "titles.opening", 0.78, year),)),
            )
    return None, None


def _recurring(text: str, span: Span) -> Span | None:
    """The span, or what follows a possessive or a first small word in it, that stands in the text twice or more."""
    starts = [span.start, *(span.start + m.end() for m in re.finditer(r"^\w+ |['’]s ", span.of(text)))]
    for start in starts:
        title = _trimmed(text, Span(start, span.end))
        if (
            title
            and len(title.of(text)) > 2
            and len(re.findall(rf"(?<![^\W_]){re.escape(title.of(text))}(?![^\W_])", text)) > 1
        ):
            return title
    return None


def _beside_title(text: str, title: str) -> Value[int] | None:
    """The year in brackets after the title in running text: "Salt (2017) begins at sea"."""
    year_in_brackets = rf"\((?:[^()]{{0,40}}[,;] )?(?P<year>{_YEAR})(?:[,;][^()]{{0,60}})?\)"
    if match := re.search(rf"(?<![^\W_])(?i:{re.escape(title)})[\"'”’*_]{{0,3}},? {year_in_brackets}", text):
        year = Span(*match.span("year"))
        return Value(int(match["year"]), (proof(text, Span(*match.span()), "titles.beside", 0.85, year),))
    return None


def _cased(text: str, title: str) -> str:
    """A title in capitals as it is written elsewhere in the text."""
    if not title.isupper() or len(title) < 4:
        return title
    for match in re.finditer(rf"(?<![^\W_])(?i:{re.escape(title)})(?![^\W_])", text):
        if not match[0].isupper() and not match[0].islower():
            return " ".join(match[0].split())
    return title


def from_headline(headline: str) -> tuple[str | None, int | None]:
    """Title and year of a page's headline or of a title given beside the text, where its shape is plain.

    >>> from_headline("Movie Review: Salt (2017)"), from_headline("Why we cry")
    (('Salt', 2017), (None, None))
    """
    span = Span(0, len(headline))
    for name, weak, scored, pattern in _headings():
        match = pattern.fullmatch(headline, span.start, span.end)
        title = None if weak or scored or match is None else _trimmed(headline, Span(*match.span("title")))
        if match is not None and title is not None and name != "title-comma-year":
            year = match.groupdict().get("year")
            return title.of(headline), int(year) if year else None
    return None, None
