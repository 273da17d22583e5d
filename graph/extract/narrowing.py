"""What in a headline stands around the title: its number, a second title, the words of an essay that lead to it."""

from __future__ import annotations

import re

from graph.facts import Span

_PREFIX = re.compile(
    r"\[[^\[\]\n]{2,40}\] ?|[★☆½]{1,10} "
    r"|(?:(?:[A-Za-z]{2,8} ?)?#\d{1,4}|(?:Entry|Day|Review|Episode|No\.|Number) \d{1,4})(?::|\.|\)| -| –| —)? "
)
_SECOND = re.compile(r" / (?=[^\W\d_a-z])|,? (?:aka|a\.k\.a\.|AKA|A\.K\.A\.) ")
_PREDICATE = re.compile(
    r"['’\"”]? (?:is|are|was|has|makes|offers|delivers|proves|brings|fails|isn['’]t|doesn['’]t) (?=[a-z])"
)
_OTHER_NAME = re.compile(r" (?:[–—-] |\()(?P<other>[^\W\d_a-z][^()]*[^()\s])\)?$")
_WITHIN = re.compile(r" in (?=(?:The|A|An) [^\W\d_a-z])|(?<=[^\W\d_])(?:['’]s|s['’]) (?=[^\W\d_a-z])")


def narrowed(text: str, title: Span) -> Span:
    """The title of a headline without what numbers, sorts or rates it, and without a second title behind it.

    >>> text = "[REVIEW] The Weir / Demningen"
    >>> narrowed(text, Span(0, len(text))).of(text)
    'The Weir'
    """
    if prefix := _PREFIX.match(text, title.start, title.end):
        title = Span(prefix.end(), title.end)
    if second := _SECOND.search(text, title.start + 2, title.end):
        title = Span(title.start, second.start())
    title = _first_of_two(text, title)
    told = _PREDICATE.search(text, title.start + 2, title.end)
    if told and not _stands(text[title.end :], title.of(text)):
        title = Span(title.start, told.start())
    return _within(text, title)


def _first_of_two(text: str, title: Span) -> Span:
    """The title before another one that the text never uses: "The Weir – Demningen", "The Weir (Demningen)"."""
    match, below = _OTHER_NAME.search(text[title.start : title.end]), text[title.end :]
    if match is None or match.start() < 3 or not _stands(below, text[title.start : title.start + match.start()]):
        return title
    used = _stands(below, title.of(text)) or _stands(below, match["other"])
    return title if used else Span(title.start, title.start + match.start())


def _within(text: str, title: Span) -> Span:
    """The title behind the words of an essay's heading, where it stands in the text without them: "Sin in The Weir"."""
    below, words = text[title.end :], title.of(text)
    borders = list(_WITHIN.finditer(words, 3))
    if not borders or _stands(below, words):
        return title
    for match in reversed(borders):
        rest = words[match.end() :]
        if " " in rest and " " in words[: match.start()] and _stands(below, rest):
            return Span(title.start + match.end(), title.end)
    return title


def _stands(text: str, words: str) -> bool:
    """Whether a title stands in a text as it is written."""
    return re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", text) is not None
