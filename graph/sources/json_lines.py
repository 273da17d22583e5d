"""Reviews as JSON: an object or a list (.json), or one a line (.jsonl), each with a ``text`` and optional fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import InputError
from graph.facts import Document
from graph.sources import fields, text


def read_json(data: bytes, name: str) -> Iterator[Document | InputError]:
    """The review of a .json file, or those of a list, named ``name:1`` and so on; a bad one gives its InputError.

    An error names the file, the place in the list, the field, the value and what was expected.
    """
    try:
        record = _loaded(text.decode(data, name), name)
    except InputError as error:
        yield error
        return
    listed = record if isinstance(record, list) else []
    if record == []:
        yield InputError(f"{name}: holds an empty list; expected reviews")
        return
    for where, each in [(f"{name}:{place}", each) for place, each in enumerate(listed, 1)] or [(name, record)]:
        try:
            yield _document(each, where)
        except InputError as error:
            yield error


def read_json_lines(lines: Iterable[bytes], name: str, limit: int) -> Iterator[Document | InputError]:
    """The reviews of a .jsonl file, named ``name:line``; a bad line gives its InputError, and reading goes on.

    ``limit`` is the greatest number of bytes in a line.
    """
    found = False
    for number, line in enumerate(lines, start=1):
        where = f"{name}:{number}"
        if not line.strip():
            continue
        found = True
        if len(line) > limit:
            yield InputError(f"{where}: is longer than {limit // 1_000_000} MB, the bound for one review")
            continue
        try:
            yield _document(_loaded(text.decode(line.rstrip(), where), where), where)
        except InputError as error:
            yield error
    if not found:
        yield InputError(f"{name}: is empty")


def _loaded(source: str, where: str) -> Any:
    try:
        return json.loads(source, parse_constant=_refuse)
    except RecursionError as error:
        raise InputError(f"{where}: is nested too deeply; expected an object with texts, numbers and lists") from error
    except ValueError as error:
        problem = _problem(error) if isinstance(error, json.JSONDecodeError) else str(error)
        raise InputError(f"{where}: is not JSON: {problem}") from error


def _problem(error: json.JSONDecodeError) -> str:
    """What is wrong and where; the line is told where there are several."""
    line = f"line {error.lineno}, " if "\n" in error.doc else ""
    return f"{error.msg} at {line}column {error.colno}"


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")


def _document(record: object, where: str) -> Document:
    if not isinstance(record, dict):
        raise InputError(f'{where}: {_kind(record)} where an object with a "text" was expected')
    body = record.get("text")
    if not isinstance(body, str):
        given = "is missing" if body is None else f"{_kind(body)} is not a text"
        raise InputError(f"{where}: text: {given}; expected the review's text")
    return Document(where, text.checked(body, where), fields.from_json(record, where))


def _kind(value: object) -> str:
    kinds = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(value), "null")
