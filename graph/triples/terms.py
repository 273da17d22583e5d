"""Terms and lines: typed literals in the form in which engines store them, and N-Quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date as calendar
from decimal import Decimal
from typing import TypeVar

from rdflib import RDF, XSD, Literal, URIRef

T = TypeVar("T")
Node = URIRef | Literal
Triple = tuple[URIRef, URIRef, Node]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: float) -> Literal:
    """An xsd:decimal in canonical form.

    >>> str(decimal(5.0)), str(decimal(3.75))
    ('5', '3.75')
    """
    return Literal(format(Decimal(str(value)).normalize(), "f"), datatype=XSD.decimal)


def year(value: int) -> Literal:
    """An xsd:gYear of four digits."""
    return Literal(f"{value:04d}", datatype=XSD.gYear)


def date(value: str) -> Literal:
    """An xsd:date where the value is an ISO date, else the words as they stand.

    >>> date("2017-04-11").datatype == XSD.date, date("spring 2017").datatype
    (True, None)
    """
    try:
        whole = calendar.fromisoformat(value).isoformat() == value
    except ValueError:
        whole = False
    return Literal(value, datatype=XSD.date) if whole else Literal(value)


def types(subject: URIRef, *kinds: URIRef) -> Iterator[Triple]:
    """The rdf:type statements of a resource."""
    return ((subject, RDF.type, kind) for kind in kinds)


def optional(subject: URIRef, predicate: URIRef, value: T | None, term: Callable[[T], Node]) -> Iterator[Triple]:
    """One statement if the value is known, else none."""
    if value is not None:
        yield subject, predicate, term(value)


def nquads(triples: Iterable[Triple], graph: URIRef) -> bytes:
    """Triples as the sorted N-Quads of one graph, each statement once."""
    end = f" {graph.n3()} .\n"
    lines = sorted({f"{s.n3()} {p.n3()} {object_of(o)}{end}" for s, p, o in triples})
    return "".join(lines).encode()


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Triples as sorted N-Triples, each once."""
    return "".join(sorted({f"{s.n3()} {p.n3()} {object_of(o)} .\n" for s, p, o in triples})).encode()


def object_of(node: Node) -> str:
    """A term as N-Quads writes it; rdflib's ``n3`` would write long strings and numbers in Turtle's shorthand."""
    if isinstance(node, URIRef):
        return node.n3()
    tail = f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
    return f'"{str(node).translate(_ESCAPES)}"{tail}'
