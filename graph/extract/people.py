"""The names in a list of people, as fact lines and cast lines have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.extract import names
from graph.facts import Span

_LINK = re.compile(
    r"\[(?P<shown>[^\[\]\n]{1,100})\]\([^()\s]{0,300}\)|\[\[(?:[^\[\]|\n]{1,100}\|)?(?P<wiki>[^\[\]|\n]{1,100})\]\]"
)
_BRACKET = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_LEAD = re.compile(
    r"\s*(?:(?:and|with|also|featuring|introducing|starring|the voices? of|voices? of)\s+){1,3}", re.IGNORECASE
)
_BORDER = re.compile(r"(?<=[^\W\d_]{3})\.\s")
_EDGES = ' \t\u00a0.*_`"“”,;:|&/-–—…'
_EMPTY = frozenset(
    ("various", "n/a", "na", "unknown", "none", "tba", "tbc", "others", "more", "and more", "et al", "uncredited")
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it is shown, and where its words stand."""

    name: str
    span: Span


def plain(text: str, start: int, end: int) -> str:
    """The text of a span of the same length, with links, tags and their marks blanked out so that offsets still hold.

    >>> plain("[Bo Li](/p/1), *Ann*", 0, 20)
    ' Bo Li       , *Ann*'
    """
    shown = _LINK.sub(_keep_shown, text[start:end])
    return _TAG.sub(lambda match: " " * len(match[0]), shown)


def _keep_shown(match: re.Match[str]) -> str:
    kind = "shown" if match["shown"] is not None else "wiki"
    before = match.start(kind) - match.start()
    return " " * before + match[kind] + " " * (match.end() - match.end(kind))


def read_people(text: str, span: Span, *, shared_surname: bool = False) -> list[Person]:
    """The people of a list such as "Ann Bell, Bo Li and Cy Dorn"; what is no name is left out.

    ``shared_surname`` reads "Joel and Ethan Roe" as two people of one family.
    """
    shown = _BRACKET.sub(lambda match: " " * len(match[0]), plain(text, span.start, span.end))
    found = [_person(span.start, shown, item) for item in names.split_names(shown)]
    people = [person for person in found if person is not None]
    if shared_surname and len(people) == 2 and " " not in people[0].name and " " in people[1].name:
        people[0] = Person(f"{people[0].name} {people[1].name.split(' ', 1)[1]}", people[0].span)
    return people


def _person(offset: int, shown: str, item: Span) -> Person | None:
    start, end = item.start, item.end
    if lead := _LEAD.match(shown, start, end):
        start = lead.end()
    if border := _BORDER.search(shown, start, end):
        end = border.start()
    while start < end and shown[start] in _EDGES:
        start += 1
    while end > start and shown[end - 1] in _EDGES and not re.search(r"\b(?:[JS]r|[A-Z])\.$", shown[start:end]):
        end -= 1
    words = shown[start:end]
    if words.islower() and " " not in words.strip():
        return None
    cased = words.title() if words.islower() and 2 <= len(words.split()) <= 4 else words
    if words.lower() in _EMPTY or not names.is_person(cased):
        return None
    return Person(names.tidy(cased), Span(offset + start, offset + end))
