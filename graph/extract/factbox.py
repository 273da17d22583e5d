"""What the labelled lines of a review say: title, year, people, genres and the rest, each with its line as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.extract import names, rules
from graph.extract.evidence import merged, proof
from graph.extract.labels import only_names
from graph.extract.layout import FactLine, Layout
from graph.extract.people import plain, read_people
from graph.facts import Credit, Span, Value

JOBS = ("director", "writer", "composer", "cinematographer", "editor", "producer")
"""The jobs that a fact line may give, in the order of ``facts.JOBS`` without the actors."""

LONGEST_GENRE = 3
"""More words than this are a remark, not a genre."""

SURE = 0.98
"""The confidence of a value that stands behind its label."""

TOLD = 0.9
"""The confidence of a name in a sentence that lists the cast."""

_WITH = re.compile(
    r"(?:^|(?<=[.;!?”\"] ))(?:With|Starring|Featuring):? "
    r"(?P<names>(?:[^.;\n]|(?<=\b[A-Z])\.|(?<=\b[JS]r)\.){10,400})(?:[.;]|$)",
    re.MULTILINE,
)
_YEAR = re.compile(r"(?<!\d)(?:18[89]\d|19\d\d|20\d\d)(?!\d)")
_HOURS = re.compile(
    r"(?P<hours>\d)\s?(?:h|hrs?|hours?)\b[\s,]{0,2}(?:(?P<rest>\d{1,2})\s?(?:m|mins?|minutes?)?\b)?", re.IGNORECASE
)
_MINUTES = re.compile(r"(?P<minutes>\d{2,3})(?=\s?(?:m|mins?|minutes|['’′])(?![a-z])|\s*$)", re.IGNORECASE)
_CLOCK = re.compile(r"(?P<hours>\d):(?P<rest>[0-5]\d)(?::[0-5]\d)?\b")
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss)\b\.? \S+$")
_SOURCE = re.compile(
    r"\s?[(\[][^()\[\]]{0,40}\b(?:novel|book|play|characters?|comics?|short story|memoir)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"PG.*|R|NC-17|G|U|12A?|15|18")
_SPLIT = re.compile(r"\s*(?:[,;/|•·]|\s-\s|\band\b|&)\s*")


def text_value(text: str, layout: Layout, field: str) -> Value[str] | None:
    """The first value of a plain field, such as ``tagline``."""
    for fact in _lines(layout, field):
        value = fact.value
        if value.of(text).strip(" *_.[]|"):
            return Value(" ".join(value.of(text).split()), (proof(text, fact.line, f"factbox.{field}", SURE, value),))
    return None


def year(text: str, layout: Layout) -> Value[int] | None:
    """The year of release behind a label such as ``Year:``."""
    for fact in _lines(layout, "year"):
        if match := _YEAR.search(text, fact.value.start, fact.value.end):
            return Value(int(match[0]), (proof(text, fact.line, "factbox.year", SURE, Span(*match.span())),))
    return None


def runtime(text: str, layout: Layout) -> Value[int] | None:
    """The running time in minutes behind its label."""
    for fact in _lines(layout, "runtime"):
        found = find_minutes(text, fact.value)
        if found is not None:
            return Value(found[0], (proof(text, fact.line, "factbox.runtime", SURE, found[1]),))
    return None


def certificate(text: str, layout: Layout) -> Value[str] | None:
    """The certificate behind its label, or behind "Rating:" where it can be nothing else."""
    known = rules.words("details", "certificates")
    for fact in layout.facts:
        shown = re.split(r"[\s,;(.]", fact.value.of(text), maxsplit=1)[0]
        if (
            fact.field in ("certificate", "own_rating")
            and shown in known
            and (fact.field == "certificate" or _PLAIN.fullmatch(shown))
        ):
            span = Span(fact.value.start, fact.value.start + len(shown))
            return Value(shown, (proof(text, fact.line, "factbox.certificate", SURE, span),))
    return None


def find_minutes(text: str, span: Span) -> tuple[int, Span] | None:
    """A length of time in minutes and where it stands: "98 min", "1h 38m", "1 hour, 38 minutes", "1:38"."""
    for pattern in (_HOURS, _CLOCK):
        if match := pattern.search(text, span.start, span.end):
            return 60 * int(match["hours"]) + int(match["rest"] or 0), Span(*match.span())
    match = _MINUTES.search(text[span.start : span.end])
    if match is None or not 20 <= int(match["minutes"]) <= 900:
        return None
    return int(match["minutes"]), Span(span.start + match.start(), span.start + match.end())


def values(text: str, layout: Layout, field: str) -> tuple[Value[str], ...]:
    """The items of a list field: ``country`` or ``studio``."""
    found = [
        Value(item.of(text), (proof(text, fact.line, f"factbox.{field}", SURE, item),))
        for fact in _lines(layout, field)
        for item in _items(text, fact.value)
    ]
    return merged(found)


def genres(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The genres behind their label, as they are written there but for a capital at the start."""
    found = [
        Value(shown[:1].upper() + shown[1:], (proof(text, fact.line, "factbox.genre", SURE, item),))
        for fact in _lines(layout, "genre")
        for item in _items(text, fact.value)
        if len((shown := item.of(text)).split()) <= LONGEST_GENRE and shown[0].isalpha()
    ]
    return merged(found)


