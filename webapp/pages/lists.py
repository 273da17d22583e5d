"""The pages that list things: films, people, characters, genres, reviews, and parts of these lists."""

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
class Option:
    """A value that a list can be narrowed to: as it stands in the address, in words, and what it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list. ``chosen`` is the value it is narrowed to; ``more`` says that there are other values.

    The count of each option is true beside whatever else the list is narrowed to.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: Option | None
    more: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. ``after`` is where it begins, ``following`` the key of the next page; None on the last.

    ``total`` counts what the list holds as it is narrowed; None where nobody has counted.
    """

    kind: str
    title: str
    iri: str | None
    total: int | None
    order: str
    after: str
    following: str | None
    entries: tuple[Entry, ...]
    facets: tuple[Facet, ...] = ()

    @property
    def chosen(self) -> tuple[Facet, ...]:
        """The facets by which the list is narrowed."""
        return tuple(facet for facet in self.facets if facet.chosen)

    @property
    def start(self) -> str:
        """Where the page begins, in words: a letter, a name, a year or a rating."""
        begun, _, rest = self.after.partition(" ")
        if self.order == "year" and begun.isdecimal():
            return str(9999 - int(begun)) if begun != "9999" else "those without a year"
        if self.order == "rating" and begun.isdecimal():
            return f"{(100 - int(begun)) / 10:g} of 10" if begun != "999" else "those without a rating"
        name = self.after if self.order == "name" else rest
        return name.split("  ", 1)[0].split(" http", 1)[0].capitalize()
