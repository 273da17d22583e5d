"""The film that a text without a telling heading keeps naming: the title in marks or capitals that leads.

Italics, quotations, words in capitals and the subjects of sentences are weighed by how often they stand, where first,
and by what is said of them; the first by far is the film.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from graph.extract import index, known, names
from graph.extract.evidence import proof
from graph.extract.rules import words
from graph.facts import Span, Value

MOST_MARKS = 400
"""Italics, quotations and runs of capitals looked at in one text, each."""

OPENING = 1200
"""Code points at the head of a text in which its film is named."""

HEAD = 200
"""Code points in which a first sentence or two stand."""

ENOUGH, AHEAD = 4.5, 2.0
"""What a title must weigh, and by how much it must lead the next."""

_MARKED = re.compile(
    r"(?<![\w*_])(?:_(?P<i>[^_\n]{2,80})_|\*{1,3}(?P<a>[^*\n]{2,80})\*|<(?:i|em|cite)>(?P<h>[^<\n]{2,80})</"
    r"|“(?P<q>[^”\n]{2,80})”|\"(?P<d>[^\"\n]{2,80})\"|(?<=\s)[`'‘](?P<s>[A-Z0-9][^'’`\n]{2,60})['’](?!\w))"
)
_CAPITALS = re.compile(
    r"(?<![\w'’-])(?P<c>[A-Z][A-Z'’-]{3,}|[A-Z][A-Z0-9'’&:-]*(?: [A-Z0-9&][A-Z0-9'’&:-]*){1,8})(?![\w'’])"
)
_WORD = r"(?:[A-ZÀ-Þ0-9][\w'’!?-]*|Dr\.|Mr\.|Mrs\.|St\.)"
_RUN = re.compile(
    rf"(?:^|\n|[.!?*][\"”)]? +)"
    rf"(?P<p>{_WORD}:?(?: (?:(?:of|the|and|in|to|a|an|for|at|on|with|by|from|is|de|la|&) ){{0,3}}{_WORD}){{0,8}})"
)
_OWNED = re.compile(r"(?:[A-Z][\w.-]+ ){1,3}?[A-Z][\w.-]+['’]s? |(?:If|While|When|In|During|Though|However|Whilst) ")
_SMALL = frozenset(
    "a an and are at be but by de for from her his in is it la my of on or the to with".split()  # noqa: SIM905
)
_FILM = (
    r"(?:film|movie|picture|thriller|comedy|drama|western|musical|horror|sequel|remake|masterpiece|classic|noir"
    r"|entry|instal?lment|adaptation|flick|documentary|disappointment|biopic|mess|gem|tale|story)s?"
)
_SUBJECT = re.compile(
    r"[_*”\"'’]{0,3}(?:</\w+>)?(?:['’]s\b| (?:is|was|has|isn['’]t|opens|tells|had|came|marks|[a-z]{3,}s)\b"
    r"|,[_*”\"]? (?:the|an?|which|directed|starring|released|based|though|while)\b)"
)
_CALLED = re.compile(
    rf"[_*”\"'’]{{0,3}},? (?:(?:is|was|isn['’]t|remains|has to be|may be|could be|must be)(?: \w+)?"
    rf"(?: (?:a|an|the|one|my|his|her|its))?\b[^.!?\n]{{0,60}}?\b{_FILM}\b"
    r"|(?:stars|starring|features|tells the story|directed by)\b)"
)
_HEAD = re.compile(r"(?:^|\n|[.!?]\s+)[_*“\"'‘]*(?:<\w+>)?$")
_LED = re.compile(
    r"\b(?:[Ii]n|[Ww]ith|of|watching|watched|watch|see|saw|seen|enjoyed|called|titled)[ ][_*“\"'‘]*(?:<\w+>)?$"
)
_OTHER = re.compile(
    r"\b(?:sequel|prequel|remake|debut|follow-up|events|success|like|unlike|after|edition|song|novel|book|play|series|than"
    r"|biography|magazine|since|recall\w*|remind\w*|version|also|before|from|hit"
    r"|best known|famous|known|and|or|both|by)\b"
    r"[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
"""What leads to the title of something else."""


class _Seen:
    """How much speaks for a title, and where it stands first."""

    __slots__ = ("first", "weight")

    def __init__(self, first: Span) -> None:
        self.first, self.weight = first, 0.0


def from_marks(text: str) -> Value[str] | None:
    """The title for which most speaks, where it stands in the opening and no other comes near."""
    seen: dict[str, _Seen] = {}
    for span, marked in sorted(_runs(text)):
        one = seen.setdefault(names.key(span.of(text)), _Seen(span))
        one.weight += _worth(text, span, marked)
    found = _leader(seen)
    if found is None or _OTHER.search(text, max(0, found.first.start - 60), found.first.start):
        return None
    return Value(found.first.of(text), (proof(text, found.first, "marked.most", 0.7, found.first),))


def _runs(text: str) -> Iterator[tuple[Span, str]]:
    """What may be a title: marked runs, capitals, and capitalised runs at the head of a sentence."""
    for pattern in (_MARKED, _CAPITALS, _RUN):
        for match in islice(pattern.finditer(text), MOST_MARKS):
            kind = match.lastgroup or ""
            span = _bare(text, Span(*match.span(kind)))
            if _is_titled(span.of(text), kind):
                yield span, kind


def _worth(text: str, span: Span, kind: str) -> float:
    """What one mention of a title is worth."""
    ahead = text[max(0, span.start - 60) : span.start]
    called = _CALLED.match(text, span.end) is not None
    if _OTHER.search(ahead) or (kind == "p" and not called):
        return 0.3
    worth = {"p": 0.5, "c": 0.8}.get(kind, 1.0)
    subject = bool(_SUBJECT.match(text, span.end) and _HEAD.search(ahead))
    if kind in ("q", "d", "s") and " " not in span.of(text) and not (subject or called):
        return 0.2
    if called:
        worth += 3.0
    elif subject:
        worth += 2.0
    elif _LED.search(ahead):
        worth += 1.0
    return worth


def _leader(seen: dict[str, _Seen]) -> _Seen | None:
    """The title that leads the others."""
    for one in seen.values():
        one.weight += (one.first.start < OPENING) + (one.first.start < HEAD)
    ranked = sorted(seen.values(), key=lambda one: (-one.weight, one.first.start))
    if not ranked or ranked[0].first.start > OPENING or ranked[0].weight < ENOUGH:
        return None
    rival = ranked[1].weight if len(ranked) > 1 else 0.0
    return ranked[0] if ranked[0].weight >= rival + AHEAD else None


def _bare(text: str, span: Span) -> Span:
    """A marked run without the comma or full stop that stands inside the marks."""
    shown = span.of(text)
    start = span.start + len(shown) - len(shown.lstrip(" _*"))
    return Span(start, max(start, span.start + len(shown.rstrip(" ,.;:_*"))))


def _is_titled(shown: str, kind: str) -> bool:
    """Whether words are written as a title: every longer one with a capital, and no single small one; no person."""
    split = shown.split()
    if not split or not (split[0][0].isupper() or split[0][0].isdigit()) or len(split) > 10:
        return False
    if not all(not word[0].islower() or word.lower() in _SMALL for word in split):
        return False
    key = names.key(shown)
    first, after = key.partition(" ")[0], words("names", "openers")
    if kind == "p" and first in after - {"the", "a", "an", "my", "it", "they", "we", "you", "she", "he"}:
        return False
    if (
        key in after
        or shown.endswith(("'s", "’s", "'", "’"))
        or key.replace(" ", "").isdigit()
        or key in known.famous()
    ):
        return False
    if kind in ("p", "c") and (len(split) == 1 or _OWNED.match(shown)):
        return False
    person = index.begins_given(shown) and len(split) in (2, 3) and not any(word in _SMALL for word in split)
    return not (kind == "p" and (person or index.has_title(shown) or key in known.makers()))
