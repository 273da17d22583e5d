"""Filters, functions and aggregates in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.parserutils import CompValue

from graph.explain.lines import Piece, joined, term

Patterns = Callable[[Any], list[Piece]]
"""Tells what a group of patterns says, in one sentence; for EXISTS."""

COMPARED = {
    "=": " is ",
    "!=": " is not ",
    "<": " is less than ",
    ">": " is more than ",
    "<=": " is at most ",
    ">=": " is at least ",
    "IN": " is one of ",
    "NOT IN": " is none of ",
}
SAID = {
    "CONTAINS": "{0} contains {1}",
    "STRSTARTS": "{0} begins with {1}",
    "STRENDS": "{0} ends with {1}",
    "REGEX": "{0} matches the pattern {1}",
    "LCASE": "{0} in small letters",
    "UCASE": "{0} in capitals",
    "STR": "{0} as text",
    "STRLEN": "the length of {0}",
    "LANG": "the language of {0}",
    "LANGMATCHES": "{0} is a language of the kind {1}",
    "DATATYPE": "the datatype of {0}",
    "BOUND": "{0} has a value",
    "ISIRI": "{0} is a resource",
    "ISURI": "{0} is a resource",
    "ISLITERAL": "{0} is a plain value",
    "ISBLANK": "{0} is a blank node",
    "ISNUMERIC": "{0} is a number",
    "YEAR": "the year of {0}",
    "MONTH": "the month of {0}",
    "DAY": "the day of {0}",
    "ABS": "{0} without its sign",
    "ROUND": "{0} rounded",
    "FLOOR": "{0} rounded down",
    "CEIL": "{0} rounded up",
    "SAMETERM": "{0} is the very same as {1}",
    "STRBEFORE": "what stands in {0} before {1}",
    "STRAFTER": "what stands in {0} after {1}",
    "IF": "{1} if {0}, else {2}",
    "NOW": "this moment",
    "IRI": "the IRI {0}",
    "URI": "the IRI {0}",
}
"""What builtin functions say of their arguments; the others are named."""
COUNTED = {
    "Sum": "the sum of ",
    "Avg": "the average of ",
    "Min": "the lowest ",
    "Max": "the highest ",
    "Sample": "any one ",
}
CASTS = {
    "integer": "a whole number",
    "decimal": "a number",
    "double": "a number",
    "float": "a number",
    "string": "text",
}
"""What the functions of XML Schema make of a value."""
ARGUMENTS = ("arg", "arg1", "arg2", "arg3", "text", "pattern", "flags")


def said(node: Any, aggregates: Mapping[str, CompValue], patterns: Patterns) -> list[Piece]:
    """An expression in words; ``aggregates`` are those that the algebra keeps under names of its own."""

    def say(inner: Any) -> list[Piece]:
        return said(inner, aggregates, patterns)

    if isinstance(node, Variable):
        return say(aggregates[str(node)]) if str(node) in aggregates else [term(node)]
    if not isinstance(node, CompValue):
        return [term(node)]
    if node.name.startswith("Aggregate_"):
        return _aggregate(node, say)
    if node.name in _KINDS:
        return _KINDS[node.name](node, say)
    if node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        return [
            "there is nothing for which " if "NOT" in node.name else "there is something for which ",
            *patterns(node.graph),
        ]
    if node.name.startswith("Builtin_"):
        return _builtin(node, say)
    return [node.name]


Say = Callable[[Any], list[Piece]]


def _relation(node: CompValue, say: Say) -> list[Piece]:
    others = node.other if isinstance(node.other, list) else [node.other]
    return [*say(node.expr), COMPARED.get(node.op, f" {node.op} "), *joined([say(each) for each in others], " or ")]


def _both(word: str) -> Callable[[CompValue, Say], list[Piece]]:
    def both(node: CompValue, say: Say) -> list[Piece]:
        return joined([say(node.expr), *(say(each) for each in node.other)], word)

    return both


def _sum(node: CompValue, say: Say) -> list[Piece]:
    operators = node.op if isinstance(node.op, list) else [node.op]
    others = node.other if isinstance(node.other, list) else [node.other]
    made = list(say(node.expr))
    for operator, other in zip(operators, others, strict=False):
        made += [f" {_SIGNS.get(str(operator), operator)} ", *say(other)]
    return made


_SIGNS = {"*": "times", "/": "divided by", "+": "plus", "-": "minus"}


def _function(node: CompValue, say: Say) -> list[Piece]:
    arguments = node.expr if isinstance(node.expr, list) else [node.expr]
    space, _, name = str(node.iri).partition("#")
    kind = CASTS.get(name) if space.endswith("XMLSchema") else None
    return [*joined([say(each) for each in arguments]), " as ", kind or term(node.iri)]


def _builtin(node: CompValue, say: Say) -> list[Piece]:
    name = node.name.removeprefix("Builtin_")
    given: list[Any] = []
    for key in ARGUMENTS:
        value = dict.get(node, key)  # its own get() makes up what is not there
        if value not in (None, "", []):
            given += value if isinstance(value, list) else [value]
    words = [say(each) for each in given]
    if name in ("CONCAT", "COALESCE"):
        return [
            "the first that has a value of " if name == "COALESCE" else "",
            *joined(words),
            "" if name == "COALESCE" else " joined",
        ]
    pattern = SAID.get(name)
    if pattern is None or len(words) < 1 + max((int(c) for c in pattern if c.isdigit()), default=-1):
        return [f"{name} of ", *joined(words)] if words else [name]
    return _filled(pattern, words)


def _filled(pattern: str, words: list[list[Piece]]) -> list[Piece]:
    """A pattern such as ``{0} begins with {1}`` with its places filled."""
    made: list[Piece] = []
    for place, piece in enumerate(pattern.replace("{", "}").split("}")):
        made.append(words[int(piece)] if place % 2 else piece)
    return made


def _aggregate(node: CompValue, say: Say) -> list[Piece]:
    kind, distinct = node.name.removeprefix("Aggregate_"), bool(node.distinct)
    if kind == "Count":
        if node.vars == "*":
            return ["the number of rows"]
        return ["the number of different " if distinct else "the number of ", *say(node.vars)]
    if kind == "GroupConcat":
        return ["all different values of " if distinct else "all values of ", *say(node.vars), " in a row"]
    return [COUNTED.get(kind, f"{kind} of "), *say(node.vars)]


_KINDS: dict[str, Callable[[CompValue, Say], list[Piece]]] = {
    "RelationalExpression": _relation,
    "ConditionalAndExpression": _both(" and "),
    "ConditionalOrExpression": _both(" or "),
    "UnaryNot": lambda node, say: ["it is not so that ", *say(node.expr)],
    "UnaryMinus": lambda node, say: ["minus ", *say(node.expr)],
    "UnaryPlus": lambda node, say: say(node.expr),
    "AdditiveExpression": _sum,
    "MultiplicativeExpression": _sum,
    "Function": _function,
}
"""How each kind of expression is told."""
