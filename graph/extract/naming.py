"""Where a headline or running text names the film in passing: "rewatching Salt", "“Salt” opens at sea".

The cues are rules of ``rules/titles.toml``, tried in their order. One that asks for it (``recurs``) counts only where
the title stands elsewhere in the text as well; a title that the text treats as a person is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.extract import index, known, names, rules, whole
from graph.extract.evidence import proof
from graph.extract.headings import trimmed
from graph.extract.layout import Layout
from graph.facts import Span, Value

HEADLINES = 4
"""Lines at the start of a text that may be headlines."""

LONGEST_HEADLINE = 160
OPENING = 3
"""Paragraphs in which the film is named for the first time."""

REACH = 1200
"""Code points at the start of a paragraph that are searched."""

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w'’!?-]*|Dr\.|Mr\.|Mrs\.|St\.|vs\.)"
_SMALL = r"(?:of|the|and|in|to|a|an|for|at|on|with|by|from|de|la|el|du|des|und|&|y|e)"
_RUN = rf"(?P<title>(?-i:{_CAPITAL}:?(?: (?:{_SMALL} ){{0,3}}{_CAPITAL}){{0,8}}))"
_QUOTED = r"(?P<quoted>(?:[\"“*_]{1,2}[^\"“”*_\n]{2,80}?[\"”*_]{1,2}|[‘'][^‘’'\n]{2,60}?[’']))"
_MAKER = r"(?-i:(?:[A-ZÀ-Þ][\w.-]+ (?:(?:de|del|van|von|da|di) )?){1,3}[A-ZÀ-Þ][\w-]+(?:['’]s|s['’]))"
_SURNAME = r"(?-i:[A-ZÀ-Þ][\w-]+(?:['’]s|s['’]))"
_OPENS = r"(?=[\"“*_‘'A-ZÀ-ÖØ-Þ0-9v])(?:^|(?<=\n)|(?<=[.!?] ))"
"""The beginning of a sentence as the cues write it, and before it what all of them begin with there, for speed."""
_BEGINS = (
    "(?:is|was|isn['’]t|wasn['’]t|begins|opens|starts|runs|tells|follows|takes|works|comes|turns|arrives|may|might"
    "|never|doesn['’]t|wants|makes|knows|gets|has|finds|contains|belongs|plays like|feels|looks|ends|should|will|asks)"
)


_NO_TITLE = re.compile(r"^\d+$|^I['’]|[!?] |^(?:TV|DVD|VHS|HBO)$|['’]s?$|['’]s \d{4}$|^\w+ly$")
_LEAD = re.compile(rf"(?:{_MAKER}|But|And|Yet|So|Still|In|For|With|Though|While|If) ")
_OWNED = re.compile(r"[A-ZÀ-Þ][\w-]+(?:['’]s|s['’]) (?=[A-ZÀ-Þ\d])")
_UNMISTAKABLE = re.compile(r"(?:The|A|An) (?:\S+ ){2,}\S+")
"""Four words or more after "I saw" and the like, the first of them an article, are a title though they never recur."""
_DATED = re.compile(r" \([12]\d{3}\)$")
_ANOTHER = re.compile(
    r"\b(?:like|unlike|than|original|remake|sequel|prequel|previous|earlier|follow\w*|before|since|vein|echo\w*|remind\w*"
    r"|recall\w*|homage|inspired|version|novel|book|autobiography|play|short|series|famous for|known for|best known"
    r"|success of|hit|from|after|also|besides|star of|in his|in her|shot in|set in)\b",
    re.IGNORECASE,
)
"""Words before a title that speak of another film, a book or a place."""


class _Cue(NamedTuple):
    """One way to name the film; ``where`` is ``headline``, ``opening`` or ``foot``.

    One of its ``own`` stands by itself: what is said before it in the sentence takes nothing from it. One that is
    not ``named`` leaves out what begins with a first name.
    """

    name: str
    where: str
    recurs: bool
    whole: bool
    nobody: bool
    own: bool
    named: bool
    sure: float
    pattern: re.Pattern[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            rule["name"],
            rule["where"],
            rule.get("recurs", False),
            rule.get("whole", False),
            rule.get("nobody", not rule.get("whole", False)),
            rule.get("own", False),
            rule.get("named", True),
            rule["sure"],
            re.compile(_source(rule["pattern"])),
        )
        for rule in rules.load("titles")["cue"]
    )


def _source(pattern: str) -> str:
    return (
        pattern.replace(r"(?:^|(?<=\n)|(?<=[.!?] ))", _OPENS)
        .replace("QUOTED", _QUOTED)
        .replace("TITLE", _RUN)
        .replace("MAKER", _MAKER)
        .replace("SURNAME", _SURNAME)
        .replace("BEGINS", _BEGINS)
    )


def from_cues(text: str, layout: Layout) -> tuple[Value[str] | None, Value[int] | None]:
    """Title, and year where the cue holds one, of the first cue that fits."""
    regions = {
        "headline": list(headlines(text, layout)),
        "opening": [Span(p.start, min(p.end, p.start + REACH)) for p in layout.paragraphs[:OPENING]],
        "foot": sorted(layout.paragraphs + layout.notes)[-2:],
    }
    for cue in _cues():
        for region in regions[cue.where]:
            for match in _matches(cue, text, region):
                title = _title(text, match, cue)
                if title is not None:
                    evidence = proof(text, Span(*match.span()), f"naming.{cue.name}", cue.sure, title)
                    return Value(" ".join(title.of(text).split()), (evidence,)), _year(text, match, cue)
    return None, None


def _matches(cue: _Cue, text: str, region: Span) -> Iterator[re.Match[str]]:
    if cue.whole:
        match = cue.pattern.fullmatch(text, region.start, region.end)
        yield from [match] if match else []
    else:
        yield from cue.pattern.finditer(text, region.start, region.end)


def headlines(text: str, layout: Layout) -> Iterator[Span]:
    """The lines up to the first paragraph, as far as they are short, no sentences and no fact lines."""
    first = layout.paragraphs[0].start if layout.paragraphs else len(text)
    lines = {*layout.headings, *layout.notes, *layout.paragraphs[:1]}
    lines |= {table[0].line for table in layout.tables if len(table) == 1}
    regions = sorted(line for line in lines if line.start <= first)[:HEADLINES]
    labelled = {fact.line for fact in layout.facts}
    for region in regions:
        end = text.find("\n", region.start, region.end)
        line = Span(region.start, region.end if end < 0 else end)
        told = text[line.end - 1] in ".,;" or line.end >= len(text.rstrip())
        if line not in labelled and line.end - line.start <= LONGEST_HEADLINE and not told:
            yield line


def _year(text: str, match: re.Match[str], cue: _Cue) -> Value[int] | None:
    if not match.groupdict().get("year"):
        return None
    year = Span(*match.span("year"))
    return Value(int(year.of(text)), (proof(text, Span(*match.span()), f"naming.{cue.name}", cue.sure, year),))


def _title(text: str, match: re.Match[str], cue: _Cue) -> Span | None:
    """The title of a match, without its marks; nothing if it is no title, or does not recur where it must."""
    quoted = bool(match.groupdict().get("quoted"))
    title = trimmed(text, Span(*match.span("quoted" if quoted else "title")), parts=not quoted)
    if title is None or title.end - title.start < 2 or not _title_like(title.of(text), quoted=quoted):
        return None
    if dated := _DATED.search(text, title.start, title.end):
        title = Span(title.start, dated.start())
    if not quoted:
        title = _without_lead(text, title)
    if cue.where == "opening" and not cue.own and of_another(text, title):
        return None
    if cue.recurs:
        title = _recurring(text, title, quoted=quoted, headline=cue.where == "headline")
    if title is None or (cue.nobody and not quoted and _is_person(text, title.of(text))):
        return None
    if not cue.named and not quoted and _is_named(title.of(text)):
        return None
    return title


def _without_lead(text: str, title: Span) -> Span:
    """The title without its maker's name or a "But" before it, where it stands without them elsewhere."""
    words = title.of(text)
    owned = _OWNED.match(words)
    if owned and re.search(rf"[A-ZÀ-Þ][\w.-]+ {re.escape(words)}", text):
        return Span(title.start + owned.end(), title.end)
    match = _LEAD.match(words)
    if match is None or whole.count(text, words[match.end() :]) <= whole.count(text, words):
        return title
    return Span(title.start + match.end(), title.end)


