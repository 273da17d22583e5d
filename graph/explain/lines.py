"""What an explanation is made of: lines of words and terms, with lines beneath them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rdflib import BNode, Literal, URIRef, Variable


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line.

    ``kind`` is ``words``, ``variable``, ``literal``, ``blank``, ``iri``, or ``class`` for an IRI to be read with "a".
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the lines that stand beneath it; ``name`` is the operator's where it is a node of the algebra."""

    parts: tuple[Part, ...]
    under: tuple[Line, ...] = ()
    name: str = ""

    @property
    def text(self) -> str:
        """The line as plain text."""
        return "".join(part.text for part in self.parts)

    @property
    def depth(self) -> int:
        """How many lines stand beneath each other at most, this one counted."""
        deepest, level = 0, [self]
        while level:
            deepest, level = deepest + 1, [each for line in level for each in line.under]
        return deepest


@dataclass(frozen=True, slots=True)
class Explained:
    """A query explained: in sentences, and as algebra."""

    sentences: tuple[Line, ...]
    algebra: Line


Piece = str | Part | Sequence["Piece"]


def line(*pieces: Piece, under: Sequence[Line] = (), name: str = "") -> Line:
    """A line of words and parts.

    >>> line("find ", Part("variable", "?x"), ".").text
    'find ?x.'
    """
    return Line(tuple(flat(pieces)), tuple(under), name)


def flat(pieces: Sequence[Piece]) -> Iterator[Part]:
    """Words and parts, however nested, in a row."""
    for piece in pieces:
        if isinstance(piece, str):
            yield Part("words", piece)
        elif isinstance(piece, Part):
            yield piece
        else:
            yield from flat(piece)


def joined(items: Sequence[Piece], last: str = " and ") -> list[Piece]:
    """Items in a row.

    >>> line(joined(["a", "b", "c"])).text
    'a, b and c'
    """
    made: list[Piece] = []
    for place, item in enumerate(items):
        if place:
            made.append(last if place == len(items) - 1 else ", ")
        made.append(item)
    return made


def term(node: Any) -> Part:
    """An RDF term or variable as a part."""
    if isinstance(node, Variable):
        return Part(
            "variable", f"?{node.removeprefix('__').removesuffix('__')}"
        )  # rdflib's own are __agg_1__ and so on
    if isinstance(node, URIRef):
        return Part("iri", str(node))
    if isinstance(node, BNode):
        return Part("blank", "something")
    if isinstance(node, Literal):
        number = node.datatype is not None and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        return Part("literal", str(node) if number else f"“{node}”")
    return Part("words", str(node))


def as_json(explained: Explained) -> dict[str, Any]:
    """The explanation as plain data."""
    return asdict(explained)


def from_json(data: dict[str, Any]) -> Explained:
    """The explanation that ``as_json`` took apart."""
    return Explained(tuple(_line(each) for each in data["sentences"]), _line(data["algebra"]))


def _line(data: dict[str, Any]) -> Line:
    parts = tuple(Part(str(part["kind"]), str(part["text"])) for part in data["parts"])
    return Line(parts, tuple(_line(each) for each in data["under"]), str(data["name"]))
