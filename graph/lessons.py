"""Exercises in SPARQL: read from graph/queries/lessons/, and their answers compared with those of the reference query.

A lesson is a ``.rq`` file. The query is the reference; it holds for any data, since what is right is computed by
running it. The header teaches: ``title``, ``teaches`` (a paragraph a line), ``question`` (with ``{person}`` and
``{film}`` for the subjects), ``hint`` (from the least to the most telling), ``start`` (what the learner begins with),
``ordered`` (``yes`` where the order of the rows counts).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from graph import query

FOLDER = "lessons"
SHOWN = 3
"""Rows given as examples of what is wrong."""
Value = tuple[str, str]
"""A kind (uri, bnode, number, or a datatype or language) and a text."""
Row = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One exercise; ``name`` is its file's, ``about`` the subjects it needs: person, film, or both."""

    name: str
    title: str
    teaches: tuple[str, ...]
    question: str
    hints: tuple[str, ...]
    start: str
    ordered: bool
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong with an answer, and rows that show it."""

    says: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, from the first to the last."""
    return tuple(_lesson(name) for name in query.names(FOLDER))


def _lesson(name: str) -> Lesson:
    file = query.load(name)
    notes: dict[str, list[str]] = {}
    for key, value in file.header:
        notes.setdefault(key, []).append(value)
    return Lesson(
        name=name.split("/")[1],
        title=notes["title"][0],
        teaches=tuple(notes["teaches"]),
        question=file.question,
        hints=tuple(notes["hint"]),
        start="\n".join(notes["start"]),
        ordered=notes.get("ordered") == ["yes"],
        about=file.terms,
    )


def reference(lesson: Lesson, subjects: dict[str, URIRef]) -> str:
    """The query that is right, about these subjects, without its header."""
    file = query.load(f"{FOLDER}/{lesson.name}")
    text = query.swap(file.text, file.name, {name: subjects[name] for name in lesson.about})
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def beginning(lesson: Lesson, subjects: dict[str, URIRef]) -> str:
    """What the learner begins with, about these subjects."""
    return query.swap(lesson.start, lesson.name, {name: subjects[name] for name in lesson.about})


def read_table(answer: bytes) -> Table | None:
    """A table from SPARQL results in JSON; None for the answer to an ASK."""
    found = json.loads(answer)
    if "results" not in found:
        return None
    columns = tuple(found["head"]["vars"])
    rows = (tuple(_value(row.get(column)) for column in columns) for row in found["results"]["bindings"])
    return Table(columns, tuple(rows))


def _value(cell: dict[str, str] | None) -> Value | None:
    if cell is None:
        return None
    if cell["type"] != "literal":
        return cell["type"], cell["value"]
    datatype = cell.get("datatype", "")
    if datatype.rpartition("#")[2] in ("integer", "decimal", "double", "float"):
        return "number", f"{float(cell['value']):g}"
    return cell.get("xml:lang", "") or datatype, cell["value"]


def compare(right: Table, given: Table | None, *, ordered: bool = False) -> tuple[Remark, ...]:
    """What is wrong with an answer; empty where it is right. The order of rows counts only where it is asked for.

    >>> kevin, ellie = (("", "Kevin"),), (("", "Ellie"),)
    >>> right = Table(("name",), (kevin, ellie))
    >>> compare(right, Table(("name",), (ellie, kevin))), compare(right, Table(("name",), (ellie,)))[0].says
    ((), '1 row is missing, such as:')
    """
    if given is None:
        return (Remark("An answer with rows is asked for: begin with SELECT."),)
    wrong = _columns(right.columns, given.columns)
    if set(right.columns) <= set(given.columns):
        places = [given.columns.index(column) for column in right.columns]
        rows = tuple(tuple(row[place] for place in places) for row in given.rows)
        wrong += _rows(right, rows, ordered=ordered)
    return wrong


def _columns(right: tuple[str, ...], given: tuple[str, ...]) -> tuple[Remark, ...]:
    missing = [f"?{name}" for name in right if name not in given]
    extra = [f"?{name}" for name in given if name not in right]
    said = []
    if missing:
        yours = f"; {'yours is' if len(given) == 1 else 'yours are'} {_listed([f'?{name}' for name in given])}"
        lacking = "column {} is" if len(missing) == 1 else "columns {} are"
        said.append(Remark(f"The {lacking.format(_listed(missing))} missing{yours if given else ''}."))
    if extra and not missing:
        asked = "column {} is" if len(extra) == 1 else "columns {} are"
        said.append(Remark(f"The {asked.format(_listed(extra))} not asked for; name only the others after SELECT."))
    return tuple(said)


def _listed(names: list[str]) -> str:
    """Names in a row.

    >>> _listed(["?a"]), _listed(["?a", "?b", "?c"])
    ('?a', '?a, ?b and ?c')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _rows(right: Table, given: tuple[Row, ...], *, ordered: bool) -> tuple[Remark, ...]:
    wanted, found = Counter(right.rows), Counter(given)
    missing, extra = list((wanted - found).elements()), list((found - wanted).elements())
    if not missing and extra and set(extra) <= set(right.rows):
        return (
            Remark(
                f"The rows are right, but {_rows_are(len(extra))} there more than once.", right.columns, _some(extra)
            ),
        )
    said = []
    if missing:
        said.append(Remark(f"{_rows_are(len(missing))} missing, such as:", right.columns, _some(missing)))
    if extra:
        said.append(Remark(f"{_rows_are(len(extra))} too many, such as:", right.columns, _some(extra)))
    if not said and ordered and given != right.rows:
        said.append(
            Remark(
                "The rows are right, but in another order; the first ought to be:", right.columns, right.rows[:SHOWN]
            )
        )
    return tuple(said)


def _rows_are(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"


def _some(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(list(dict.fromkeys(rows))[:SHOWN])
