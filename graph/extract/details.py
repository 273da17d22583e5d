"""What short lines and leads say of a film: "2017, 98 min, R", "USA | 98 minutes", "is a 2017 romantic drama"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.extract import factbox, rules, titles
from graph.extract.evidence import merged, proof
from graph.extract.layout import Layout
from graph.facts import Span, Value

_BORDER = re.compile(r"\s*[,|·•;]\s*|\s[–—/-]\s|\.\s+|$")
_YEAR = re.compile(r"(?:18[89]\d|19\d\d|20\d\d)")
_STOP = re.compile(
    r"[,;.()]|\b(?:about|directed|from|that|starring|with|written|in|by|who|which|where|set|based|for|to|of|adapted"
    r"|produced|co-written|loosely)\b"
)


@dataclass(frozen=True, slots=True)
class Bits:
    """The values found in one short line."""

    year: Value[int] | None = None
    runtime: Value[int] | None = None
    certificate: Value[str] | None = None
    countries: tuple[Value[str], ...] = ()
    genres: tuple[Value[str], ...] = ()


def read_bits(text: str, layout: Layout) -> Bits:
    """The values of the first short line that is mostly a year, a length, a certificate, a country or a genre."""
    for line in sorted(layout.notes + layout.headings + tuple(p for p in layout.paragraphs if p.end - p.start < 150)):
        kinds = [(kind, part) for part in _parts(text, line) if (kind := _kind(text, part))]
        if (
            len(kinds) > 1
            and len(kinds) >= 0.6 * sum(1 for _ in _parts(text, line))
            and len({kind for kind, _ in kinds}) > 1
        ):
            return _bits(text, line, kinds)
    return Bits()


def _parts(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for match in _BORDER.finditer(text, line.start, line.end):
        if start < match.start():
            yield Span(start, match.start())
        start = match.end()
    if start < line.end:
        yield Span(start, line.end)


def _kind(text: str, part: Span) -> str | None:
    """What one part of a short line is."""
    shown = part.of(text).strip(" ().*_")
    if _YEAR.fullmatch(shown):
        return "year"
    found = factbox.find_minutes(text, part)
    if found and not shown.isdigit() and len(shown) - (found[1].end - found[1].start) < 10:
        return "runtime"
    if shown in rules.words("details", "certificates"):
        return "certificate"
    if shown in rules.words("details", "countries"):
        return "country"
    return "genre" if shown.lower() in genre_words() else None


def _bits(text: str, line: Span, kinds: list[tuple[str, Span]]) -> Bits:
    def proved(part: Span) -> tuple[Span, str]:
        shown = part.of(text)
        left = len(shown) - len(shown.lstrip(" (*_"))
        right = len(shown.rstrip(" ).*_")) if not shown.endswith("S.") else len(shown)
        span = Span(part.start + left, part.start + right)
        return span, span.of(text)

    def found(kind: str) -> list[Value[str]]:
        parts = [proved(part) for name, part in kinds if name == kind]
        return [Value(shown, (proof(text, line, f"details.{kind}", 0.9, span),)) for span, shown in parts]

    years = [Value(int(value.value), value.evidence) for value in found("year")]
    minutes = [factbox.find_minutes(text, part) for name, part in kinds if name == "runtime"]
    runtimes = [Value(m[0], (proof(text, line, "details.runtime", 0.9, m[1]),)) for m in minutes if m]
    return Bits(
        years[0] if len(years) == 1 else None,
        next(iter(runtimes), None),
        next(iter(found("certificate")), None),
        merged(found("country")),
        merged(found("genre")),
    )


@cache
def genre_words() -> dict[str, str]:
    """From each word for a genre, in small letters, to the genre's name."""
    return {word: genre["name"] for genre in rules.load("genres")["genre"] for word in genre["words"]}


@cache
def _genre_pattern() -> re.Pattern[str]:
    words = sorted(genre_words(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


def genres_of_lead(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The genres in a sentence such as "Salt is a 2017 romantic drama about …", before the words of its story."""
    for span, match in titles.find_leads(text, layout):
        start = match.start("kind")
        stop = _STOP.search(text, start, match.end("kind"))
        end = stop.start() if stop else match.end("kind")
        found = [
            Value(genre_words()[word[0].lower()], (proof(text, span, "details.lead", 0.85, Span(*word.span())),))
            for word in _genre_pattern().finditer(text, start, end)
        ]
        if found:
            return merged(found)
    return ()
