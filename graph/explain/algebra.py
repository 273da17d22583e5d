"""A query's algebra as a tree: each operator with what it works on beneath it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib.paths import Path
from rdflib.plugins.sparql.parserutils import CompValue

from graph.explain.expressions import said
from graph.explain.lines import Line, Piece, joined, line, term

NAMES = {
    "BGP": "Patterns",
    "LeftJoin": "Optional",
    "Extend": "Bind",
    "OrderBy": "Order",
    "AggregateJoin": "Aggregate",
    "ToMultiSet": "Table",
    "values": "Values",
    "SelectQuery": "Select",
    "AskQuery": "Ask",
    "ConstructQuery": "Construct",
    "DescribeQuery": "Describe",
}
"""rdflib's operator to the word on the page."""
CHILDREN = ("p", "p1", "p2")


def tree(node: CompValue) -> Line:
    """The algebra beneath a node."""
    name = NAMES.get(node.name, node.name)
    under = [tree(node[child]) for child in CHILDREN if child in node and isinstance(node[child], CompValue)]
    if node.name == "BGP":
        under = [line(term(s), " ", _way(p), " ", term(o), name="Triple") for s, p, o in node.triples]
    if node.name == "ConstructQuery":
        template = [line(term(s), " ", _way(p), " ", term(o), name="Triple") for s, p, o in node.template or ()]
        under = [line(name="Template", under=template), *under]
    return line(_detail(node), under=under, name=name)


def _way(way: Any) -> Piece:
    return _path(way) if isinstance(way, Path) else term(way)


def _path(way: Any) -> list[Piece]:
    """A path as SPARQL writes it, its IRIs as terms."""
    kind = type(way).__name__
    if kind == "SequencePath":
        return _with("/", way.args)
    if kind == "AlternativePath":
        return ["(", *_with("|", way.args), ")"]
    if kind == "InvPath":
        return ["^", *_path(way.arg)]
    if kind == "MulPath":
        return ["(", *_path(way.path), f"){way.mod}"]
    if kind == "NegatedPath":
        return ["!(", *_with("|", way.args), ")"]
    return [term(way)]


def _with(sign: str, steps: Any) -> list[Piece]:
    made: list[Piece] = []
    for place, step in enumerate(steps):
        made += [sign if place else "", *_path(step)]
    return made


def _detail(node: CompValue) -> list[Piece]:
    """What an operator says besides its operands."""
    return _DETAILS[node.name](node) if node.name in _DETAILS else []


def _words(expression: Any) -> list[Piece]:
    return said(expression, {}, lambda _: ["…"])


def _bound(node: CompValue) -> list[Piece]:
    return [*_words(node.expr), " as ", term(node.var)]


def _columns(node: CompValue) -> list[Piece]:
    return joined([term(name) for name in node.PV or ()], ", ")


def _order(node: CompValue) -> list[Piece]:
    return joined([[*_words(each.expr), " down" if each.order == "DESC" else ""] for each in node.expr], ", ")


def _slice(node: CompValue) -> list[Piece]:
    first = [f"from row {node.start + 1:,} on"] if node.start else []
    return joined([*first, *([f"at most {node.length:,}"] if node.length is not None else [])], ", ")


def _group(node: CompValue) -> list[Piece]:
    return ["by ", *joined([_words(each) for each in node.expr], ", ")] if node.expr else ["all rows"]


def _aggregate(node: CompValue) -> list[Piece]:
    return joined([[*_words(each), " as ", term(each.res)] for each in node.A], ", ")


def _condition(node: CompValue) -> list[Piece]:
    return [] if getattr(node.expr, "name", "") == "TrueFilter" else ["where ", *_words(node.expr)]


def _rows(node: CompValue) -> list[Piece]:
    return [f"{len(node.res):,} row{'' if len(node.res) == 1 else 's'}"]


_DETAILS: dict[str, Callable[[CompValue], list[Piece]]] = {
    "Filter": lambda node: _words(node.expr),
    "Graph": lambda node: [term(node.term)],
    "Extend": _bound,
    "Project": _columns,
    "DescribeQuery": _columns,
    "OrderBy": _order,
    "Slice": _slice,
    "Group": _group,
    "AggregateJoin": _aggregate,
    "LeftJoin": _condition,
    "values": _rows,
}
