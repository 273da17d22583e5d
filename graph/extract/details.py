"""What short lines and leads say of a film: "2017, 98 min, R", "USA | 98 minutes", "is a 2017 romantic drama"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from graph.extract import factbox, leads, rules
from graph.extract.evidence import merged, proof
from graph.extract.layout import Layout
from graph.facts import Span, Value

_BORDER = re.compile(r"\s*[,|·•;]\s*|\s[–—/-]\s|\.\s+|$")
_YEAR = re.compile(r"(?:18[89]\d|19\d\d|20\d\d)")
_RELEASE = re.compile(
    rf"(?:.{{0,40}} release \()?{_YEAR.pattern}(?: release)?|(?:[A-Z][A-Za-z.]*[ ,]{{1,2}}){{1,3}}{_YEAR.pattern}"
)
_CREDIT = re.compile(r"(?:[Dd]irected|[Ww]ritten|[Dd]ir\b|[Ss]tarring|[Ww]ith)\b")
_CERTIFICATE = re.compile(
    r"(?:(?i:cert(?:ificate)?\.?|rated) )?(?P<grade>\S+(?: [Rr]ated)?)(?: (?i:cert(?:ificate)?\.?))?"
)
_SCORE = re.compile(r"[\d.½*★]+ ?(?:/|stars?|out of)|[★*]{1,5}")
_STOP = re.compile(
    r"[,;.()]|\b(?:about|directed|from|that|starring|with|written|in|by|who|which|where|set|based|for|to|of|adapted"
    r"|produced|co-written|loosely)\b"
)


SHORT = 150
"""Code points of a short line."""


@dataclass(frozen=True, slots=True)
class Bits:
    """The values found in one short line."""

    year: Value[int] | None = None
    runtime: Value[int] | None = None
    certificate: Value[str] | None = None
    countries: tuple[Value[str], ...] = ()
    genres: tuple[Value[str], ...] = ()


def read_bits(text: str, layout: Layout) -> Bits:
    """The values of the first short line that is mostly a year, a length, a certificate, a country or a genre.

    A line of credits may hold them too: "Dir: Ana Ruiz. 12A cert, 99 min, 2022".
    """
    short = layout.notes + layout.headings + tuple(p for p in layout.paragraphs if p.end - p.start < SHORT)
    for line in sorted(short):
        parts = list(_parts(text, line))
        kinds = [(kind, part) for part in parts if (kind := _kind(text, part))]
        if len(kinds) >= 0.6 * len(parts) and len({kind for kind, _ in kinds}) > 1:
            return _bits(text, line, kinds)
    for line in dict.fromkeys(fact.line for fact in layout.facts if fact.field in ("director", "cast")):
        kinds = [(kind, part) for part in _parts(text, line) if (kind := _kind(text, part))]
        if kinds and len(kinds[0][1].of(text)) < SHORT:
            return _bits(
                text, line, [(kind, part) for kind, part in kinds if kind in ("year", "runtime", "certificate")]
            )
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
    if _YEAR.fullmatch(shown) or _RELEASE.fullmatch(shown):
        return "year"
    if _CREDIT.match(shown) or _SCORE.match(shown):
        return "other"
    found = factbox.find_minutes(text, part)
    if found and not shown.isdigit() and len(shown) - (found[1].end - found[1].start) < 10:
        return "runtime"
    if _certificate(shown) is not None:
        return "certificate"
    if shown in rules.words("details", "countries"):
        return "country"
    return "genre" if shown.lower() in genre_words() else None


def _certificate(shown: str) -> str | None:
    """The certificate that a part such as "Cert 15", "12A cert" or "Rated R" gives."""
    match = _CERTIFICATE.fullmatch(shown)
    return match["grade"] if match and match["grade"] in rules.words("details", "certificates") else None


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

    years = [_year(text, value) for value in found("year")]
    minutes = [factbox.find_minutes(text, part) for name, part in kinds if name == "runtime"]
    runtimes = [Value(m[0], (proof(text, line, "details.runtime", 0.9, m[1]),)) for m in minutes if m]
    return Bits(
        years[0] if len(years) == 1 else None,
        next(iter(runtimes), None),
        next((Value(_certificate(c.value) or c.value, c.evidence) for c in found("certificate")), None),
        merged(found("country")),
        merged(found("genre")),
    )


def _year(text: str, value: Value[str]) -> Value[int]:
    """The year at the end of a part such as "Norway 1927"."""
    (evidence,) = value.evidence
    match = _YEAR.search(text, evidence.mentions[0].start, evidence.mentions[0].end)
    if match is None:
        raise ValueError(f"no year in {value.value!r}")
    return Value(int(match[0]), (replace(evidence, mentions=(Span(*match.span()),)),))


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
    for span, match in leads.find_leads(text, layout):
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
