"""Captions ("Salt, 2017 © Harbor Light") and leads ("Salt is a 2017 drama about …"), and what they say of the film."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.extract import names, rules
from graph.extract.evidence import proof
from graph.extract.headings import cased, trimmed
from graph.extract.layout import Layout
from graph.facts import Span, Value

_YEAR = r"(?:18[89]\d|19\d\d|20\d\d)"
_CAPTION = re.compile(rf"(?P<title>\S.{{0,100}}?),? \(?(?P<year>{_YEAR})\)? ?(?:©|\(c\)) ?(?P<studio>[^©|/]{{2,80}})?")
_LEAD = re.compile(
    rf"(?P<title>[^\W_][^.!?\n;]{{0,80}}?)[\"'”’*_]{{0,3}}(?:,? or \([^()\n]{{1,60}}\))?"
    rf"(?: \((?:[^()\n]|\([^()\n]{{0,80}}\)){{1,160}}\))?(?: \[[^\[\]\n]{{1,80}}\])?"
    rf"(?:,? (?:also known as|released as|originally titled|aka|or simply|known as|stylized as|stylised as"
    rf"|marketed as|released in) [^.\n]{{1,80}}?)?"
    rf",? (?:is|was) (?:a|an|the) (?:[\w-]+ ){{0,4}}?"
    rf"(?P<year>{_YEAR}) (?P<kind>[^.\n]{{3,300}})"
)
_IN_LANGUAGE = re.compile(r"\((?:[A-Z][a-z]+(?: [A-Z][a-z]+)?: )(?P<original>[^,;()\n]{2,70})")
_IN_BRACKETS = re.compile(r"\((?P<original>[^()\d.:,;]{4,70})\)")
_REMARK = re.compile(
    r"\b(?:the|of|review|film|movie|spoilers?|warning|out|rated|version|cut|edited|transcript|part|by|and|with|in)\b",
    re.IGNORECASE,
)
LONGEST_TAGLINE = 160
"""Code points; what is longer is a paragraph."""


def from_caption(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of a caption such as "Salt, 2017 © Harbor Light"."""
    for caption in layout.captions:
        if match := _CAPTION.match(text, caption.start, caption.end):
            title, year = Span(*match.span("title")), Span(*match.span("year"))
            return (
                None
                if _is_place(title.of(text))
                else Value(title.of(text), (proof(text, caption, "leads.caption", 0.9, title),)),
                Value(int(match["year"]), (proof(text, caption, "leads.caption", 0.9, year),)),
            )
    return None, None


def _is_place(words: str) -> bool:
    """Whether words are countries: "Italy/France 1962©" names no film."""
    countries = rules.words("details", "countries")
    return all(part.strip() in countries for part in re.split(r"[/,&–-]", words))


def studios(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The studios behind the copyright signs of captions."""
    found = []
    for caption in layout.captions:
        if (match := _CAPTION.match(text, caption.start, caption.end)) and match["studio"]:
            studio = Span(match.start("studio"), match.start("studio") + len(match["studio"].rstrip(" .,")))
            found.append(Value(studio.of(text), (proof(text, caption, "leads.caption", 0.9, studio),)))
    return tuple(found)


def caption(text: str, layout: Layout) -> Value[str] | None:
    """The caption that names the film and its year."""
    for span in layout.captions:
        if _CAPTION.match(text, span.start, span.end):
            return Value(span.of(text), (proof(text, span, "leads.caption", 0.9, span),))
    return None


def description(text: str, layout: Layout) -> Value[str] | None:
    """The sentence that says what the film is: "Salt is a 2017 drama about a runner."."""
    for span, _ in find_leads(text, layout):
        sentence = Span(span.start, span.start + len(span.of(text).rstrip()))
        return Value(sentence.of(text), (proof(text, sentence, "leads.description", 0.85, sentence),))
    return None


def tagline(text: str, layout: Layout) -> Value[str] | None:
    """The one short sentence between the heading and the sentence that says what the film is."""
    lead = next(find_leads(text, layout), None)
    above = [p for p in layout.paragraphs + layout.notes if lead is not None and p.end <= lead[0].start]
    if len(above) != 1 or above[0].end - above[0].start > LONGEST_TAGLINE or not layout.headings:
        return None
    if above[0].start < layout.headings[0].end:
        return None
    return Value(above[0].of(text), (proof(text, above[0], "leads.tagline", 0.85, above[0]),))


def original_title(text: str, layout: Layout) -> Value[str] | None:
    """The title in the film's own language: in the brackets of a lead or a headline, or in a line of its own."""
    for span, match in find_leads(text, layout):
        if original := _IN_LANGUAGE.search(text, span.start, match.start("year")):
            place = Span(*original.span("original"))
            return Value(place.of(text), (proof(text, span, "leads.lead", 0.9, place),))
    for line in sorted(layout.headings + layout.notes + layout.paragraphs)[:3]:
        original = _IN_BRACKETS.fullmatch(text, line.start, line.end)
        if original and line.start > 0 and _foreign(original["original"]):
            place = Span(*original.span("original"))
            return Value(cased(text, place.of(text)), (proof(text, line, "leads.brackets", 0.7, place),))
    return None


def _foreign(words: str) -> bool:
    """Whether words in brackets could be a title: more than one, capitals at the start, no country or remark."""
    countries = rules.words("details", "countries")
    plain = not _REMARK.search(words) and words not in countries and not words[:2].endswith(".")
    return plain and " " in words and words[0].isupper()


def find_leads(text: str, layout: Layout) -> Iterator[tuple[Span, re.Match[str]]]:
    """Sentences such as "Salt is a 2017 drama about …" at the start of a paragraph, with the region they stand in."""
    regions = layout.paragraphs[:8] + tuple(fact.value for fact in layout.facts if fact.field == "description")
    for region in regions:
        if match := _lead(text, region.start, min(region.end, region.start + 600)):
            yield Span(region.start, min(region.end, match.end() + 1)), match


@lru_cache(maxsize=32)
def _lead(text: str, start: int, end: int) -> re.Match[str] | None:
    """The sentence at the start of a region, if it is a lead; every question about leads asks this again."""
    return _LEAD.match(text, start, end)


def from_lead(text: str, layout: Layout, known: Value[str] | None) -> tuple[Value[str] | None, Value[int] | None]:
    """Title and year of a sentence such as "Salt is a 2017 drama"; another title than the known one says nothing."""
    for span, match in find_leads(text, layout):
        title, year = trimmed(text, Span(*match.span("title"))), Span(*match.span("year"))
        if title is None or not _title_like(title.of(text)):
            continue
        if known is not None and names.key(known.value) != names.key(title.of(text)):
            continue
        return (
            Value(title.of(text), (proof(text, span, "leads.lead", 0.85, title),)),
            Value(int(match["year"]), (proof(text, span, "leads.lead", 0.85, year),)),
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
