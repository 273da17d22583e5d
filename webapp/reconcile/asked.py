"""Reads what a reconciliation client asks: batches of queries, and data to extend a table with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.reconcile import KINDS, PROPERTIES, Constraint, Wish
from webapp import links
from webapp.reconcile.names import NAMES, SCHEMA, iri_of

QUERIES, CANDIDATES, SAID = 50, 50, 10
"""How many queries a batch may hold, how many candidates each may ask for, and how much may be said beside a name."""
DEFAULT = 5
"""Candidates where a query does not say how many."""
THINGS, COLUMNS, CELLS = 200, 20, 1_000
"""How many things a table may be extended for at a time, by how many properties, with how many values each."""
STRICTNESS = ("any", "should", "all")
Json = Mapping[str, Any]


class AskedError(Exception):
    """Raised where a request cannot be answered; ``code`` is for programs, the message says what was expected."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status


@dataclass(frozen=True, slots=True)
class Column:
    """A property that a table is to be extended by, and how many of its values are wanted."""

    property: str
    most: int


@dataclass(frozen=True, slots=True)
class Extension:
    """What a table is to be extended with: the ids as they were sent, and the columns."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def read_batch(text: str) -> dict[str, Wish]:
    """A batch of queries by their keys. Raises ``AskedError`` where it is none, or too large."""
    batch = _object(_parsed(text), "a batch is an object of queries")
    if len(batch) > QUERIES:
        raise AskedError("too_many_queries", f"a batch may hold {QUERIES} queries; this one holds {len(batch)}")
    return {key: _wish(asked, f"query {key[:40]!r}") for key, asked in batch.items()}


def read_single(text: str, more: Mapping[str, str]) -> Wish:
    """A query alone: an object, or a name, whose type and limit stand beside it."""
    if text.lstrip().startswith("{"):
        return _wish(_parsed(text), "the query")
    said: dict[str, Any] = {name: more[name] for name in ("type", "type_strict") if more.get(name)}
    if more.get("limit", "").isdecimal():
        said["limit"] = int(more["limit"][:9])
    return _wish({"query": text, **said}, "the query")


def read_extension(text: str) -> Extension:
    """What a table is to be extended with. Raises ``AskedError`` where it is not to be had."""
    asked = _object(_parsed(text), "a data extension is an object of ids and properties")
    ids, columns = _list(asked.get("ids"), "ids", THINGS), _list(asked.get("properties"), "properties", COLUMNS)
    if not all(isinstance(each, str) for each in ids):
        raise AskedError("bad_extension", "ids is a list of strings")
    return Extension(tuple(ids), tuple(_column(each) for each in columns))


def kind_of(name: str) -> str:
    """The kind of things of a type. Raises ``AskedError`` where there is no such type."""
    bare = name.removeprefix(SCHEMA).removeprefix("film:").lower()
    if bare not in KINDS:
        raise AskedError("unknown_type", f"there is no type {name[:80]!r}; there are {', '.join(NAMES.values())}")
    return bare


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise AskedError("too_deep", "the JSON is nested too deeply") from None
    except ValueError as error:
        raise AskedError("bad_json", f"this is not JSON: {error}") from None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def _object(value: Any, expected: str) -> Json:
    if not isinstance(value, dict):
        raise AskedError("bad_request", f"{expected}; this is {_word(value)}")
    return value


def _list(value: Any, name: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise AskedError("bad_extension", f"{name} is a list; this is {_word(value)}")
    if len(value) > most:
        raise AskedError("too_much", f"{name} may hold {most}; there are {len(value)}")
    return value


def _word(value: Any) -> str:
    words = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "missing"}
    return words.get(type(value), "a number")


def _wish(value: Any, where: str) -> Wish:
    asked = _object(value, f"{where} must be an object")
    text, said = asked.get("query", ""), asked.get("properties") or []
    if not isinstance(text, str):
        raise AskedError("bad_query", f"{where}: query is a string, not {_word(text)}")
    if not text.strip() and not said:
        raise AskedError("bad_query", f"{where} needs a query, the name to look for")
    if not isinstance(said, list) or len(said) > SAID:
        raise AskedError("bad_query", f"{where}: properties is a list of at most {SAID}")
    kinds, elsewhere = _kinds(asked, where)
    return Wish(text, kinds, _limit(asked, where), tuple(_constraint(each, where) for each in said), elsewhere)


def _kinds(asked: Json, where: str) -> tuple[tuple[str, ...], bool]:
    """The kinds that are asked for, and whether others will do as well."""
    strict, said = asked.get("type_strict", "any"), asked.get("type") or []
    if strict not in STRICTNESS:
        raise AskedError("bad_query", f"{where}: type_strict is one of {', '.join(STRICTNESS)}")
    named = [said] if isinstance(said, str) else said
    if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
        raise AskedError("bad_query", f"{where}: type is a string or a list of strings")
    kinds = tuple(dict.fromkeys(kind_of(each) for each in named))
    if strict == "all" and len(kinds) > 1:  # nothing is of two of these kinds
        return (), False
    return kinds or KINDS, strict == "should" and bool(kinds)


def _limit(asked: Json, where: str) -> int:
    limit = asked.get("limit", DEFAULT)
    if limit is None:
        return DEFAULT
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or limit < 0:
        raise AskedError("bad_query", f"{where}: limit is a number from 1 to {CANDIDATES}")
    return min(int(min(limit, CANDIDATES)), CANDIDATES) or DEFAULT


def _constraint(value: Any, where: str) -> Constraint:
    asked = _object(value, f"{where}: each of the properties is an object")
    name, said = asked.get("pid"), asked.get("v")
    if not isinstance(name, str):
        raise AskedError("bad_query", f"{where}: pid is the id of a property, not {_word(name)}")
    values = said if isinstance(said, list) else [said]
    if len(values) > SAID:
        raise AskedError("bad_query", f"{where}: v may hold {SAID} values")
    return Constraint(name.removeprefix(SCHEMA).removeprefix("film:"), tuple(filter(None, map(_text, values))))


def _text(value: Any) -> str:
    """A value as text; that of a thing is its IRI."""
    if isinstance(value, dict):
        named = value.get("id")
        if not isinstance(named, str):
            raise AskedError("bad_query", "a value that is an object has an id, a string")
        return iri_of(named)
    if isinstance(value, list):
        raise AskedError("bad_query", "a value is a string, a number, a truth value or an object with an id")
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).strip()


def _column(value: Any) -> Column:
    asked = _object(value, "each of the properties is an object with an id")
    name, settings = asked.get("id"), asked.get("settings") or {}
    if not isinstance(name, str) or not any(name == prop.id for each in PROPERTIES.values() for prop in each):
        raise AskedError(
            "unknown_property", f"there is no property {str(name)[:80]!r}; /reconcile/properties lists all"
        )
    most = settings.get("limit") if isinstance(settings, dict) else None
    wanted = int(most) if isinstance(most, str) and most.isdecimal() and len(most) < 9 else most
    given = isinstance(wanted, (int, float)) and not isinstance(wanted, bool) and 0 < wanted < CELLS
    return Column(name, int(wanted) if given and wanted is not None else CELLS)


def valid(ids: Sequence[str]) -> dict[str, str]:
    """The IRIs of those ids that may be any."""
    return {each: iri for each in ids if links.valid(iri := iri_of(each)) and ":" in iri}
