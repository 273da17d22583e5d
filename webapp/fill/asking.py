"""Fill the query page: run a stranger's query in the sandbox and show its answer as a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from rdflib import Graph, URIRef

from graph import query
from graph.errors import LimitError, QueryError
from graph.sandbox import examine
from graph.store import Form, MalformedQueryError
from webapp.formats import formats_for
from webapp.pages import Cell, Example, Group, QueryPage, Ref, ResultTable
from webapp.site import Site, View

SHOWN = 500
"""Rows on the page; the whole answer is to be had as a file."""
RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
TRIPLE = ("subject", "property", "value")
NAMED = 400
"""IRIs whose names are looked up."""
FIRST = """# Who played whom? Change anything and run it again.
SELECT ?actor ?character ?film {
  ?role film:performer/film:name ?actor ;
        film:character/film:name ?character ;
        film:inFilm/film:title ?film .
}
LIMIT 20
"""


def query_page(site: Site, view: View, text: str, question: str | None) -> QueryPage:
    """The editor with a query's answer, or with what was wrong with it; with an example where nothing was asked."""
    result: ResultTable | None = None
    problem: str | None = None
    files: tuple[Ref, ...] = ()
    if text.strip():
        try:
            form = examine(text, site.limits).form
            result, files = answer(site, view, text, form), _files(site, text, form)
        except MalformedQueryError as error:
            problem = "\n".join(filter(None, [str(error), error.hint]))
        except (QueryError, LimitError) as error:
            problem = str(error)
    groups = groupby(query.examples(), lambda each: each.group)
    gallery = tuple(Group(name, tuple(Example(each.name, each.question) for each in items)) for name, items in groups)
    prefixes = tuple(Ref(space, prefix) for prefix, space in site.prefixes.items())
    return QueryPage(text or FIRST, question, result, problem, files, gallery, prefixes)


def answer(site: Site, view: View, text: str, form: Form) -> ResultTable:
    """The answer to a query of any form as a table with resources shown by their names."""
    graph = form in (Form.CONSTRUCT, Form.DESCRIBE)
    body, seconds = site.run(view, text, TRIPLES if graph else RESULTS)
    milliseconds = round(seconds * 1000)
    if graph:
        return _table(view, TRIPLE, _triples(body), milliseconds, "statements")
    found = json.loads(body)
    if "boolean" in found:
        said = {"type": "literal", "value": "yes" if found["boolean"] else "no"}
        return _table(view, ("answer",), [[said]], milliseconds, "answer")
    columns = tuple(found["head"]["vars"])
    rows = [[row.get(column) for column in columns] for row in found["results"]["bindings"]]
    return _table(view, columns, rows, milliseconds, "row" if len(rows) == 1 else "rows")


def _files(site: Site, text: str, form: Form) -> tuple[Ref, ...]:
    asked = f"{site.iris.base}sparql?query={quote(text, safe='')}&format="
    return tuple(Ref(asked + each.suffix, each.label) for each in formats_for(form))


def _triples(body: bytes) -> list[list[dict[str, str]]]:
    graph = Graph(bind_namespaces="none").parse(data=body, format="nt")
    return [[_term(term) for term in triple] for triple in sorted(graph)]


def _term(term: Any) -> dict[str, str]:
    return {"type": "uri" if isinstance(term, URIRef) else "literal", "value": str(term)}


def _table(
    view: View, columns: Sequence[str], rows: list[list[dict[str, str] | None]] | list[list[dict[str, str]]],
    milliseconds: int, unit: str,
) -> ResultTable:  # fmt: skip
    shown = rows[:SHOWN]
    names = _names(view, (cell["value"] for row in shown for cell in row if cell and cell["type"] == "uri"))
    cells = tuple(tuple(_cell(cell, names) for cell in row) for row in shown)
    return ResultTable(tuple(columns), cells, len(rows), milliseconds, unit)


def _cell(cell: dict[str, str] | None, names: dict[str, str]) -> Cell | None:
    if cell is None:
        return None
    if cell["type"] == "uri":
        return Cell(names.get(cell["value"], cell["value"]), cell["value"])
    return Cell(cell["value"])


def _names(view: View, iris: Iterable[str]) -> dict[str, str]:
    """The labels of resources, so far as they have one; IRIs that no query can hold are left as they are."""
    wanted = [URIRef(iri) for iri in dict.fromkeys(iris) if not set(iri) & set(' <>"{}|\\^`')][:NAMED]
    if not wanted:
        return {}
    rows = view.source.select(query.fill("labels", thing=wanted)).rows
    return {str(iri): str(label) for iri, label in rows if iri is not None and label is not None}
