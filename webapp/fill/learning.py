"""Fill the pages of the exercises: run what the visitor wrote, and compare its answer with the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from graph import lessons, query
from graph.errors import LimitError, QueryError, StoreError
from graph.lessons import Lesson, Table
from graph.sandbox import examine
from graph.store import Form
from graph.store.syntax import tokens
from webapp.fill.asking import RESULTS, answer, told
from webapp.fill.names import Name, names
from webapp.pages import Cell, LearnPage, LessonPage, Ref, Shown, Step
from webapp.site import Site, View

SHOWN = 20
"""Rows of the visitor's own answer that are shown."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a visitor sent: a query, how many hints to show, whether to show the solution, which lessons are done."""

    text: str
    hints: int
    solution: bool
    done: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Checked:
    """The outcome of a query."""

    right: bool | None = None
    remarks: tuple[lessons.Remark, ...] = ()
    problem: str | None = None
    columns: tuple[str, ...] = ()


def learn_page(done: frozenset[int]) -> LearnPage:
    """The list of lessons."""
    return LearnPage(_steps(done), written(done))


def lesson_page(site: Site, view: View, name: str, tried: Tried) -> LessonPage | None:
    """One lesson, with the visitor's answer checked; None where there is no such lesson."""
    every = lessons.lessons()
    place = next((place for place, lesson in enumerate(every) if lesson.name == name), None)
    if place is None:
        return None
    lesson = every[place]
    about = subjects(view)
    terms = {kind: URIRef(ref.iri) for kind, ref in about.items()}
    checked = _check(site, view, lesson, terms, tried.text) if tried.text.strip() else _Checked()
    elsewhere = tuple(_elsewhere(lesson, about, tried.text)) if checked.remarks else ()
    done = tried.done | {place + 1} if checked.right else tried.done
    steps = _steps(done)
    return LessonPage(
        step=steps[place],
        count=len(steps),
        teaches=lesson.teaches,
        question=tuple(_question(lesson.question, about)),
        text=tried.text if tried.text.strip() else lessons.beginning(lesson, terms),
        right=checked.right,
        remarks=_shown(view, elsewhere + checked.remarks),
        problem=checked.problem,
        result=answer(site, view, tried.text, Form.SELECT, SHOWN) if checked.columns else None,
        hints=lesson.hints[: tried.hints],
        hints_left=max(len(lesson.hints) - tried.hints, 0),
        solution=lessons.reference(lesson, terms) if tried.solution else None,
        before=steps[place - 1] if place else None,
        after=steps[place + 1] if place + 1 < len(steps) else None,
        done=written(done),
    )


def subjects(view: View) -> dict[str, Ref]:
    """The person and the film that the lessons are about, chosen from the loaded data.

    Raises StoreError where the data holds no role at all.
    """
    rows = view.source.select(query.fill("lesson-subjects")).rows
    if not rows:
        raise StoreError("there are no roles in the data yet; run `filmgraph add FILE…`")
    person, name, film, title, _ = rows[0]
    return {"person": Ref(str(person), str(name)), "film": Ref(str(film), str(title))}


def written(done: frozenset[int]) -> str:
    """Numbers as they stand in addresses.

    >>> written(frozenset({3, 1}))
    '1.3'
    """
    return ".".join(map(str, sorted(done)))


def _steps(done: frozenset[int]) -> tuple[Step, ...]:
    return tuple(Step(n, it.name, it.title, n in done) for n, it in enumerate(lessons.lessons(), 1))


def _check(site: Site, view: View, lesson: Lesson, terms: dict[str, URIRef], text: str) -> _Checked:
    try:
        form = examine(text, site.limits).form
        if form in (Form.CONSTRUCT, Form.DESCRIBE):
            return _Checked(right=False, remarks=lessons.compare(Table((), ()), None))
        given = lessons.read_table(site.run(view, text, RESULTS)[0])
    except (QueryError, LimitError) as error:
        return _Checked(problem=told(error, text))
    right = lessons.read_table(view.source.serialize(lessons.reference(lesson, terms), RESULTS))
    assert right is not None  # noqa: S101  # references are SELECT queries
    remarks = lessons.compare(right, given, ordered=lesson.ordered)
    return _Checked(right=not remarks, remarks=remarks, columns=given.columns if given else ())


def _elsewhere(lesson: Lesson, about: dict[str, Ref], text: str) -> Iterator[lessons.Remark]:
    """A remark where a query names another person or film than the exercise: one kept from before the data changed."""
    named = [token[1:-1] for kind, token in tokens(text) if kind == "iri"]
    for kind in sorted(lesson.about):
        base = about[kind].iri.rpartition(f"{kind}/")[0]
        of_kind = [iri for iri in named if iri.removeprefix(base).startswith(f"{kind}/")]
        if of_kind and not {about[kind].iri, about[kind].iri.removeprefix(base)} & set(of_kind):
            yield lessons.Remark(
                f"The exercise is about {about[kind].label}, and your query about <{of_kind[0]}>; "
                "other films may have been loaded since you wrote it."
            )


def _question(text: str, about: dict[str, Ref]) -> list[str | Ref]:
    parts = re.split(r"\{(person|film)\}", text)
    return [about[part] if place % 2 else part for place, part in enumerate(parts) if part]


def _shown(view: View, remarks: tuple[lessons.Remark, ...]) -> tuple[Shown, ...]:
    iris = (value[1] for remark in remarks for row in remark.rows for value in row if value and value[0] == "uri")
    found = names(view, iris)
    return tuple(
        Shown(remark.says, remark.columns, tuple(tuple(_cell(value, found) for value in row) for row in remark.rows))
        for remark in remarks
    )


def _cell(value: lessons.Value | None, found: dict[str, Name]) -> Cell | None:
    if value is None:
        return None
    kind, text = value
    if kind != "uri":
        return Cell(text)
    return Cell(found[text].label if text in found else text, text)
