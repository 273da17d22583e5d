"""The records that travel between the stages: a document, its spans, and the facts found in it.

Offsets are code points of ``Document.text``; ``Span(start, end)`` is half open. An empty ``evidence`` tuple means
that no passage proves the fact: it came from a dataset or from a page's metadata. ``None`` means "not known".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

JOBS = (
    "actor",
    "cinematographer",
    "composer",
    "director",
    "editor",
    "producer",
    "writer",
)
"""The jobs that a credit may have; ``actor`` without a role is a name in a cast list."""


class Span(NamedTuple):
    """A half-open range of code points in a text.

    >>> Span(0, 5).of("Kevin runs")
    'Kevin'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that proves one fact.

    ``quote`` equals ``span.of(text)``; ``mentions`` are the very words inside it (the actor's, the character's);
    ``confidence`` lies between 0 and 1; ``rule`` names the rule that fired.
    """

    span: Span
    quote: str
    rule: str
    confidence: float
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A plain value (a title, a year, a genre) with the passages that prove it."""

    value: T
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """One person's job in the film, other than an acting role; ``job`` is one of ``JOBS``."""

    person: str
    job: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """Who played whom: a named ``character``, or a ``description`` where the text names no one; never both."""

    actor: str
    character: str | None
    description: str | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    billing: int | None = None
    """The performer's place in the source's list of the cast, from 1."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A verdict in numbers; ``kind`` is ``own`` (the reviewer's) or ``user`` (readers'), ``best`` ends the scale."""

    kind: str
    value: float
    best: float
    count: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Film:
    """What a source says of the film itself; ``runtime`` is in minutes, ``year`` the year of release."""

    title: Value[str] | None = None
    year: Value[int] | None = None
    original_title: Value[str] | None = None
    tagline: Value[str] | None = None
    description: Value[str] | None = None
    caption: Value[str] | None = None
    runtime: Value[int] | None = None
    certificate: Value[str] | None = None
    genres: tuple[Value[str], ...] = ()
    countries: tuple[Value[str], ...] = ()
    studios: tuple[Value[str], ...] = ()
    other_titles: tuple[Value[str], ...] = ()
    """Titles under which the film is also known, such as those in other countries."""
    identifier: str | None = None
    """The source's own id, such as IMDb's ``tt0042876``; it becomes the end of the film's IRI."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands around a text, not in it: a page's JSON-LD or microdata, front matter, the fields of a JSON line."""

    title: str | None = None
    year: int | None = None
    original_title: str | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    """Pairs of actor and character."""
    credits: tuple[tuple[str, str], ...] = ()
    """Pairs of a job of ``JOBS``, other than actor and director, and a person."""
    genres: tuple[str, ...] = ()
    runtime: int | None = None
    """Minutes."""
    certificate: str | None = None
    countries: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    headline: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    """Date of publication, ISO 8601."""
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    """Under which the text may be used: its name or web address."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be read. ``name`` is what messages call it: a path, ``file.jsonl:12``, or ``-``."""

    name: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one source says of one film. ``suggestions`` are roles below the storing threshold."""

    source: str
    film: Film = field(default_factory=Film)
    credits: tuple[Credit, ...] = ()
    roles: tuple[Role, ...] = ()
    ratings: tuple[Rating, ...] = ()
    suggestions: tuple[Role, ...] = ()
    reviewer: Value[str] | None = None
    outlet: Value[str] | None = None
    published: Value[str] | None = None
    headline: str | None = None
    url: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs of a person's name and the source's own id of the person, such as IMDb's ``nm0000001``."""
