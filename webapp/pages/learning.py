"""The pages of the exercises."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Ref
from webapp.pages.query import Cell, ResultTable


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson in the list: its number, name, title, and whether the visitor has solved it."""

    number: int
    name: str
    title: str
    done: bool


@dataclass(frozen=True, slots=True)
class LearnPage:
    """The list of all lessons."""

    steps: tuple[Step, ...]
    done: str
    """The numbers of those solved, joined by dots, as they stand in addresses."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that is wrong with an answer, and rows that show it."""

    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One exercise with what the visitor tried.

    ``question`` is words and resources in turn. ``right`` is None where nothing was tried, ``problem`` what made the
    query fail. ``solution`` is None where it was not asked for.
    """

    step: Step
    count: int
    teaches: tuple[str, ...]
    question: tuple[str | Ref, ...]
    text: str
    right: bool | None
    remarks: tuple[Shown, ...]
    problem: str | None
    result: ResultTable | None
    hints: tuple[str, ...]
    hints_left: int
    solution: str | None
    before: Step | None
    after: Step | None
    done: str
