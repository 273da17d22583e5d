"""A query's algebra as English sentences."""

from __future__ import annotations

from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.plugins.sparql.parserutils import CompValue

from graph.explain.expressions import said
from graph.explain.lines import Line, Piece, joined, line, term
from graph.explain.patterns import triple

ROWS = 12
"""Rows of VALUES that are told one by one."""


def sentences(query: CompValue) -> list[Line]:
    """What a query asks for; ``query`` is the algebra of rdflib."""
    if query.name == "SelectQuery":
        return _Select().told(query.p)
    if query.name == "AskQuery":
        return [line("Is there anything for which all of this holds?", under=_Select().lines(_pattern(query.p)))]
    opened: dict[str, Line] = {
        "ConstructQuery": line("Make these statements:", under=[triple(each) for each in query.template or ()]),
        "DescribeQuery": line("Tell everything that is stated of ", joined([term(each) for each in query.PV or ()])),
    }
    body = _Select()
    rest = body.told(query.p, heading=None) if query.p is not None else []
    return [opened[query.name], *rest]


def _pattern(part: CompValue) -> CompValue:
    """What stands below projection and the like."""
    while part.name in ("Slice", "Distinct", "Reduced", "Project", "OrderBy"):
        part = part.p
    return part


class _Select:
    """Tells one SELECT, or one smaller SELECT inside another."""

    def __init__(self) -> None:
        self.aggregates: dict[str, CompValue] = {}

    def told(self, part: CompValue, heading: str | None = "Find ") -> list[Line]:
        """The lines of a query without its prologue; without a heading only what restricts and orders it."""
        after: list[Line] = []
        start: Line | None = None
        distinct = False
        while part.name in ("Slice", "Distinct", "Reduced", "Project", "OrderBy"):
            if part.name == "Slice":
                after.insert(0, _slice(part))
            elif part.name == "OrderBy":
                after.insert(0, self._order(part))
            elif part.name == "Project" and heading is not None:
                start = line(heading, _columns(part), ", no row twice" if distinct else "")
            distinct |= part.name == "Distinct"
            part = part.p
        body, grouped = self._body(part)
        holds = [line("where all of this holds:", under=body)] if body else []
        return [*([start] if start else []), *holds, *grouped, *after]

    def _body(self, part: CompValue) -> tuple[list[Line], list[Line]]:
        """The patterns, and what is done with their rows where these are put together in groups."""
        above: list[CompValue] = []
        below = part
        while below.name in ("Extend", "Filter"):
            above.append(below)
            below = below.p
        if below.name != "AggregateJoin":
            return self.lines(part), []
        self.aggregates |= {str(each.res): each for each in below.A}
        grouped = [self._group(below.p)]
        for each in reversed(above):
            if each.name == "Filter":
                grouped.append(line("Keep only those for which ", self.words(each.expr)))
            elif not self._same(each):
                grouped.append(line("Let ", term(each.var), " be ", self.words(each.expr)))
        return self.lines(below.p.p), grouped

    def _group(self, group: CompValue) -> Line:
        keys = group.expr or []
        if not keys:
            return line("Put all rows together")
        return line("Put together the rows that have the same ", joined([self.words(_key(each)) for each in keys]))

    def _same(self, extend: CompValue) -> bool:
        """Whether a variable is only carried through a group."""
        found = self.aggregates.get(str(extend.expr)) if isinstance(extend.expr, Variable) else None
        return found is not None and found.name == "Aggregate_Sample" and found.vars == extend.var

    def _order(self, part: CompValue) -> Line:
        keys = [[*self.words(each.expr), ", the highest first" if each.order == "DESC" else ""] for each in part.expr]
        return line("Sort by ", keys[0], [[", then by ", key] for key in keys[1:]])

    def words(self, expression: Any) -> list[Piece]:
        """An expression in words."""
        return said(expression, self.aggregates, self._exists)

    def _exists(self, graph: Any) -> list[Piece]:
        return joined([[*each.parts] for each in self.lines(_group(graph))])

    def lines(self, part: CompValue) -> list[Line]:
        """What a graph pattern says."""
        return _TOLD[part.name](self, part) if part.name in _TOLD else [line(part.name)]

    def bgp(self, part: CompValue) -> list[Line]:
        return [triple(each) for each in part.triples]

    def join(self, part: CompValue) -> list[Line]:
        return [*self.lines(part.p1), *self.lines(part.p2)]

    def filter(self, part: CompValue) -> list[Line]:
        return [*self.lines(part.p), *(self.condition(each) for each in _conditions(part.expr))]

    def condition(self, expression: Any) -> Line:
        """One thing that must be true of each row."""
        name = getattr(expression, "name", "")
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            what = "nothing" if "NOT" in name else "something"
            return line(f"only where there is {what} for which", under=self.lines(_group(expression.graph)))
        return line("only where ", self.words(expression))

    def optional(self, part: CompValue) -> list[Line]:
        true = getattr(part.expr, "name", "") == "TrueFilter"
        only = [] if true else [self.condition(each) for each in _conditions(part.expr)]
        return [*self.lines(part.p1), line("and, where it is known:", under=[*self.lines(part.p2), *only])]

    def union(self, part: CompValue) -> list[Line]:
        ways, left = [part.p2], part.p1
        while left.name == "Union":
            ways, left = [left.p2, *ways], left.p1
        return [
            line("either" if place == 0 else "or", under=self.lines(way)) for place, way in enumerate([left, *ways])
        ]

    def minus(self, part: CompValue) -> list[Line]:
        return [*self.lines(part.p1), line("but leave out those for which", under=self.lines(part.p2))]

    def graph(self, part: CompValue) -> list[Line]:
        return [line("and in the graph ", term(part.term), ":", under=self.lines(part.p))]

    def extend(self, part: CompValue) -> list[Line]:
        return [*self.lines(part.p), line("let ", term(part.var), " be ", self.words(part.expr))]

    def smaller(self, part: CompValue) -> list[Line]:
        if part.p.name == "values":
            return _values(part.p.res)
        return [line("with the outcome of a question inside this one:", under=_Select().told(part.p))]


