"""The page that explains a query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a line; ``kind`` is words, variable, literal, blank, term (of a vocabulary) or thing (of the graph).

    ``iri`` is set for the last two.
    """

    kind: str
    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One line and those beneath it; ``name`` is the operator's in the algebra."""

    words: tuple[Word, ...]
    under: tuple[Told, ...]
    name: str


@dataclass(frozen=True, slots=True)
class ExplainPage:
    """A query in English sentences, and its algebra as a tree; or what is wrong with it.

    ``status`` is the status of the answer, 200 unless there is a problem; ``retry_after`` the seconds to wait before
    asking again, where that may help.
    """

    text: str
    sentences: tuple[Told, ...]
    algebra: Told | None
    problem: str | None
    status: int = 200
    retry_after: int | None = None
