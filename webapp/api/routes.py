"""The routes of the application as OpenAPI names them: paths, parameters in paths, methods, and what they do."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from webapp.api.schema import Schema

_PART = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<of>[^()]*)\))?:)?(?P<name>\w+)>")
_METHODS = ("GET", "POST")
FILES = ("static", "dumps.dump", "dumps.file")
"""Files, which other addresses name: there may be none of them."""


@dataclass(frozen=True, slots=True)
class Route:
    """One path: its parameters with their schemas, its methods, what it does in one line, and what else is said."""

    path: str
    parts: tuple[tuple[str, Schema], ...]
    methods: tuple[str, ...]
    says: str
    more: str


def routes(app: Flask) -> Iterator[Route]:
    """The public routes in the order of their paths; the address with a suffix is the same route as that without."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    yield from (_route(app, rule) for rule in rules if rule.endpoint not in FILES and not _with_suffix(rule))


def marked(text: str) -> str:
    r"""A docstring's words in Markdown, on one line.

    >>> marked("Give ``from``\n    and ``to``.")
    'Give `from` and `to`.'
    """
    return " ".join(text.replace("``", "`").split())


def _with_suffix(rule: Rule) -> bool:
    return "suffix" in rule.arguments and "suffix" not in (rule.defaults or {})


def _route(app: Flask, rule: Rule) -> Route:
    says, _, more = (inspect.getdoc(app.view_functions[rule.endpoint]) or "").partition("\n\n")
    parts = tuple((part["name"], _schema(part["kind"], part["of"])) for part in _PART.finditer(rule.rule))
    methods = tuple(method for method in _METHODS if method in (rule.methods or ()))
    return Route(_PART.sub(r"{\g<name>}", rule.rule), parts, methods, marked(says), marked(more))


def _schema(kind: str | None, of: str | None) -> Schema:
    if kind == "any" and of:
        return {"type": "string", "enum": sorted(each.strip(" '") for each in of.split(","))}
    return {"type": "integer"} if kind == "int" else {"type": "string"}
