"""The film's title and year: from headings, fact lines, captions, leads, and the opening of an essay."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from graph.extract import factbox, rules, whole
from graph.extract.echoes import from_echoes
from graph.extract.evidence import proof
from graph.extract.headings import cased, from_headings, trimmed
from graph.extract.layout import Layout
from graph.extract.leads import from_caption, from_lead
from graph.extract.marked import from_marks
from graph.extract.naming import from_cues, headlines, of_another
from graph.extract.standing import from_first_line, from_place
from graph.facts import Span, Value

_YEAR = r"(?:18[89]\d|19\d\d|20\d\d)"
_CAPITAL = r"[^\W\d_a-z][\w'’.!?-]*|\d+"
_SMALL = r"(?:of|the|and|in|to|a|for|at|on|with|de|la|vs\.|&) "
_TITLE_YEAR = re.compile(
    rf"(?:[*_\"“]{{1,2}}(?P<quoted>[^*_\"“”\n]{{1,80}})[*_\"”,]{{1,3}}"
    rf"|(?P<title>(?:{_CAPITAL}):?(?: (?:{_SMALL}){{0,3}}(?:{_CAPITAL}):?){{0,9}}))"
    rf"(?:`_)? \((?:[^()\n]{{0,40}}[,;] )?(?P<year>{_YEAR})\)"
)
_CAPSULE = re.compile(
    rf"(?P<title>[^\W_a-z][^.()\n]{{0,80}}?)(?:, (?P<article>The|A|An))? \((?P<year>{_YEAR})\),? "
    rf"(?:\d{{2,3}} ?m(?:in)?\b|[*★]|D(?:ir)?[:.])"
)
_HEAD_END = re.compile(r"[.,]\s|\s\(|\s[★☆½|–—-]")
_PREPOSITION = re.compile(r"(?:In|With|For|From|Of|By|On|At|To|Like|And|But) ")
_MAKER = re.compile(r"(?:[A-ZÀ-Þ][\w.-]+ ){1,3}[A-ZÀ-Þ][\w-]+(?:['’]s|s['’]) (?=[A-ZÀ-Þ\d])")
_BESIDE = re.compile(
    rf"[\"'”’*_`]{{0,3}}(?:,? \((?:[^()]{{0,40}}[,;] )?(?P<year>{_YEAR})(?:[,;][^()]{{0,60}})?\)"
    rf"|(?:,| ?[|·•/:–—-]) ?(?P<line>{_YEAR})(?=\s*\n)"
    rf"|,? (?:(?:was|is|came out|first|originally|initially) ){{0,3}}(?:released|out) in (?P<told>{_YEAR}))"
)
_GOES_ON = re.compile(r"_\w")
_LED = re.compile(
    rf"[^!?\n\d]{{0,240}}? (?:is|was) (?:a|an) (?:[\w-]+ ){{0,2}}?(?P<year>{_YEAR}) (?:[\w-]+ ){{0,5}}?"
    r"(?:film|movie|comedy|drama)\b"
)
_APPOSED = re.compile(
    rf"[\"'”’*_`]{{0,3}}(?:,[\"'”’*_]? (?:a|an|the)| (?:is|was) (?:a|an)) (?P<year>{_YEAR}) (?:[\w/-]+ ){{0,4}}?"
    r"(?:[a-z]+/)?(?:film|movie|comedy|drama|thriller|horror|biography|biopic|documentary|western|musical|romance|noir)\b"
)
"""What dates a film right behind its title: "Salt, a 2025 horror film", "Salt is a 2021 thriller"."""
_DATED_FILM = re.compile(
    rf"(?P<other>\b(?:original|remake|version|like|of) (?:[a-z]+ ){{0,3}})?\b(?P<year>{_YEAR}) (?:[\w-]+ ){{0,3}}"
    r"(?:film|movie|picture|thriller|comedy|drama|western|musical|classic|masterpiece|debut),? [\"“”‘*_]{0,2}\Z"
)
"""What dates a film right before its title: "in his 1957 film Salt"."""
MOST_PLACES = 200
"""Places of a title beside which its year is looked for."""
LONGEST_FOOT = 100
"""Code points before the director in a line of credits that begins with the title."""

OPENING = 2
"""Paragraphs in which an essay names its film."""
REACH = 400
"""Code points of each that are searched."""

SURE_TITLE = 0.8
"""Below this confidence a title gives way to a surer one."""


def find_title(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """The title and the year of release, each with its evidence; a year may be known without a title."""
    title, year = _from_capsule(text, layout)
    if title is None:
        title, year = from_headings(text, layout)
    title = title or _labelled(text, layout)
    if title is None or year is None:
        caption_title, caption_year = from_caption(text, layout)
        lead_title, lead_year = from_lead(text, layout, title)
        title = title or caption_title or lead_title
        year = year or factbox.year(text, layout) or caption_year or lead_year
    title = title or _from_foot(text, layout)
    if title is None or (year is None and is_weak(title)):
        opening = _from_opening(text, layout)
        title, year = opening if opening[0] is not None else (title, year)
    title = title or from_echoes(text, headlines(text, layout))
    if title is None:
        title, told = from_cues(text, layout)
        year = year or told
    title = title or from_marks(text) or from_place(text, layout) or from_first_line(text)
    if title is not None and year is None:
        year = _beside_title(text, title.value)
    return (None if title is None else Value(cased(text, title.value), title.evidence)), year


def _from_foot(text: str, layout: Layout) -> Value[str] | None:
    """The title at the head of a block of credits: "SALT. Directed by …", or alone in the line above them."""
    fact = next((fact for fact in layout.facts if fact.field == "director"), None)
    if fact is None:
        return None
    head = Span(fact.line.start, max(fact.line.start, fact.label.start))
    block = text.rfind("\n\n", 0, fact.line.start) + 2
    first = Span(block, text.find("\n", block, fact.line.start)) if block > 1 else Span(0, text.find("\n"))
    labelled = {other.line.start for other in layout.facts if other.line.start == other.label.start}
    for words in (head, first):
        if not 0 < words.end - words.start < LONGEST_FOOT or words.start in labelled:
            continue
        part = Span(words.start, words.start + len(_HEAD_END.split(words.of(text))[0]))
        if _is_detail(part.of(text)):
            continue
        title = _recurring(text, words) or (trimmed(text, part) if _stands_alone(text, part, words) else None)
        if title is not None and title.of(text)[:1].isupper():
            span = Span(title.start, fact.line.end)
            return Value(title.of(text), (proof(text, span, "titles.foot", 0.8, title),))
    return None


def _labelled(text: str, layout: Layout) -> Value[str] | None:
    """The title behind its label, without what stands in brackets behind it: "Film: Salt (Norway, 2005)"."""
    found = factbox.text_value(text, layout, "title")
    cut = None if found is None else re.search(r" \((?=[^()]*\d{4})", found.value)
    if found is None or cut is None:
        return found
    (evidence,) = found.evidence
    (place,) = evidence.mentions
    title = Span(place.start, place.start + place.of(text).index(" ("))
    return Value(found.value[: cut.start()], (replace(evidence, mentions=(title,)),))


def _is_detail(words: str) -> bool:
    """Whether words are countries and a year: "UK/US, 2008."."""
    countries = rules.words("details", "countries")
    parts = [part for part in re.split(r"[/,.|\s-]+", words) if part and not re.fullmatch(_YEAR, part)]
    return bool(parts) and all(part in countries for part in parts)


def _stands_alone(text: str, part: Span, words: Span) -> bool:
    """Whether a title needs no second mention: it is in capitals, fills its line, or a year follows."""
    shown = part.of(text).strip()
    return (
        shown.isupper()
        or re.match(rf"\W*{_YEAR}", text[part.end : words.end]) is not None
        or (part.end == words.end and text[part.end : part.end + 1] == "\n" and shown[-1:] not in ".!?:,;")
    )


def is_weak(title: Value[str]) -> bool:
    """Whether a title gives way to a surer one."""
    return all(evidence.confidence < SURE_TITLE for evidence in title.evidence)


def _from_capsule(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """The title and year that begin the entry of a guide: "Salt Year, The (1960) 125m. D: Ana Ruiz."."""
    for region in layout.paragraphs[:1] + layout.headings[:1]:
        if match := _CAPSULE.match(text, region.start, min(region.end, region.start + 200)):
            title, year = Span(*match.span("title")), Span(*match.span("year"))
            shown = f"{match['article']} {match['title']}" if match["article"] else match["title"]
            place = Span(*match.span())
            return (
                Value(shown, (proof(text, place, "titles.capsule", 0.9, title),)),
                Value(int(year.of(text)), (proof(text, place, "titles.capsule", 0.9, year),)),
            )
    return None, None


def _from_opening(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """The first "Salt (2017)" of the opening paragraphs, if the title stands elsewhere in the text as well."""
    for region in layout.paragraphs[:OPENING]:
        for match in _TITLE_YEAR.finditer(text, region.start, min(region.end, region.start + REACH)):
            title = _recurring(text, Span(*match.span("quoted" if match["quoted"] else "title")))
            if title is None or of_another(text, title):
                continue
            year, place = Span(*match.span("year")), Span(*match.span())
            return (
                Value(title.of(text), (proof(text, place, "titles.opening", 0.78, title),)),
                Value(int(match["year"]), (proof(text, place, "titles.opening", 0.78, year),)),
            )
    return None, None


def _recurring(text: str, span: Span) -> Span | None:
    """The span, or what follows a possessive or a first small word in it, that stands in the text twice or more.

    "Ana Ruiz's The Weir" is "The Weir", while "Bram Stoker's Dracula" stays as it is.
    """
    owned = _MAKER.match(span.of(text))
    within = [owned.end()] if owned else [match.end() for match in re.finditer(r"^\w+ |['’]s ", span.of(text))]
    starts = [span.start, *(span.start + start for start in within)]
    starts.sort(key=lambda start: start == span.start or not text.startswith(("The ", "A ", "An "), start))
    for start in starts:
        title = trimmed(text, Span(start, span.end))
        if title and len(title.of(text)) > 2 and _count(text, title.of(text)) > 1:
            return title
    return None


def _count(text: str, words: str) -> int:
    """How often a title stands in a text in any case; one that may begin with a preposition, only as it is written."""
    return whole.count(text, words, any_case=_PREPOSITION.match(words) is None)


def _beside_title(text: str, title: str) -> Value[int] | None:
    """The year beside the title: "Salt (2017) begins at sea", "Salt | 2017", "Salt was released in 2017"."""
    ends = ((start, start + len(title)) for start in whole.places(text, title, any_case=True))
    for start, end in islice((place for place in ends if not _GOES_ON.match(text, place[1])), MOST_PLACES):
        opens = start == 0 or text[start - 1] == "\n"
        match = _BESIDE.match(text, end) or _APPOSED.match(text, end) or (_LED.match(text, end) if opens else None)
        ahead = _DATED_FILM.search(text, max(0, start - 60), start)
        match = match or (None if ahead is None or ahead["other"] else ahead)
        if match is not None:
            year = Span(*match.span("year" if match.re is _DATED_FILM else match.lastgroup or "year"))
            place = Span(min(start, match.start()), max(end, match.end()))
            return Value(int(year.of(text)), (proof(text, place, "titles.beside", 0.85, year),))
    return None


def year_of_makers(text: str, directors: list[str]) -> Value[int] | None:
    """The one year that stands behind a director's name: "(Ruiz, 1997)", "Ana Ruiz, 1988."."""
    for person in directors:
        surname = re.escape(person.rpartition(" ")[2])
        found = list(re.finditer(rf"\b{surname},? (?P<year>{_YEAR})(?=[).,;]|$)", text))
        if len({match["year"] for match in found}) == 1:
            year = Span(*found[0].span("year"))
            return Value(int(year.of(text)), (proof(text, Span(*found[0].span()), "titles.maker", 0.7, year),))
    return None
