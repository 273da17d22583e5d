"""What a query gives: rows of plain Python values, and the interface that every engine fulfils."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from graph.errors import QueryError


class Iri(str):
    """An IRI in a result row; any other string there is a literal or a blank node."""

    __slots__ = ()


Value = Iri | str | int | float | bool | None
"""One cell of a row; ``None`` where the variable is unbound."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the variables without their question marks, and one tuple for each solution."""

    variables: tuple[str, ...]
    rows: list[tuple[Value, ...]]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class MalformedQueryError(QueryError):
    """The text is not SPARQL; ``line`` and ``column`` count from 1 and say where reading stopped, where known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.hint = line, column, hint


class RefusedQueryError(QueryError):
    """The query is well-formed but asks for what is not done here: an update, SERVICE, a graph from the web."""


class QuerySource(Protocol):
    """Anything that answers SPARQL; raises ``QueryError`` for a bad query, ``StoreError`` for a bad store."""

    @property
    def version(self) -> str:
        """The snapshot's number, or the URL of the endpoint."""
        ...

    def select(self, query: str) -> Rows:
        """The rows of a SELECT query."""
        ...

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        ...

    def construct(self, query: str) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE query as N-Triples, sorted, each once."""
        ...

    def describe(self, iri: str) -> bytes:
        """The triples in any graph whose subject is the IRI, as N-Triples, sorted, each once."""
        ...

    def serialize(self, query: str, media_type: str) -> bytes:
        """The answer to a query of any form in a media type that its form can be given in (``types_for``)."""
        ...


XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = (
    *("integer", "long", "int", "short", "byte", "gYear"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_CONVERTERS: dict[str, Callable[[str], Value]] = {
    **{XSD + name: int for name in _INTEGERS},
    **{XSD + name: float for name in ("decimal", "float", "double")},
    XSD + "boolean": _boolean,
}


def literal_value(text: str, datatype: str) -> Value:
    """The plain value of a literal; one whose text does not fit its datatype stays a string.

    >>> [literal_value("2017", XSD + "gYear"), literal_value("3.75", XSD + "decimal"), literal_value("x", XSD + "int")]
    [2017, 3.75, 'x']
    """
    converter = _CONVERTERS.get(datatype)
    if converter is None:
        return text
    try:
        return converter(text)
    except ValueError:
        return text
