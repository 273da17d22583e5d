"""Takes what is withdrawn out of the graphs of sources, and puts it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rdflib import URIRef

from graph import query
from graph.infer import in_graph
from graph.iris import Iris
from graph.recall import sources
from graph.store import QuerySource, Writer, digest_amended
from graph.withdraw.follow import Stated, followed, stated
from graph.withdraw.record import Lines, Withdrawal, as_quads, read_all

Amended = dict[str, Lines]
"""The lines that were added to graphs, or taken from them, by the graph's IRI."""


def keep(writer: Writer, iris: Iris, withdrawals: list[Withdrawal] | None = None) -> Amended:
    """Take out of the graphs what is withdrawn and still, or again, in them; gives the lines that this took.

    ``withdrawals`` take the place of those that are written down. A role that was merged into another since then is
    withdrawn under the IRI that it has now.
    """
    if withdrawals is None:
        if str(iris.withdrawals) not in writer.catalogue:
            return {}
        withdrawals = read_all(writer.source())
    amended: Amended = {}
    withdrawals = followed(writer, iris, withdrawals)
    places = stated(writer.source(), [each.role for each in withdrawals])
    kept = [_take(writer, iris, each, places[str(each.role)], amended) for each in withdrawals]
    known = {entry.graph: entry.source for entry in sources(writer.source())}
    writer.replace_graph(str(iris.withdrawals), as_quads(iris, kept, known))
    return amended


def lift(writer: Writer, iris: Iris) -> tuple[list[Withdrawal], Amended]:
    """Put back what all withdrawals took out; gives them, with nothing taken, and the lines that were put back."""
    if str(iris.withdrawals) not in writer.catalogue:
        return [], {}
    amended: Amended = {}
    found = read_all(writer.source())
    for each in found:
        for graph, lines in each.taken.items():
            if graph in writer.catalogue:
                things = {URIRef(line[1 : line.index(b">")].decode()) for line in lines}
                there = said(writer.source(), graph, things, each.role)
                _amend(writer, graph, lines - there, frozenset(), amended)
    return [replace(each, taken={}) for each in found], amended


def said(source: QuerySource, graph: str, things: Iterable[URIRef], role: URIRef) -> Lines:
    """The lines in which a graph describes some things, or speaks of a role."""
    name = URIRef(graph)
    text = query.fill("withdrawn/statements", graph=name, thing=sorted({role, *things}), value=role)
    return frozenset(in_graph(set(source.construct(text).splitlines()), name).splitlines())


def joined(*several: Amended) -> Amended:
    """What remains of changes one after the other: what was put back and taken out again is as it was."""
    found: dict[str, Lines] = {}
    for amended in several:
        for graph, lines in amended.items():
            found[graph] = found.get(graph, frozenset()) ^ lines
    return found


def _take(writer: Writer, iris: Iris, each: Withdrawal, places: list[Stated], amended: Amended) -> Withdrawal:
    """Take one role out of the graphs for which its withdrawal holds; what speaks of a role that is gone goes too."""
    own = {row.graph for row in places if row.itself and each.covers(row.graph, iris)}
    gone = own == {row.graph for row in places if row.itself}
    taken = {graph: lines for graph, lines in each.taken.items() if graph in writer.catalogue}
    for graph in sorted(own | ({row.graph for row in places} if gone else set())):
        lines = told(writer.source(), graph, each.role)
        if len(lines) < writer.catalogue[graph].triples:  # a graph that says nothing else is removed, not emptied
            _amend(writer, graph, frozenset(), lines, amended)
            taken[graph] = lines if graph in own else lines | taken.get(graph, frozenset())
    return replace(each, taken=taken)


def told(source: QuerySource, graph: str, role: URIRef) -> Lines:
    """All that a graph says for the sake of a role."""
    found = source.select(query.fill("withdrawn/things", graph=URIRef(graph), role=role))
    return said(source, graph, [URIRef(str(row[0])) for row in found], role)


def _amend(writer: Writer, graph: str, added: Lines, gone: Lines, amended: Amended) -> None:
    if not (added or gone):
        return
    digest = digest_amended(writer.catalogue[graph].sha256, added | gone)
    writer.amend_graph(graph, *(b"\n".join([*sorted(lines), b""]) for lines in (added, gone)))
    writer.sign(graph, digest)
    amended[graph] = amended.get(graph, frozenset()) ^ (added | gone)
