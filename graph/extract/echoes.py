"""The part of a headline that the text below treats as a film's title: "The patience of The Salt Year", "the film …".

Every run of words of a headline that begins and ends with a capital may be one. What the text says where it repeats the
run decides: that it is a film, that a year follows, that it stands in italics or quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.extract import index, known, names, rules
from graph.extract.evidence import proof
from graph.extract.headings import trimmed
from graph.facts import Span, Value

REACH = 6_000
"""Code points below a headline in which its words are looked for."""

MOST_WORDS = 16
"""A longer headline is looked at no further."""

ENOUGH = 2.0
"""What must speak for a title; plain mentions alone never do."""

SINGLE = 3.0
"""What must speak for a title of one word, or one that begins as a person's name does."""

_WORD = re.compile(r"[^\s\"“”‘*_|/]+")
_INNER = " ,;:!?.…()[]–—-’'"
_FILM = (
    r"(?:films?|movies?|picture|feature|thriller|comedy|drama|western|musical|sequel|remake|masterpiece|classic"
    r"|documentary|biopic|adaptation|debut|blockbuster|rom-?com|epic|gem|entry|instal?lment)"
)
_LED = re.compile(
    rf"(?:\b{_FILM},?|\b(?:[Ww]atch(?:ed|ing)|[Ss]een|[Ss]aw|[Rr]ewatch(?:ed|ing)|[Ss]creening of|called|titled"
    r"|[Dd]irect(?:s|ed)))[ ][_*“\"'‘]{0,3}$"
)
_MARK = re.compile(r"[_*“\"‘]{1,3}$")
_YEAR = re.compile(r"[_*”\"'’]{0,3},? \((?:18[89]|19\d|20\d)\d\)")
_CALLED = re.compile(
    rf"[_*”\"'’]{{0,3}},? (?:(?:is|was|isn['’]t|remains|has to be|may be|might be)\b[^.!?\n]{{0,60}}?\b{_FILM}\b"
    r"|(?:stars|starring|tells the story|directed by|opens in (?:theat|cinemas)|is (?:available|streaming|rated))\b)"
)


def from_echoes(text: str, headlines: Iterable[Span]) -> Value[str] | None:
    """The run of words of the first headline that has one which the text below takes for a film."""
    for headline in headlines:
        below = text[headline.end : headline.end + REACH]
        shown = {run.of(text): run for run in _runs(text, headline)}
        runs = {words: run for words, run in shown.items() if words in below or known.is_title(words)}
        if runs and (title := _best(text, headline, runs)) is not None:
            return Value(title.of(text), (proof(text, headline, "echoes.headline", 0.77, title),))
    return None


def _runs(text: str, headline: Span) -> Iterator[Span]:
    """Runs of words that could be a title, without marks at their ends."""
    split = list(_WORD.finditer(text, headline.start, headline.end))
    if len(split) > MOST_WORDS or text[headline.start : headline.end].isupper():
        return
    small = rules.words("names", "openers")
    for first, opening in enumerate(split):
        if not _begins(opening[0]):
            continue
        for last in range(first, min(len(split), first + 9)):
            span = Span(
                opening.start(), opening.start() + len(text[opening.start() : split[last].end()].rstrip(_INNER))
            )
            shown = span.of(text)
            if not _begins(split[last][0]) or len(shown) < 3 or shown.lower() in small or '"' in shown:
                continue
            if trimmed(text, span) == span and known.famous().isdisjoint({names.key(shown)}):
                yield span


def _begins(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _best(text: str, headline: Span, runs: dict[str, Span]) -> Span | None:
    """The run for which most speaks; of two, the longer."""
    weights: dict[str, float] = {}
    mentions: dict[str, int] = {}
    pattern = "|".join(re.escape(run) for run in sorted(runs, key=len, reverse=True))
    for match in re.finditer(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", text[headline.end : headline.end + REACH]):
        place = Span(headline.end + match.start(), headline.end + match.end())
        weights[match[0]] = weights.get(match[0], 0.0) + _worth(text, place)
        mentions[match[0]] = mentions.get(match[0], 0) + 1
    for run in runs:
        fame = 2.0 if known.is_title(run) else 0.0
        weights[run] = weights.get(run, 0.0) + min(1.0, 0.5 * mentions.get(run, 0)) + fame
    best = max(runs, key=lambda run: (weights[run], len(run)))
    return runs[best] if weights[best] >= (SINGLE if " " not in best or index.begins_given(best) else ENOUGH) else None


def _worth(text: str, place: Span) -> float:
    """What one mention says for a film."""
    ahead = text[max(0, place.start - 60) : place.start]
    if _YEAR.match(text, place.end) or _CALLED.match(text, place.end):
        return 2.0
    if _LED.search(ahead):
        return 1.5
    return 1.0 if _MARK.search(ahead) and " " in place.of(text) else 0.0
