"""A client's own SPARQL: in the sandbox on a data folder, with the same checks on a remote server."""

from __future__ import annotations

import json
import time
from typing import Any

from rdflib import URIRef

from agents import meant
from agents.answers import Cell, Table
from agents.world import ANSWER_BYTES, View, World
from graph import mistakes, query, remarks
from graph.errors import LimitError, QueryError
from graph.sandbox import Examined, examine
from graph.store import Form, MalformedQueryError
from graph.store.rows import literal_value
from graph.store.syntax import tokens

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
CHECKED = 50
"""IRIs of a query that are looked up."""


def sparql(world: World, view: View, text: str, limit: int) -> Table:
    """The answer to a query, up to ``limit`` rows or triples of it.

    Raises QueryError for a bad query, with what is probably meant, and LimitError where it asks for too much.
    """
    try:
        examined = examine(text, world.limits)
        begun = time.monotonic()
        body = _answer(world, view, text, examined)
        seconds = round(time.monotonic() - begun, 3)
    except MalformedQueryError as error:
        raise QueryError("; ".join(filter(None, (str(error), mistakes.hint(error, text))))) from error
    return _table(body, examined.form, limit).model_copy(update={"seconds": seconds, "notes": _notes(view, text)})


def _answer(world: World, view: View, text: str, examined: Examined) -> bytes:
    media_type = ROWS if examined.form in (Form.SELECT, Form.ASK) else TRIPLES
    if view.folder is not None:
        with world.sandbox.run(view.folder, text, media_type, base=view.iris.base, examined=examined) as result:
            return result.read()
    body = view.source.serialize(text, media_type)
    if len(body) > ANSWER_BYTES:
        raise LimitError(f"the answer is larger than {ANSWER_BYTES:,} bytes; fetch it in parts with LIMIT and OFFSET")
    return body


def _table(body: bytes, form: Form, limit: int) -> Table:
    if form not in (Form.SELECT, Form.ASK):
        lines = sorted(set(body.decode().splitlines()))
        return Table(triples=lines[:limit], more=max(len(lines) - limit, 0))
    said = json.loads(body)
    if "boolean" in said:
        return Table(boolean=said["boolean"])
    found = said["results"]["bindings"]
    rows = [{name: _cell(value) for name, value in row.items()} for row in found[:limit]]
    return Table(columns=said["head"]["vars"], rows=rows, more=max(len(found) - limit, 0))


def _cell(value: dict[str, Any]) -> Cell:
    text = str(value["value"])
    if value["type"] == "bnode":
        return f"_:{text}"
    found = literal_value(text, value.get("datatype", ""))
    return text if found is None else found


def _notes(view: View, text: str) -> list[str]:
    """What a query names although there is nothing of it: terms of ours, and things under our base."""
    strange = remarks.remark(text)
    written = (token[1:-1] for kind, token in tokens(text) if kind == "iri")
    base = view.iris.base
    things = [iri if "://" in iri else base + iri.lstrip("/") for iri in dict.fromkeys(written)]
    ours = [URIRef(iri) for iri in things if meant.is_address(view.iris.path(iri) or "")][:CHECKED]
    known = {str(row[0]) for row in view.source.select(query.fill("tools/known", thing=ours)).rows} if ours else set()
    invented = [str(meant.unknown_thing(view, iri)) for iri in ours if str(iri) not in known]
    return [strange, *invented] if strange else invented
