"""What short lines and leads say of a film: "2017, 98 min, R", "USA | 98 minutes", "is a 2017 romantic drama"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from graph.extract import factbox, leads, rules
from graph.extract.evidence import merged, proof
from graph.extract.layout import Layout
from graph.extract.sentences import sentence_at
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


_PLACES = re.compile(r"\(?(?P<places>[^\W\d_][^\d,;|]{1,60}?)(?: (?P<year>(?:18[89]|19\d|20\d)\d))?\)?")
_BRACKET = re.compile(r"\((?P<inside>[^()]{4,120})\)")
_TOLD_LENGTH = re.compile(
    r"(?:(?i:running time|runtime)(?: of| is|:)? |(?:[Rr]uns (?:for )?|[Cc]locks in at )(?:(?:a|an) [\w-]+ )?"
    r"|[\"”’'] \(|\d\) )(?P<minutes>\d{2,3}) ?(?i:m(?:in(?:ute)?s?)?)\b"
)
_TOLD_GRADE = re.compile(r"\b(?:[Rr]ated|is) (?P<grade>PG-13|NC-17|PG|TV-MA|(?<=[Rr]ated )[RG])(?=[\s.,;:)]|$)")
_MINUTES = re.compile(r"\d ?[mM]")
_GRADES = (" PG", " NC-17", " TV-MA", "ated R", "ated G")
"""One of these stands where running text gives a certificate."""
HEADLINES = 4
"""Lines at the start of a text whose brackets may hold details."""

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
    """What short lines, brackets of headlines, lines of credits and remarks in passing say, in this order.

    A short line counts if it is mostly years, lengths, certificates, countries and genres: "2017, 98 min, R".
    """
    found = Bits()
    for line in _short_lines(layout):
        kinds, all_kinds = _kinds(text, line)
        only_countries = line.of(text)[:1] == "(" and all(kind == "country" for kind, _ in kinds)
        if len(kinds) >= 0.6 * all_kinds and (only_countries or len({kind for kind, _ in kinds}) > 1):
            found = _bits(text, line, kinds)
            break
    for bracket in _brackets(text, layout):
        kinds, _ = _kinds(text, bracket)
        if not {"runtime", "certificate"}.isdisjoint(kind for kind, _ in kinds):
            found = _filled(found, _bits(text, bracket, kinds))
    for line in dict.fromkeys(fact.line for fact in layout.facts if fact.field in ("director", "cast")):
        kinds = [(kind, part) for kind, part in _kinds(text, line)[0] if kind != "genre"]
        if kinds and len(kinds[0][1].of(text)) < SHORT:
            found = _filled(found, _bits(text, line, kinds))
    return _filled(found, _told(text, layout))


def _short_lines(layout: Layout) -> list[Span]:
    short = tuple(p for p in layout.paragraphs if p.end - p.start < SHORT)
    rows = tuple(table[0].line for table in layout.tables if len(table) == 1)
    return sorted(layout.notes + layout.headings + short + rows)


def _brackets(text: str, layout: Layout) -> Iterator[Span]:
    """The insides of brackets in the first lines: "Salt (12A, 98 mins)"."""
    for line in sorted(layout.headings + layout.notes + layout.paragraphs)[:HEADLINES]:
        for match in _BRACKET.finditer(text, line.start, min(line.end, line.start + SHORT)):
            yield Span(*match.span("inside"))


def _filled(first: Bits, second: Bits) -> Bits:
    """The first values, and the second ones where there is no first."""
    return Bits(
        first.year or second.year,
        first.runtime or second.runtime,
        first.certificate or second.certificate,
        first.countries or second.countries,
        first.genres or second.genres,
    )


def _told(text: str, layout: Layout) -> Bits:
    """The length and the certificate that running text gives in passing: "runs 98 minutes", "is rated R"."""
    runtime: Value[int] | None = None
    certificate: Value[str] | None = None
    timed, graded = _MINUTES.search(text) is not None, any(map(text.__contains__, _GRADES))
    for region in layout.paragraphs + layout.notes if timed or graded else ():
        if timed and runtime is None and (match := _TOLD_LENGTH.search(text, region.start, region.end)):
            place = Span(*match.span("minutes"))
            quote = sentence_at(text, region, Span(*match.span()))
            runtime = Value(int(match["minutes"]), (proof(text, quote, "details.told", 0.8, place),))
        if graded and certificate is None and (match := _TOLD_GRADE.search(text, region.start, region.end)):
            place = Span(*match.span("grade"))
            quote = sentence_at(text, region, Span(*match.span()))
            certificate = Value(match["grade"], (proof(text, quote, "details.told", 0.85, place),))
    return Bits(runtime=runtime, certificate=certificate)


def _kinds(text: str, line: Span) -> tuple[list[tuple[str, Span]], int]:
    """The parts of a line that are details, with their kind, and the number of all its parts."""
    parts = [piece for part in _parts(text, line) for piece in _pieces(text, part)]
    return [(kind, part) for part in parts if (kind := _kind(text, part))], len(parts)


def _pieces(text: str, part: Span) -> Iterator[Span]:
    """A part, or the countries and the year of one such as "UK/Ireland 1981", each for itself."""
    shown = part.of(text)
    match = _PLACES.fullmatch(shown)
    names = [] if match is None else re.split(r"[/–-]", match["places"])
    if match is None or not all(name.strip(" (") in rules.words("details", "countries") for name in names):
        yield part
        return
    place = part.start
    for name in names:
        yield Span(place, place + len(name))
        place += len(name) + 1
    if match["year"]:
        yield Span(part.start + match.start("year"), part.start + match.end("year"))


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


@cache
def _nations() -> re.Pattern[str]:
    words = "|".join(sorted(rules.load("details")["nations"], key=len, reverse=True))
    return re.compile(rf"[-/– ]?(?P<nation>{words})(?=[-/– ])(?!-language|-speaking)")


def countries_of_lead(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The countries in a sentence such as "Salt is a 1975 Indian drama", by the words for what comes from there."""
    for span, lead in leads.find_leads(text, layout):
        found, place = [], lead.start("kind")
        while match := _nations().match(text, place, lead.end("kind")):
            country = rules.load("details")["nations"][match["nation"]]
            found.append(Value(country, (proof(text, span, "details.lead", 0.85, Span(*match.span("nation"))),)))
            place = match.end()
        if found:
            return merged(found)
    return ()


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
