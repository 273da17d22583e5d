"""Fill the query page: run a stranger's query in the sandbox and show its answer as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from rdflib import XSD, Graph, Literal, URIRef

from graph import query
from graph.errors import LimitError, QueryError
from graph.remarks import remark
from graph.sandbox import examine
from graph.store import Form, columns
from webapp.fill.names import Name, names
from webapp.formats import formats_for
from webapp.pages import Cell, Example, Group, QueryPage, Ref, ResultTable
from webapp.site import Site, View
from webapp.sparql.problems import Problem, explain

TOO_MUCH = frozenset({"timeout", "memory"})
"""Limits on what a query takes, which it may keep when it looks at less."""
SHOWN = 500
"""Rows on the page; the whole answer is to be had as a file."""
RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
TRIPLE = ("subject", "property", "value")
FIRST = """# Who played whom? Change anything and run it again.
SELECT ?actor ?character ?film {
  ?role film:performer ?actor ;
        film:character ?character ;
        film:inFilm ?film .
}
LIMIT 20
"""
"""What the editor begins with over data without reviews."""
PROVED = """# Who played whom, and what proves it? Change it and run it again.
SELECT ?actor ?character ?film ?sentence {
  ?role film:performer ?actor ;
        film:character ?character ;
        film:inFilm ?film ;
        film:evidence/film:quote ?sentence .
}
LIMIT 20
"""
"""What it begins with where reviews prove roles."""


def query_page(
    site: Site, view: View, text: str, question: str | None, snapshot: int | None = None, problem: str | None = None
) -> QueryPage:
    """The editor with a query's answer, or with what was wrong with it; with an example where nothing was asked.

    A ``problem`` found before stands in the way of asking.
    """
    result: ResultTable | None = None
    fault: Problem | None = None
    files: tuple[Ref, ...] = ()
    if text.strip() and problem is None:
        try:
            form = examine(text, site.limits).form
            result, files = answer(site, view, text, form), downloads(text, form, snapshot)
        except (QueryError, LimitError) as error:
            fault = explain(error, text)
            problem = told(error, text)
            if fault.more.get("limit") == "result_bytes":
                files = downloads(text, examine(text, site.limits).form, snapshot)
    prefixes = tuple(Ref(space, prefix) for prefix, space in site.prefixes.items())
    status, pause = (fault.status, fault.retry_after) if fault else (410 if problem else 200, None)
    shown = text or (PROVED if view.sidecar and view.sidecar.counts().get("roles_with_evidence") else FIRST)
    narrower = query.narrowed(text) if fault and fault.more.get("limit") in TOO_MUCH else None
    return QueryPage(shown, question, result, problem, files, gallery(), prefixes, snapshot, status, pause, narrower)


def told(error: QueryError | LimitError, text: str) -> str:
    """What was wrong with a query of this text, with the hint on a line of its own."""
    return "\n".join(filter(None, [str(error), explain(error, text).more.get("hint", "")]))


def gallery() -> tuple[Group, ...]:
    """The examples, by group."""
    groups = groupby(query.examples(), lambda each: each.group)
    return tuple(Group(name, tuple(Example(each.name, each.question) for each in items)) for name, items in groups)


def answer(site: Site, view: View, text: str, form: Form, most: int = SHOWN) -> ResultTable:
    """The answer to a query of any form as a table of so many rows, with resources shown by their names."""
    graph = form in (Form.CONSTRUCT, Form.DESCRIBE)
    body, seconds = site.run(view, text, TRIPLES if graph else RESULTS)
    heads, rows, unit = (TRIPLE, _triples(body), "statements") if graph else _answered(json.loads(body), text)
    return _table(view, heads, rows, round(seconds * 1000), unit, most, remark(text))


def _answered(found: dict[str, Any], text: str) -> tuple[Sequence[str], list[list[dict[str, str] | None]], str]:
    """The columns and rows of an answer in JSON, and what is counted."""
    if "boolean" in found:
        said = {"type": "literal", "value": "yes" if found["boolean"] else "no"}
        return ("answer",), [[said]], "answer"
    order = columns(found["head"]["vars"], text)
    rows = [[row.get(name) for name in order] for row in found["results"]["bindings"]]
    return order, rows, "row" if len(rows) == 1 else "rows"


def downloads(text: str, form: Form, snapshot: int | None) -> tuple[Ref, ...]:
    """Where the whole answer is to be had, by the label of its format."""
    place, pinned = url_for("editor.result"), {"snapshot": snapshot} if snapshot else {}
    return tuple(
        Ref(f"{place}?{urlencode({'query': text, **pinned, 'format': each.suffix, 'save': 1})}", each.label)
        for each in formats_for(form)
    )


def _triples(body: bytes) -> list[list[dict[str, str] | None]]:
    graph = Graph(bind_namespaces="none").parse(data=body, format="nt")
    return [[_term(term) for term in triple] for triple in sorted(graph)]


def _term(term: Any) -> dict[str, str]:
    """A term as JSON results write it."""
    if isinstance(term, Literal):
        said = {"type": "literal", "value": str(term), "xml:lang": term.language, "datatype": term.datatype}
        return {key: str(value) for key, value in said.items() if value is not None}
    return {"type": "uri" if isinstance(term, URIRef) else "bnode", "value": str(term)}


def _table(
    view: View, heads: Sequence[str], rows: list[list[dict[str, str] | None]],
    milliseconds: int, unit: str, most: int, hint: str | None,
) -> ResultTable:  # fmt: skip
    shown = rows[:most]
    found = names(view, (cell["value"] for row in shown for cell in row if cell and cell["type"] == "uri"))
    cells = tuple(tuple(_cell(cell, found) for cell in row) for row in shown)
    types = tuple(_shared_type(column) for column in zip(*shown, strict=True))
    return ResultTable(tuple(heads), cells, len(rows), milliseconds, unit, hint, types)


def _shared_type(column: Sequence[dict[str, str] | None]) -> str | None:
    """The datatype of all the values of a column, with its prefix where it is one of XML Schema."""
    said = {cell.get("datatype") for cell in column if cell}
    shared = said.pop() if len(said) == 1 else None
    return shared and shared.replace(str(XSD), "xsd:")


def _cell(cell: dict[str, str] | None, found: dict[str, Name]) -> Cell | None:
    if cell is None:
        return None
    if cell["type"] != "uri":
        mark = "_:" if cell["type"] == "bnode" else ""
        return Cell(mark + cell["value"], language=cell.get("xml:lang"))
    name = found.get(cell["value"])
    return Cell(name.label, cell["value"], name.proofs) if name else Cell(cell["value"], cell["value"])
