"""The pages of what is missing or disagrees: all worklists, and each."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Ref


@dataclass(frozen=True, slots=True)
class Work:
    """One line of a worklist: the thing to look at, what it belongs to or may be, and a note."""

    thing: Ref
    about: Ref | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A kind of gap: its name in addresses, its title, what can be done about it, and how many there are."""

    name: str
    title: str
    advice: str
    count: int | None


@dataclass(frozen=True, slots=True)
class WorklistsPage:
    """All worklists."""

    worklists: tuple[Worklist, ...]


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of a worklist; ``following`` is the key of the next page, None on the last."""

    worklist: Worklist
    after: str
    following: str | None
    works: tuple[Work, ...]