def of_another(text: str, title: Span) -> bool:
    """Whether the words before a title in its sentence speak of another film than the reviewed one."""
    before = text[max(0, title.start - 70) : title.start]
    return _ANOTHER.search(re.split(r"[.!?]\s|\n", before)[-1]) is not None


def _recurring(text: str, title: Span, *, quoted: bool, headline: bool) -> Span | None:
    """The title, or where it is not quoted the longest end of it with a capital, that stands in the text twice.

    A well-known title of several words needs no second mention below a headline.
    """
    words = title.of(text)
    if quoted and whole.count(text, words) + whole.count(text, words.upper()) > 1:
        return title
    if quoted:
        return None
    ends = [] if headline else [match.start() for match in re.finditer(r" (?:and|on|in|at|with|for|by) ", words)]
    starts = [match.end() for match in re.finditer(r" (?=[^\W\d_a-z])", words)]
    for start, end in [(0, len(words)), *((0, end) for end in ends), *((start, len(words)) for start in starts)]:
        part = words[start:end]
        alone = _is_known(part) if headline else _UNMISTAKABLE.fullmatch(part)
        if not _NO_TITLE.search(part) and (whole.count(text, part) > 1 or alone):
            return Span(title.start + start, title.start + end)
    return None


def _is_known(words: str) -> bool:
    """Whether words are the title of a well-known film, and more than one."""
    return known.is_title(words) and names.key(words) not in known.famous()


def _title_like(words: str, *, quoted: bool) -> bool:
    """Whether the words begin with a capital or a digit, and are more than a small word."""
    split = words.split()
    if _NO_TITLE.search(words) or words.lower() in rules.words("names", "openers"):
        return False
    if not (split[0][0].isupper() or split[0][0].isdigit()):
        return False
    long = [word for word in split if len(word) > 4]
    return not quoted or sum(not word[0].islower() for word in long) >= 0.7 * len(long)


def _is_person(text: str, words: str) -> bool:
    """Whether the text speaks of a person: the last word stands alone elsewhere, or the words act or have a role."""
    if not names.is_person(words) or words.split()[0] in ("The", "A", "An"):
        return False
    last = words.split()[-1]
    alone = whole.count(text, last) > whole.count(text, words) if " " in words else _has_first_name(text, words)
    acts = rf"(?:\({re.escape(words)}|\n{re.escape(words)}:|{re.escape(words)}(?:,? who| plays| as |['’]s ))"
    return alone or re.search(acts, text) is not None


def _is_named(words: str) -> bool:
    """Whether words begin as a person's name does, and are no well-known title."""
    return index.begins_given(words) and len(words.split()) in (2, 3) and not _is_known(words)


def _has_first_name(text: str, word: str) -> bool:
    """Whether a word is someone's last name: another name stands before it somewhere."""
    return any(
        match[1].lower() not in rules.words("names", "openers")
        for match in re.finditer(rf"\b([^\W\d_a-z][\w.-]+) {re.escape(word)}(?![^\W_])", text)
    )
