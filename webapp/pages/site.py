"""The pages about the site itself: home, about, errors."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import FilmRef, Proof, Ref
from webapp.pages.query import ResultTable
from webapp.pages.search import Found


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the whole graph and what it counts."""

    count: int
    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Backing:
    """Who says that a row of an answer is so: the role, its surest passage, the datasets that state it."""

    role: str
    proof: Proof | None
    datasets: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered live: its words, the query as it was run, and the first rows of the answer.

    ``backings`` says for each row who says so, None where nobody does.
    """

    question: str
    name: str
    query: str
    href: str
    answer: ResultTable
    backings: tuple[Backing | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """One of tonight's films: its directors and a sentence from a review, where there is one."""

    film: FilmRef
    directors: tuple[Ref, ...]
    quote: str | None
    review: Ref | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the first page shows."""

    figures: tuple[Figure, ...]
    picks: tuple[Pick, ...]
    questions: tuple[Question, ...]
    decades: tuple[Ref, ...] = ()
    example: str | None = None
    """A performer and a character, which together find a role; None where search does not take two things at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset that facts come from."""

    iri: str
    label: str
    licence: str | None
    version: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the site is, what it holds and where that comes from."""

    figures: tuple[Figure, ...]
    datasets: tuple[Source, ...]
    licence: str
    licence_name: str
    base: str


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, what to try, resources with a similar name, and pages from which to go on."""

    status: int
    title: str
    detail: str
    text: str
    near: tuple[Found, ...]
    ways: tuple[Ref, ...] = ()
