"""Turns the engine's syntax errors into a line, a column and a sentence that helps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from string import ascii_letters, digits

from graph.store.rows import MalformedQueryError
from graph.store.syntax import outline, undeclared

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_IN_WORDS = f"{ascii_letters}{digits}_:?$"
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

_BALANCED = (
    "look for a FILTER without brackets, a BIND to a variable that exists already, "
    "an aggregate outside SELECT and HAVING, or a missing object"
)
_BEFORE = "look just before this place for a missing dot, bracket, quotation mark or question mark"
GENERAL = frozenset([_BALANCED, _BEFORE])
"""Hints that are given where nothing better is known."""


def malformed(error: Exception, query: str, prefixes: Collection[str] = ()) -> MalformedQueryError:
    """The error for a query that the engine could not read; ``prefixes`` are those known without being declared."""
    if not query.strip():
        return _at("the query is empty", "try SELECT * WHERE { ?s ?p ?o } LIMIT 10", 1, 1)
    stranger = undeclared(query, prefixes)
    if stranger is not None:
        return _at(*_unknown_prefix(stranger[0], prefixes), *place(query, stranger[1]))
    found = _PLACE.search(str(error))
    if not found:
        return MalformedQueryError(f"this is not a SPARQL query: {error}")
    line, column, expected = int(found[1]), _word_start(query, int(found[1]), int(found[2])), found[3]
    what, hint = _known_cause(expected) or _unexpected(query, line, column)
    return _at(what, hint, line, column)


def _word_start(query: str, line: int, column: int) -> int:
    """The column where the word begins in which a place lies: the engine stops within words that might go on."""
    text = "".join(query.split("\n")[line - 1 : line])
    if not text[column - 1 : column].isalnum():
        return column
    return len(text[: column - 1].rstrip(_IN_WORDS)) + 1


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    before = text[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


def _at(what: str, hint: str, line: int, column: int) -> MalformedQueryError:
    return MalformedQueryError(f"line {line}, column {column}: {what}", line, column, hint)


def _known_cause(expected: str) -> tuple[str, str] | None:
    return next(((what, hint) for sign, what, hint in _CAUSES if sign in expected), None)


def _unknown_prefix(prefix: str, known: Iterable[str]) -> tuple[str, str]:
    near = get_close_matches(prefix, list(known), n=1, cutoff=0.5)
    hint = f"begin the query with PREFIX {prefix}: <…>"
    return f"the prefix {prefix}: is not declared", f"did you mean {near[0]}: ? Otherwise {hint}" if near else hint


def _unexpected(query: str, line: int, column: int) -> tuple[str, str]:
    lines = query.split("\n")
    rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]]).strip() if line <= len(lines) else ""
    found = outline(query)
    if not rest and found.unclosed:
        return "the query ends too early", "a closing }, ) or quotation mark may be missing"
    if not rest:
        return "a part of the query before this place is not possible", _BALANCED
    if found.form is None:
        return _word(rest), "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX lines"
    return _word(rest), _BEFORE


def _word(rest: str) -> str:
    found = re.match(r"[?$]?\w[\w:]{0,39}|\W", rest)
    return f"{found[0] if found else rest[:1]!r} was not expected here"
