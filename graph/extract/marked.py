"""The film that a text without a telling heading keeps naming: the title in italics or quotes that leads."""

from __future__ import annotations

import re
from itertools import islice

from graph.extract import names
from graph.extract.evidence import proof
from graph.facts import Span, Value

MOST_MARKS = 400
"""Italics and quotations looked at in one text."""

OPENING = 1200
"""Code points at the head of a text in which its film is named."""

_MARKED = re.compile(
    r"(?<![\w*_])(?:_(?P<i>[^_\n]{2,80})_|\*(?P<a>[^*\n]{2,80})\*(?!\*)|<(?:i|em|cite)>(?P<h>[^<\n]{2,80})</"
    r"|“(?P<q>[^”\n]{2,80})”|\"(?P<d>[^\"\n]{2,80})\")"
)
_SMALL = frozenset(
    "a an and are at be but by de for from her his in is it la my of on or the to with".split()  # noqa: SIM905
)
_SUBJECT = re.compile(
    r"[_*”\"]?(?:</\w+>)?(?:['’]s\b| (?:is|was|has|isn['’]t|opens|tells|[a-z]{3,}s)\b"
    r"|,[_*”\"]? (?:the|an?|which|directed|starring|released|based|though|while)\b)"
)
_HEAD = re.compile(r"(?:^|\n\n|[.!?]\s)[_*“\"]*(?:<\w+>)?$")
_OTHER = re.compile(
    r"\b(?:sequel|prequel|remake|debut|follow-up|events|success|like|unlike|after|edition|song|novel|book|play|series"
    r"|biography|magazine|since|recall\w*|remind\w*|version)\b[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
"""What leads to the title of something else."""


class _Seen:
    """How often a title stands in the text, where first, and how often as the subject of a sentence."""

    __slots__ = ("first", "subject", "times")

    def __init__(self, first: Span) -> None:
        self.first, self.times, self.subject = first, 0, 0


def from_marks(text: str) -> Value[str] | None:
    """The title that is marked most, where it stands in the opening and no other comes near."""
    seen: dict[str, _Seen] = {}
    for match in islice(_MARKED.finditer(text), MOST_MARKS):
        span = _bare(text, Span(*match.span(match.lastgroup or 0)))
        if not _is_titled(span.of(text)):
            continue
        subject = bool(_SUBJECT.match(text, span.end) and _HEAD.search(text, max(0, span.start - 8), span.start))
        if match.lastgroup in ("q", "d") and " " not in span.of(text) and not subject:
            continue
        one = seen.setdefault(names.key(span.of(text)), _Seen(span))
        one.times += 1
        one.subject += subject
    found = _leader(seen)
    if found is None or _OTHER.search(text, max(0, found.first.start - 60), found.first.start):
        return None
    return Value(found.first.of(text), (proof(text, found.first, "marked.most", 0.7, found.first),))


def _leader(seen: dict[str, _Seen]) -> _Seen | None:
    """The title that leads the others."""
    ranked = sorted(seen.values(), key=lambda one: (-_weight(one), one.first.start))
    if not ranked or ranked[0].first.start > OPENING:
        return None
    best, rival = ranked[0], _weight(ranked[1]) if len(ranked) > 1 else 0
    firm = best.subject > 0 or best.times > 2
    return best if firm and _weight(best) >= rival + 2 else None


def _weight(one: _Seen) -> int:
    return one.times + 2 * min(one.subject, 2) + (one.first.start < OPENING)


def _bare(text: str, span: Span) -> Span:
    """A marked run without the comma or full stop that stands inside the marks."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(" _*"))
    return Span(start, max(start, span.start + len(words.rstrip(" ,.;:_*"))))


def _is_titled(words: str) -> bool:
    """Whether words are written as a title: every longer one with a capital, and no single small one."""
    split = words.split()
    if not split or not (split[0][0].isupper() or split[0][0].isdigit()):
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in split) and len(split) < 11
