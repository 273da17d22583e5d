"""The query page: a text, its outcome as a table, and examples to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Ref


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a result: its words, and its IRI where it is a resource.

    ``proofs`` counts the passages that prove it, where it is a role. ``language`` is that of a text, where it says so.
    """

    text: str
    iri: str | None = None
    proofs: int = 0
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The rows of a SELECT, the triples of a CONSTRUCT or DESCRIBE, or the one answer of an ASK."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int
    milliseconds: int
    unit: str
    """What is counted: rows, statements, or an answer."""
    hint: str | None = None
    """A term of the query that does not exist, and which was probably meant."""
    types: tuple[str | None, ...] = ()
    """The datatype that all literals of a column share, in short, such as ``xsd:gYear``; None for plain text."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query of the gallery."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Group:
    """Examples of one kind, from the simple to the less simple."""

    name: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class QueryPage:
    """The editor: the query's text, its question if it has one, its result or what was wrong with it.

    ``snapshot`` is the number of the older state that is asked, None for the newest. ``status`` is the status of the
    answer, 200 unless there is a problem; ``retry_after`` the seconds to wait before asking again, where that may help.
    ``narrower`` is the query with its lines let in that narrow it down, where it has some and took too much.
    """

    text: str
    question: str | None
    result: ResultTable | None
    problem: str | None
    files: tuple[Ref, ...]
    """Where the whole answer is to be had, by the label of its format."""
    gallery: tuple[Group, ...]
    prefixes: tuple[Ref, ...]
    snapshot: int | None = None
    status: int = 200
    retry_after: int | None = None
    narrower: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A program that asks a query, in one language; ``needs`` is how to get what it needs."""

    language: str
    code: str
    needs: str


@dataclass(frozen=True, slots=True)
class SharePage:
    """A query to be used elsewhere: its links, and programs that ask it.

    ``pinned`` is the link to its answer on the snapshot that is current now, None where there are no snapshots.
    """

    text: str
    short: str
    pinned: str | None
    snapshot: str | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The name of a resource, the address of its page, and how many passages prove it if it is a role."""

    label: str
    href: str
    proofs: int
