"""What the search index says of one thing, and the questions that tell it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph import query
from graph.extract.sentences import split_sentences
from graph.sidecar.fold import fold
from graph.store import Iri, QuerySource

QUERIES = {
    "film": "sidecar/films",
    "person": "sidecar/people",
    "character": "sidecar/characters",
    "genre": "sidecar/genres",
    "review": "sidecar/reviews",
}
"""For each kind of thing that can be searched, the query that names them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its names, the first of which is its label, a detail, and how much is said of it."""

    iri: str
    kind: str
    label: str
    others: tuple[str, ...]
    detail: str
    weight: int

    @property
    def key(self) -> int:
        """The thing's number in the index."""
        return key(self.iri, self.kind)

    @property
    def other(self) -> str:
        """The further names, a line each."""
        return "\n".join(" ".join(name.split()) for name in self.others)

    @property
    def rank(self) -> tuple[int, str, str]:
        """Sorts things: those of which most is said come first."""
        return -self.weight, self.iri, self.kind


@dataclass(frozen=True, slots=True)
class _Name:
    iri: str
    name: str
    main: bool
    detail: str | None


@dataclass(frozen=True, slots=True)
class Weight:
    """How much is said of one thing."""

    iri: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Text:
    review: str
    text: str


@dataclass(slots=True)
class _Thing:
    names: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The first of its names."""
        return min(self.names or self.others)


def key(iri: str, kind: str) -> int:
    """The number of a thing in every index: 63 bits of a digest, positive."""
    return int.from_bytes(hashlib.md5(f"{kind} {iri}".encode(), usedforsecurity=False).digest()[:8]) >> 1


def spellings(names: Iterable[str]) -> list[str]:
    """The names as they are searched for, each once, sorted."""
    return sorted({folded for name in names if (folded := fold(name))})


def entry(
    iri: str, kind: str, names: Iterable[str], others: Iterable[str], details: Iterable[str], weight: int
) -> Entry:
    """One thing; a name that is also among the others counts as a name."""
    main = set(names)
    label, *more = [*sorted(main), *sorted(set(others) - main)]
    return Entry(iri, kind, label, tuple(more), ", ".join(sorted(filter(None, details))), weight)


def entries(source: QuerySource, weights: Mapping[str, int]) -> Iterator[Entry]:
    """Everything that can be searched, in no certain order."""
    things = [(iri, kind, thing) for kind, name in QUERIES.items() for iri, thing in _things(source, name).items()]
    labels = {iri: thing.label for iri, kind, thing in things if kind == "film"}
    for iri, kind, thing in things:
        # details that are films become the film's label here: cheaper than a join in the query for every character
        details = [labels.get(detail, "") if isinstance(detail, Iri) else detail for detail in thing.details]
        yield entry(iri, kind, thing.names, thing.others, details, weights.get(iri, 0))


def weights(source: QuerySource) -> dict[str, int]:
    """How much is said of each thing."""
    return {row.iri: row.weight for row in query.rows(source, "sidecar/weights", Weight)}


def sentences(source: QuerySource) -> Iterator[tuple[str, str]]:
    """Review and sentence, of all texts of the source: of the whole text, or what is quoted of it."""
    for row in sorted(query.rows(source, "sidecar/texts", _Text), key=lambda row: row.review):
        yield from ((row.review, span.of(row.text)) for span in split_sentences(row.text))
    for row in sorted(query.rows(source, "sidecar/quotes", _Text), key=lambda row: (row.review, row.text)):
        yield row.review, row.text


def _things(source: QuerySource, name: str) -> dict[str, _Thing]:
    things: dict[str, _Thing] = {}
    for row in query.rows(source, name, _Name):
        thing = things.setdefault(row.iri, _Thing())
        (thing.names if row.main else thing.others).add(str(row.name))
        if row.detail:
            thing.details.add(row.detail)
    return things
