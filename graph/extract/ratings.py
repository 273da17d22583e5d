"""Verdicts in numbers: the reviewer's own and the readers', on any scale.

A score counts behind a label ("Our Score: 4/5"), in a line of its own, or in running text where its shape leaves no
doubt or words such as "I give it" stand before it. Scales that are not given: stars, numbers up to 5 and house
ratings end at 5, other numbers at 10 or 100, letter grades at 4.3 (see ``rules/ratings.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graph.extract import rules
from graph.extract.evidence import proof
from graph.extract.layout import FactLine, Layout
from graph.extract.sentences import sentence_at
from graph.facts import Rating, Span

TAIL = 400
"""In running text a score without an introduction counts only this near the end of the text, or in its first line."""

HEAD = 200
"""A paragraph that begins before this offset opens the text."""

REACH = 60
"""Code points behind an introduction, or behind the start of a paragraph, in which a score must stand."""

LONGEST_LINE = 600
"""A longer line of credits is not searched for a score."""

MOST_LINES = 40
"""Short lines at either end of a text that are searched for a score."""

_FEW_WORDS = re.compile(r"\W{0,3}(?:\w+[\s,:-]{1,3}){0,4}\W{0,3}")
_SCALES = {"imdb": 10.0, "metacritic": 100.0, "metascore": 100.0, "rotten tomatoes": 100.0, "tomatometer": 100.0}
_VOTES = re.compile(r"(?P<count>\d[\d,. ]{0,12})\s*(?:votes?|ratings?|users?|reviews?|readers?)\b", re.IGNORECASE)
_BARE = re.compile(
    r"\s*(?P<value>\d{1,3}(?:[.,]\d{1,2})?)(?:½| 1/2)?(?! ?[\d/%]|[A-Za-z]|[.,]\d)(?: of (?P<best>\d{1,3}))?"
)


@dataclass(frozen=True, slots=True)
class Score:
    """A value on a scale and where it stands; ``best`` is None where the scale is not given."""

    value: float
    best: float | None
    span: Span
    shape: str
    alone: bool


class _Shape(NamedTuple):
    """How a score is written; a text without one of its ``needs``, in small letters, holds none."""

    name: str
    alone: bool
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _shapes() -> tuple[_Shape, ...]:
    table = rules.load("ratings")
    number = (
        rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|(?i:{'|'.join(table['numbers'])})\b)(?:½|[ -](?:and|&)[ -]a[ -]half\b| ?1/2)?"
    )
    return tuple(
        _Shape(
            shape["name"],
            shape.get("alone", False),
            tuple(shape.get("needs", ("",))),
            re.compile(shape["pattern"].replace("NUMBER", number)),
        )
        for shape in table["shape"]
    )


@cache
def _given() -> re.Pattern[str]:
    return re.compile("|".join(rules.load("ratings")["given"]["words"]).replace(" ", r"\s{1,3}"))


def find_scores(text: str, span: Span) -> Iterator[Score]:
    """All scores of a region, by shape; a longer shape hides the shorter ones inside it."""
    taken: list[Span] = []
    small = span.of(text).lower()
    for shape in _shapes():
        for match in shape.pattern.finditer(text, span.start, span.end) if _has(shape.needs, small) else ():
            if not any(match.start() < other.end and other.start < match.end() for other in taken):
                score = _score(match, shape.name, alone=shape.alone)
                if score is not None:
                    taken.append(score.span)
                    yield score


def _has(needs: tuple[str, ...], small: str) -> bool:
    return any(map(small.__contains__, needs))


def _score(match: re.Match[str], name: str, *, alone: bool) -> Score | None:
    """The score of a match; nothing if the value lies beyond its scale."""
    found = match.groupdict()
    span = Span(match.start(), match.start() + len(match[0].rstrip(" ([")))
    value, best = _value(found, name)
    if value is None or (best is not None and not 0 <= value <= best):
        return None
    return Score(value, best, span, name, alone)


def _value(found: dict[str, str | None], name: str) -> tuple[float | None, float | None]:
    """The value of a shape's groups and the end of its scale, as far as they are given."""
    if grade := found.get("grade"):
        return rules.load("ratings")["grades"].get(re.sub("[−–]", "-", grade)), 4.3
    if way := found.get("way"):
        best = 2.0 if (found["thumbs"] or "").lower() in ("two", "both") else 1.0
        return (best if way.lower() == "up" else 0.0), best
    given = found.get("best")
    return _number(found["value"] or ""), _number(given) if given else _implied(found, name)