def credits(text: str, layout: Layout) -> list[Credit]:  # noqa: A001 - the field's own word
    """The people behind labels of jobs, such as ``Director(s):``; "Ms. Ruiz" is the Ruiz of another job."""
    found = [
        Credit(person.name, job, (proof(text, fact.line, f"factbox.{job}", SURE, person.span),))
        for job in JOBS
        for fact in _lines(layout, job)
        for person in read_people(text, fact.value, shared_surname=True)
        if not (job == "writer" and _SOURCE.match(text, person.span.end, fact.value.end))
    ]
    full = {names.parts(credit.person)[-1]: credit.person for credit in found if not _TITLED.match(credit.person)}
    resolved = [(credit, full.get(names.parts(credit.person)[-1])) for credit in found]
    return [
        replace(credit, person=name) if _TITLED.match(credit.person) and name else credit
        for credit, name in resolved
        if name or not _TITLED.match(credit.person)
    ]


def cast(text: str, layout: Layout) -> tuple[Value[str], ...]:
    """The names behind labels such as ``Actor(s):`` or ``Starring``, without roles, or in a sentence of the foot."""
    told = [(Span(*m.span()), Span(*m.span("names"))) for m in _sentences_of_cast(text, layout)]
    found = [
        Value(person.name, (proof(text, line, "factbox.foot", TOLD, person.span),))
        for line, names_of in told
        for person in read_people(text, names_of)
    ]
    found += [
        Value(person.name, (proof(text, fact.line, "factbox.cast", SURE, person.span),))
        for fact in _lines(layout, "cast")
        for person in read_people(text, fact.value)
    ]
    return merged(found)


def _sentences_of_cast(text: str, layout: Layout) -> Iterator[re.Match[str]]:
    """Sentences at the end of a text that hold nothing but a cast: "With Bo Li, Cy Dorn and Marit Foss."."""
    for region in sorted(layout.paragraphs)[-3:]:
        for match in _WITH.finditer(text, region.start, region.end):
            if match["names"].count(",") > 1 and only_names(match["names"]):
                yield match


def _lines(layout: Layout, field: str) -> Iterator[FactLine]:
    return (fact for fact in layout.facts if fact.field == field)


def _items(text: str, span: Span) -> Iterator[Span]:
    shown = plain(text, span.start, span.end)
    start = 0
    for match in [*_SPLIT.finditer(shown), None]:
        end = len(shown) if match is None else match.start()
        item = _trimmed(text, Span(span.start + start, span.start + end), shown[start:end])
        if item.start < item.end:
            yield item
        start = len(shown) if match is None else match.end()


def _trimmed(text: str, span: Span, shown: str | None = None) -> Span:
    words = shown if shown is not None else span.of(text)
    left = len(words) - len(words.lstrip(' \t\u00a0*_|."“[]'))
    right = len(words) - len(words.rstrip(' \t\u00a0*_|."”[]'))
    return Span(span.start + left, max(span.start + left, span.end - right))
