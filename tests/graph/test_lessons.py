"""The exercises: what is right is right, what they begin with is not, and what is wrong is said."""

from __future__ import annotations

import pytest
from rdflib import URIRef

from graph import build, lessons, ontology, query, snapshot
from graph.lessons import Lesson, Table, compare, read_table
from graph.store import Snapshot, read_prefixes

JSON = "application/sparql-results+json"
KEVIN, ELLIE, COACH = ((("", name),) for name in ("Kevin", "Ellie", "Coach K"))
NEEDLESS = "The column ?who is not asked for; name only the others after SELECT."
RIGHT = Table(("name",), (KEVIN, ELLIE))


@pytest.fixture(scope="module")
def embedded(sample: build.Place) -> Snapshot:
    """The sample's snapshot."""
    return snapshot.open_current(sample.data, read_prefixes(ontology.PREFIXES))


@pytest.fixture(scope="module")
def subjects(embedded: Snapshot) -> dict[str, URIRef]:
    """The person and the film that the lessons are about."""
    person, _, film, *_ = embedded.select(query.fill("lesson-subjects")).rows[0]
    return {"person": URIRef(str(person)), "film": URIRef(str(film))}


def answer(source: Snapshot, text: str) -> Table:
    """The answer to a query, as a table."""
    table = read_table(source.serialize(text, JSON))
    assert table is not None
    return table


def test_there_are_ten() -> None:
    """Ten lessons, each with a title of its own, at least one thing to learn and two hints."""
    all_ = lessons.lessons()
    assert len(all_) == 10
    assert len({lesson.title for lesson in all_}) == 10
    assert all(lesson.teaches and len(lesson.hints) >= 2 for lesson in all_)


@pytest.mark.parametrize("lesson", lessons.lessons(), ids=lambda lesson: lesson.name)
def test_a_lesson_is_solvable_and_not_solved(lesson: Lesson, embedded: Snapshot, subjects: dict[str, URIRef]) -> None:
    """The reference answer is not empty and right; what the learner begins with runs and is not right yet."""
    right = answer(embedded, lessons.reference(lesson, subjects))
    begun = answer(embedded, lessons.beginning(lesson, subjects))
    assert right.rows
    assert compare(right, right, ordered=lesson.ordered) == ()
    assert compare(right, begun, ordered=lesson.ordered) != ()


@pytest.mark.parametrize("lesson", lessons.lessons(), ids=lambda lesson: lesson.name)
def test_a_lesson_is_about_its_subjects(lesson: Lesson, subjects: dict[str, URIRef]) -> None:
    """The subjects that a question names are those that its query is given, and the sample terms are gone."""
    named = {name for name in ("person", "film") if f"{{{name}}}" in lesson.question}
    assert named == lesson.about
    for text in (lessons.reference(lesson, subjects), lessons.beginning(lesson, subjects)):
        assert "daniel-craig" not in text
        assert "skyfall" not in text
        assert "#+" not in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Table(("name",), (ELLIE, KEVIN)), []),
        (Table(("name",), (KEVIN,)), ["1 row is missing, such as:"]),
        (Table(("name",), (KEVIN, ELLIE, COACH)), ["1 row is too many, such as:"]),
        (Table(("name",), (KEVIN, COACH)), ["1 row is missing, such as:", "1 row is too many, such as:"]),
        (Table(("name",), (KEVIN, ELLIE, ELLIE)), ["The rows are right, but 1 row is there more than once."]),
        (Table(("who",), (KEVIN, ELLIE)), ["The column ?name is missing; yours is ?who."]),
        (Table(("name", "who"), (KEVIN * 2, ELLIE * 2)), [NEEDLESS]),
        (None, ["An answer with rows is asked for: begin with SELECT."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(given: Table | None, said: list[str]) -> None:
    """Missing and needless rows and columns are counted and shown; the order does not matter."""
    assert [remark.says for remark in compare(RIGHT, given)] == said


def test_the_order_matters_where_it_is_asked_for() -> None:
    """With the order asked for, the right rows in another order are not right."""
    (remark,) = compare(RIGHT, Table(("name",), (ELLIE, KEVIN)), ordered=True)
    assert "another order" in remark.says
    assert remark.rows[0] == KEVIN


def test_numbers_are_compared_by_value() -> None:
    """One is one, whether it is written as an integer or as a decimal."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    cells = [
        f'{{"n":{{"type":"literal","value":"{v}","datatype":"{xsd}{t}"}}}}'
        for v, t in (("1", "integer"), ("1.0", "decimal"))
    ]
    one, other = (read_table(f'{{"head":{{"vars":["n"]}},"results":{{"bindings":[{c}]}}}}'.encode()) for c in cells)
    assert one == other
