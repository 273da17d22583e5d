"""The pages of sources: where the facts come from, and what each dataset gave."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.lists import Entry, Option
from webapp.pages.site import Figure, Source


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One dataset: its edition and licence, its digest, what it gave, and the films it tells of, a page at a time.

    ``counts`` is empty where counting would take longer than a query may. ``files`` are what it was read from, each
    with its digest; ``following`` is the key after which the next page of films begins, None on the last.
    """

    iri: str
    label: str
    licence: str | None
    version: str | None
    published: str | None
    sha256: str | None
    graph: str
    files: tuple[str, ...]
    counts: tuple[Figure, ...]
    films: tuple[Entry, ...]
    after: str
    following: str | None


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources: the datasets, and the reviews with those who published most of them.

    ``reviews`` is their number, None where it is not known.
    """

    datasets: tuple[Source, ...]
    reviews: int | None
    outlets: tuple[Option, ...]
