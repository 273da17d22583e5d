"""The routes of the reconciliation service, as a part of the table of operations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from webapp.api.operation import Operation, Parameter
from webapp.api.schema import Schema

QUERIES = json.dumps({"q0": {"query": "Casablnca", "type": "Film", "properties": [{"pid": "year", "v": "1942"}]}})
EXAMPLE = f"/reconcile?queries={quote(QUERIES)}"
OBJECT: Schema = {"type": "object"}
RESULT: Schema = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
            },
        }
    },
}
PROPOSAL: Schema = {
    "type": "object",
    "required": ["type", "properties"],
    "properties": {"type": {"type": "string"}, "properties": {"type": "array", "items": {"type": "object"}}},
}
FLYOUT: Schema = {
    "type": "object",
    "required": ["id", "html"],
    "properties": {"id": {"type": "string"}, "html": {"type": "string"}},
}
BODY: Schema = {
    "type": "object",
    "properties": {
        "queries": {"type": "string", "description": "A batch of queries, as JSON."},
        "extend": {"type": "string", "description": "Things and the properties that are wanted of them, as JSON."},
    },
}
POSTED = {"application/x-www-form-urlencoded": (BODY, {"queries": QUERIES})}

TABLES, JSON = "Reconciliation", ("application/json",)
CALLBACK = Parameter("callback", "The name of a function that the answer calls (JSONP).")
ID = Parameter("id", "The id of what is asked about, as candidates bear it.", "{film_id}", needed=True)
TYPE = Parameter("type", "Only of this type.", "Film", ("Film", "Person", "Character", "Review"))
OPERATIONS: Mapping[str, Operation] = {
    "/reconcile": Operation(
        TABLES,
        JSON,
        OBJECT,
        EXAMPLE,
        (
            Parameter("queries", "A batch of queries, as JSON.", QUERIES),
            Parameter("query", "One query: a name, or JSON."),
            Parameter("extend", "Things and the properties that are wanted of them, as JSON."),
            CALLBACK,
        ),
        POSTED,
    ),
    "/reconcile/suggest/{what}": Operation(
        TABLES,
        JSON,
        RESULT,
        "/reconcile/suggest/entity?prefix=ma",
        (
            Parameter("prefix", "What was typed so far.", "ma", needed=True),
            Parameter("cursor", "How many suggestions to pass over.", 0),
            TYPE,
            CALLBACK,
        ),
    ),
    "/reconcile/flyout/{what}": Operation(
        TABLES, JSON, FLYOUT, "/reconcile/flyout/entity?id={film_id}", (ID, CALLBACK)
    ),
    "/reconcile/preview": Operation(TABLES, ("text/html",), None, "/reconcile/preview?id={film_id}", (ID,)),
    "/reconcile/properties": Operation(
        TABLES,
        JSON,
        PROPOSAL,
        "/reconcile/properties?type=Film",
        (TYPE, Parameter("limit", "How many properties at most.", 3), CALLBACK),
    ),
}
