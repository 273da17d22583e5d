"""Turns the engine's syntax errors into a line, a column and a sentence that helps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from graph.store.rows import MalformedQueryError

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_CAUSES = (
    (
        "variable that is unbound",
        "a variable in SELECT is neither grouped nor aggregated",
        "add it to GROUP BY or wrap it in SAMPLE()",
    ),
    ("Duplicated variable", "the same variable is made twice in SELECT", "give one of them another name after AS"),
    (
        "IRI parsing failed",
        "this IRI cannot be read",
        "write it in full, as in <http://example.org/a>, without spaces",
    ),
    ("already in-scope", "BIND or AS makes a variable that already exists", "choose a new name after AS"),
    ("nested aggregat", "an aggregate stands inside another one", "compute the inner one in a subquery"),
)


def malformed(error: Exception, query: str, prefixes: Iterable[str] = ()) -> MalformedQueryError:
    """The error for a query that the engine could not read; ``prefixes`` are those known without being declared."""
    found = _PLACE.search(str(error))
    if not found:
        return MalformedQueryError(f"this is not a SPARQL query: {error}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    what, hint = _cause(expected, query, line, column, prefixes)
    return MalformedQueryError(f"line {line}, column {column}: {what}", line, column, hint)


def _cause(expected: str, query: str, line: int, column: int, prefixes: Iterable[str]) -> tuple[str, str]:
    if not query.strip():
        return "the query is empty", "try SELECT * WHERE { ?s ?p ?o } LIMIT 10"
    if "Prefix not found" in expected:
        return _unknown_prefix(query, line, column, prefixes)
    for sign, what, hint in _CAUSES:
        if sign in expected:
            return what, hint
    return _unexpected(query, line, column)


def _unknown_prefix(query: str, line: int, column: int, prefixes: Iterable[str]) -> tuple[str, str]:
    before = _line(query, line)[: column - 1]
    names = re.findall(r"([^\W\d_][\w.\-]*)?:[^\s<>{}()]*", before + _line(query, line)[column - 1 :][:1]) or [""]
    near = get_close_matches(names[-1], list(prefixes), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}: ? Otherwise" if near else "known ones need no declaration; for others"
    return f"the prefix {names[-1]}: is not declared", f"{hint} begin the query with PREFIX {names[-1]}: <…>"


def _unexpected(query: str, line: int, column: int) -> tuple[str, str]:
    rest = _line(query, line)[column - 1 :].strip()
    later = "".join(query.splitlines(keepends=True)[line:]).strip()
    if not rest and not later:
        return "the query ends too early", "a closing }, ) or quotation mark may be missing"
    word = (re.match(r"\w+|\W", rest) or [""])[0] or (later.split() or [""])[0]
    hint = "look just before this place for a missing dot, bracket, quotation mark or question mark"
    if line == 1 and column <= len(query.split("{", maxsplit=1)[0]) and not re.search(_FORM, query, re.IGNORECASE):
        hint = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX lines"
    return f"{word!r} was not expected here", hint


_FORM = r"\b(select|ask|construct|describe)\b"


def _line(query: str, line: int) -> str:
    lines = query.split("\n")
    return lines[line - 1] if line <= len(lines) else ""
