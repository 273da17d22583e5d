r"""A source's statements as plain strings, indexed for the quick check.

Terms stay as they stand in N-Triples, so that equal terms are equal strings. That holds only for the forms which
filmgraph itself writes; anything else (blank nodes, language tags, ``\u`` escapes, numbers such as ``01``) raises
Unsure, and the caller leaves the source to pyshacl.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import lru_cache

_IRI = r'<[^\x00-\x20<>"{}|^`\\]*>'
_LINE = re.compile(rf'({_IRI}) ({_IRI}) ({_IRI}|"[^"\\]*(?:\\.[^"\\]*)*"(?:\^\^{_IRI})?) (?:{_IRI} )?\.')
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CANONICAL = {
    f"{_XSD}integer": re.compile(r"0|-?[1-9][0-9]*"),
    f"{_XSD}decimal": re.compile(r"0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]"),
    f"{_XSD}gYear": re.compile(r"[1-9][0-9]{3}"),
    f"{_XSD}boolean": re.compile(r"true|false"),
    f"{_XSD}date": re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"),
}
_ESCAPES = {"\\t": "\t", "\\b": "\b", "\\n": "\n", "\\r": "\r", "\\f": "\f", '\\"': '"', "\\\\": "\\"}


class Unsure(Exception):  # noqa: N818  # no error: it says "ask pyshacl"
    """Raised when the quick check cannot tell; never leaves this package."""


class Statements:
    """The statements of one source: predicate -> subject -> objects, and the same backwards."""

    def __init__(self, triples: set[tuple[str, str, str]]) -> None:
        self._forward: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._backward: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in triples:
            self._forward[predicate][subject].append(value)
            self._backward[predicate][value].append(subject)

    def objects(self, subject: str, predicate: str) -> list[str]:
        """The values of a property."""
        return self._forward[predicate].get(subject, [])

    def subjects(self, predicate: str, value: str) -> list[str]:
        """What has this value."""
        return self._backward[predicate].get(value, [])

    def all_subjects(self, predicate: str) -> list[str]:
        """Everything that has the property."""
        return list(self._forward[predicate])

    def all_objects(self, predicate: str) -> list[str]:
        """Every value that the property has."""
        return list(self._backward[predicate])


def read(nquads: bytes) -> Statements:
    """The statements of all graphs together; raises Unsure on any line that filmgraph would not have written."""
    try:
        lines = nquads.decode().split("\n")
    except UnicodeDecodeError as error:
        raise Unsure from error
    triples = set()
    for line in lines:
        if line:
            triples.add(_triple(line))
    return Statements(triples)


def _triple(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    if found is None or "\\u" in line or "\\U" in line:
        raise Unsure
    subject, predicate, value = found.groups()
    if value.endswith(">") and value.startswith('"'):
        _check_typed(value)
    return subject, predicate, value


@lru_cache(maxsize=4096)
def _check_typed(literal: str) -> None:
    """Let pass only lexical forms that rdflib keeps as they are and finds valid."""
    words, kind = lexical(literal), datatype(literal)
    pattern = _CANONICAL.get(kind)
    if pattern is None or not pattern.fullmatch(words):
        raise Unsure
    if kind.endswith("#date"):
        try:
            date.fromisoformat(words)
        except ValueError as error:
            raise Unsure from error


def is_iri(term: str) -> bool:
    """Whether the term is an IRI; there are no blank nodes here."""
    return term.startswith("<")


def datatype(literal: str) -> str:
    """The IRI of a literal's datatype, without angle brackets."""
    kind = literal.rpartition('"')[2]
    return kind[3:-1] if kind else f"{_XSD}string"


def lexical(term: str) -> str:
    r"""The words of a literal, or the IRI itself.

    >>> lexical('"say \\"when\\""'), lexical("<a:b>")
    ('say "when"', 'a:b')
    """
    if is_iri(term):
        return term[1:-1]
    words = term.rpartition('"')[0][1:]
    return re.sub(r"\\.", _unescape, words) if "\\" in words else words


def _unescape(found: re.Match[str]) -> str:
    try:
        return _ESCAPES[found[0]]
    except KeyError as error:
        raise Unsure from error


def number(term: str) -> Decimal:
    """The value of an integer or a decimal; raises Unsure for anything else."""
    if is_iri(term) or datatype(term) not in {f"{_XSD}integer", f"{_XSD}decimal"}:
        raise Unsure
    return Decimal(lexical(term))