def _implied(found: dict[str, str | None], name: str) -> float | None:
    """The end of a scale that the shape itself shows."""
    if name == "percent":
        return 100.0
    if name == "glyphs":
        full, empty = _number(found["value"] or ""), len(re.findall(r"[☆✩✰]", found["empty"] or ""))
        return float(int(full + 0.5) + empty) if empty else max(5.0, float(int(full + 0.5)))
    return None


def _scale(score: Score) -> float:
    """The scale of a score: the one given, else the usual one that it fits, stars of five first."""
    return score.best or next((scale for scale in (5.0, 10.0, 100.0) if score.value <= scale), score.value)


def _number(words: str) -> float:
    """A number in digits, in words or as a row of stars.

    >>> _number("two and a half"), _number("3½"), _number("***1/2"), _number("★★")
    (2.5, 3.5, 3.5, 2.0)
    """
    half = 0.5 if re.search(r"½|1/2|half$", words) and words.lower() != "half" else 0.0
    stars = len(re.findall(r"[*★✭⭐✮🌟]", words))
    if stars:
        return stars + half
    plain = re.sub(r"½| ?1/2$|[ -](?:and|&)[ -]a[ -]half$", "", words).strip().replace(",", ".").lower()
    if plain.replace(".", "", 1).isdigit():
        return float(plain) + half
    return float(rules.load("ratings")["numbers"].get(plain, 0)) + half


def read_ratings(text: str, layout: Layout) -> tuple[Rating, ...]:
    """All ratings of the reviewed film, the reviewer's own first; a label without a value gives none."""
    own = [rating for fact in _facts(layout, "own_rating") for rating in _labelled(text, fact, "own")]
    if not own:
        own = list(_lone(text, layout))
    if not own:
        own = [*_in_credits(text, layout), *_told(text, layout)]
    users = [rating for fact in _facts(layout, "user_rating") for rating in _labelled(text, fact, "user")]
    return tuple(own[:1] + users)


def _facts(layout: Layout, field: str) -> Iterator[FactLine]:
    return (fact for fact in layout.facts if fact.field == field and fact.value.end - fact.value.start < 200)


def _labelled(text: str, fact: FactLine, kind: str) -> Iterator[Rating]:
    """The score behind a label."""
    label = fact.label.of(text).lower()
    scores = sorted(find_scores(text, fact.value), key=lambda score: score.span)
    score = next((score for score in scores if score.span.start - fact.value.start < 40), None)
    bare = _BARE.match(text, fact.value.start, fact.value.end)
    if bare and bare[0].strip() in ("12", "15", "18"):
        return
    best = float(bare["best"]) if bare and bare["best"] else None
    if bare and (score is None or score.span.start > bare.end()):
        score = Score(_number(bare["value"]), best, Span(bare.start("value"), bare.end()), "number", alone=True)
    if score is None:
        return
    best = score.best or next((scale for word, scale in _SCALES.items() if word in label), None) or _scale_in(label)
    votes = _VOTES.search(text, score.span.end, fact.value.end)
    count = int(re.sub(r"\D", "", votes["count"])) if votes and kind == "user" else None
    if votes and kind == "own" and not re.match(r"our|my|critic|review|editor", label):
        kind, count = "user", int(re.sub(r"\D", "", votes["count"]))
    best = best or next((scale for scale in (5.0, 10.0, 100.0) if score.value <= scale), None)
    if best is not None and score.value <= best:
        yield Rating(kind, score.value, best, count, (proof(text, fact.line, f"ratings.{kind}", 0.97, score.span),))


