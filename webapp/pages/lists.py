"""The pages that list things: films, people, characters, genres, reviews, and the films of a genre."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: the resource, its label, and quiet words beside it."""

    iri: str
    label: str
    year: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. ``after`` is where it begins, ``following`` the key of the next page; None on the last."""

    kind: str
    title: str
    iri: str | None
    total: int | None
    order: str
    after: str
    following: str | None
    entries: tuple[Entry, ...]

    @property
    def start(self) -> str:
        """Where the page begins, in words: a letter, a name or a year."""
        return self.after.split("  ", 1)[0].split(" http", 1)[0].strip("~").capitalize()
