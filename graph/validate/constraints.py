"""The constraints of SHACL that shapes.ttl uses, each as a function that makes a check from its parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import ge, gt, le, lt
from typing import Any

from rdflib import RDF, SH, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from graph.validate.statements import Statements, Unsure, datatype, is_iri, lexical, number
from graph.vocabulary import FILM

Check = Callable[[Statements, str, list[str]], bool]
"""Of the data, the focus node and its value nodes: whether the constraint holds."""
Maker = Callable[[Graph, Node], Check]
"""From the shapes graph and a constraint's parameter to its check."""
Compare = Callable[[Any, Any], Any]
"""One of Python's comparisons, as the operator module types them."""


def term(node: Node) -> str:
    """A term of the shapes graph as it stands in the data."""
    if isinstance(node, Literal) and node.datatype is None and node.language is None:
        return '"' + node.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return node.n3()


def once(values: Iterable[str]) -> list[str]:
    """The values of a path are a set: each once."""
    return list(dict.fromkeys(values))


def _min_count(_: Graph, least: Node) -> Check:
    count = int(str(least))
    return lambda data, focus, values: len(values) >= count


def _max_count(_: Graph, most: Node) -> Check:
    count = int(str(most))
    return lambda data, focus, values: len(values) <= count


def _class(_: Graph, kind: Node) -> Check:
    iri, a = term(kind), term(RDF.type)
    return lambda data, focus, values: all(iri in data.objects(value, a) for value in values)


def _datatype(_: Graph, kind: Node) -> Check:
    iri = str(kind)
    return lambda data, focus, values: all(not is_iri(value) and datatype(value) == iri for value in values)


def _node_kind(_: Graph, kind: Node) -> Check:
    if kind not in {SH.IRI, SH.Literal}:
        raise ValueError(f"the quick check does not know {kind}")
    wants_iri = kind == SH.IRI
    return lambda data, focus, values: all(is_iri(value) is wants_iri for value in values)


def _in(shapes: Graph, choice: Node) -> Check:
    allowed = {term(node) for node in Collection(shapes, choice)}
    return lambda data, focus, values: allowed.issuperset(values)


def _has_value(_: Graph, wanted: Node) -> Check:
    this = term(wanted)
    return lambda data, focus, values: this in values


def _pattern(_: Graph, pattern: Node) -> Check:
    compiled = re.compile(str(pattern))
    return lambda data, focus, values: all(compiled.search(lexical(value)) for value in values)


def _min_length(_: Graph, least: Node) -> Check:
    length = int(str(least))
    return lambda data, focus, values: all(len(lexical(value)) >= length for value in values)


def _bound(compare: Compare) -> Maker:
    def make(_: Graph, limit: Node) -> Check:
        bound = number(term(Literal(str(limit), datatype=limit.datatype)))  # type: ignore[attr-defined]  # a literal
        return lambda data, focus, values: all(compare(number(value), bound) for value in values)

    return make


def _than(compare: Compare) -> Maker:
    def make(_: Graph, other: Node) -> Check:
        iri = term(other)
        return lambda data, focus, values: all(
            compare(number(value), number(bound)) for value in values for bound in data.objects(focus, iri)
        )

    return make


def _equals(_: Graph, other: Node) -> Check:
    iri = term(other)
    return lambda data, focus, values: set(values) == set(data.objects(focus, iri))


def _sparql(_: Graph, query: Node) -> Check:
    """Queries are not run here; the one that shapes.ttl holds is written again in Python."""
    if not str(query).endswith("#passage-in-text"):
        raise ValueError(f"the quick check does not know the query {query}")
    return _passages_in_text


def _passages_in_text(data: Statements, focus: str, _: list[str]) -> bool:
    texts = [lexical(text) for text in data.objects(focus, term(FILM.text))]
    return all(
        text[start:end] == quote
        for text in texts
        for passage in data.subjects(term(FILM.inSource), focus)
        for start, end, quote in _positions(data, passage)
    )


def _positions(data: Statements, passage: str) -> Iterable[tuple[int, int, str]]:
    """Start, end and quote of a passage; a review's own rating is in the source too, and has none."""
    for quote in data.objects(passage, term(FILM.quote)):
        for start in data.objects(passage, term(FILM.start)):
            for end in data.objects(passage, term(FILM.end)):
                first, last = number(start), number(end)
                if first != int(first) or last != int(last) or not 0 <= first < last or is_iri(quote):
                    raise Unsure  # SPARQL's SUBSTR has rules of its own for these
                yield int(first), int(last), lexical(quote)


CONSTRAINTS: dict[Node, Maker] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH["in"]: _in,
    SH.hasValue: _has_value,
    SH.pattern: _pattern,
    SH.minLength: _min_length,
    SH.minInclusive: _bound(ge),
    SH.maxInclusive: _bound(le),
    SH.minExclusive: _bound(gt),
    SH.maxExclusive: _bound(lt),
    SH.lessThan: _than(lt),
    SH.lessThanOrEquals: _than(le),
    SH.equals: _equals,
    SH.sparql: _sparql,
}
"""All but those that hold shapes themselves, which are in ``quick``."""