_TOLD = {
    "BGP": _Select.bgp,
    "Join": _Select.join,
    "Filter": _Select.filter,
    "LeftJoin": _Select.optional,
    "Union": _Select.union,
    "Minus": _Select.minus,
    "Graph": _Select.graph,
    "Extend": _Select.extend,
    "ToMultiSet": _Select.smaller,
}


def _group(graph: CompValue) -> CompValue:
    """The algebra of the patterns of an EXISTS, which rdflib leaves as it was parsed."""
    parsed = ("GroupGraphPatternSub", "SubSelect")
    return translateGroupGraphPattern(graph) if graph.name in parsed else graph


def _conditions(expression: Any) -> list[Any]:
    """The parts of a condition that must all be true."""
    if getattr(expression, "name", "") != "ConditionalAndExpression":
        return [expression]
    return [part for each in (expression.expr, *expression.other) for part in _conditions(each)]


def _columns(part: CompValue) -> list[Piece]:
    names = [term(name) for name in part.PV]
    return joined(names) if names else ["nothing"]


def _key(each: Any) -> Any:
    """What is grouped by: a variable, or an expression with a name."""
    return each.var if isinstance(each, CompValue) and each.name == "GroupAs" and each.var is not None else each


def _slice(part: CompValue) -> Line:
    skipped = f"Leave out the first {part.start:,} rows" if part.start else ""
    most = f"stop after {part.length:,} row{'' if part.length == 1 else 's'}" if part.length is not None else ""
    said = ", ".join(filter(None, [skipped, most]))
    return line(said[:1].upper() + said[1:])


def _values(rows: list[dict[Any, Any]]) -> list[Line]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return []
    told = [joined([term(row[name]) if name in row else "anything" for name in names]) for row in rows[:ROWS]]
    more = [f"{len(rows) - ROWS:,} more"] if len(rows) > ROWS else []
    verb = " is " if len(names) == 1 else " are "
    return [
        line(
            joined([term(name) for name in names]),
            verb,
            "one of " if len(rows) > 1 else "",
            joined([*told, *more], " or "),
        )
    ]