def _scale_in(label: str) -> float | None:
    """The scale that a label gives: "Rating out of 10"."""
    match = re.search(r"out of (\d{1,3})", label)
    return float(match[1]) if match else None


def _lone(text: str, layout: Layout) -> Iterator[Rating]:
    """A score that fills a short line, or ends a heading."""
    regions = sorted(layout.notes + layout.headings + layout.items)
    for region in dict.fromkeys(regions[:MOST_LINES] + regions[-MOST_LINES:]):
        if region.end - region.start > 120 or re.match(r"[^\W\d]+[\w ]{0,20}:", region.of(text)):
            continue
        for score in sorted(find_scores(text, region), key=lambda score: score.span):
            rest = text[region.start : score.span.start] + text[score.span.end : region.end]
            fills = not re.sub(r"\W|stars?", "", rest)
            ends = not score.alone and score.span.end >= region.end - 2
            opens = (
                not score.alone
                and score.span.start == region.start
                and re.match(r"\s?[-–—:.!]", text[score.span.end :][:2])
            )
            if fills or opens or (ends and score.shape != "stars-in-words"):
                best = _scale(score)
                yield Rating("own", score.value, best, None, (proof(text, region, "ratings.line", 0.9, score.span),))


def _in_credits(text: str, layout: Layout) -> Iterator[Rating]:
    """A score among the credits of a line: "Directed by Ana Ruiz. 98 minutes. Two and a half stars."."""
    for line in dict.fromkeys(fact.line for fact in layout.facts if fact.field in ("director", "cast")):
        for score in find_scores(text, line) if line.end - line.start < LONGEST_LINE else ():
            alone = text[score.span.end : score.span.end + 1] in ("", ".", "\n", "|", ")")
            if score.shape != "percent" and score.shape != "grade" and alone:
                evidence = (proof(text, line, "ratings.line", 0.8, score.span),)
                yield Rating("own", score.value, _scale(score), None, evidence)


def _told(text: str, layout: Layout) -> Iterator[Rating]:
    """A score in running text: introduced by words such as "I give it", or of a plain shape at the end or the start."""
    regions = sorted(layout.paragraphs + layout.items + layout.notes)
    introduced = [(score, region) for region in regions for score in _introduced(text, region)]
    tail = len(text.rstrip()) - TAIL
    plain = [(score, region) for region in regions for score in _plain(text, region, tail)]
    for found, sure in ((introduced, 0.85), (plain, 0.7)):
        for score, region in sorted(found, key=lambda pair: pair[0].span, reverse=True):
            evidence = (proof(text, sentence_at(text, region, score.span), "ratings.prose", sure, score.span),)
            yield Rating("own", score.value, _scale(score), None, evidence)


def _introduced(text: str, region: Span) -> Iterator[Score]:
    """The scores just behind words such as "I give it"."""
    small = region.of(text).lower()
    if not any(map(small.__contains__, rules.load("ratings")["given"]["needs"].split())):
        return
    for match in _given().finditer(text, region.start, region.end):
        for score in find_scores(text, Span(match.end(), min(region.end, match.end() + REACH))):
            if _FEW_WORDS.fullmatch(text, match.end(), score.span.start):
                yield score


def _plain(text: str, region: Span, tail: int) -> Iterator[Score]:
    """The scores of a plain shape that open the text or stand behind ``tail``; those in words fill their paragraph."""
    if region.end > tail:
        for score in find_scores(text, Span(max(region.start, tail), region.end)):
            fills = score.span.start - region.start < 3 and score.span.end >= region.end - 2
            if not score.alone or (score.shape in ("stars-in-words", "things-out-of") and fills):
                yield score
    if region.start < HEAD:
        for score in find_scores(text, Span(region.start, min(region.end, region.start + REACH))):
            opens = score.span.start - region.start < 3 or score.shape == "asterisks"
            if not score.alone and opens:
                yield score
