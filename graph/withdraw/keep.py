"""Takes what is withdrawn out of the graphs of sources, and puts it back."""

from __future__ import annotations

from collections import defaultdict
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
    withdrawals = followed(writer, iris, withdrawals)
    places = stated(writer.source(), [each.role for each in withdrawals])
    reach = [_reach(iris, each, places[str(each.role)]) for each in withdrawals]
    found = {graph: _told(writer, graph, withdrawals, reach) for graph in sorted(set().union(*map(set, reach)))}
    taken = {graph: lines for graph, roles in found.items() if (lines := _all(writer, graph, roles))}
    kept = [_noted(writer, each, graphs, found, taken) for each, graphs in zip(withdrawals, reach, strict=True)]
    for graph, lines in taken.items():
        _amend(writer, graph, added=frozenset(), gone=lines)
    known = {entry.graph: entry.source for entry in sources(writer.source())}
    writer.replace_graph(str(iris.withdrawals), as_quads(iris, kept, known))
    return taken


def lift(writer: Writer, iris: Iris) -> tuple[list[Withdrawal], Amended]:
    """Put back what all withdrawals took out; gives them, with nothing taken, and the lines that were put back."""
    if str(iris.withdrawals) not in writer.catalogue:
        return [], {}
    found = read_all(writer.source())
    added: dict[str, Lines] = {}
    for each in found:
        for graph, lines in each.taken.items():
            if graph in writer.catalogue:
                things = {URIRef(line[1 : line.index(b">")].decode()) for line in lines}
                there = said(writer.source(), graph, things, each.role)
                added[graph] = added.get(graph, frozenset()) | (lines - there)
    for graph, lines in added.items():  # after all questions: between asking and writing the store is opened anew
        _amend(writer, graph, added=lines, gone=frozenset())
    return [replace(each, taken={}) for each in found], added


def said(source: QuerySource, graph: str, things: Iterable[URIRef], role: URIRef) -> Lines:
    """The lines in which a graph describes some things, or speaks of a role."""
    name, found = URIRef(graph), set[bytes]()
    for thing in {role, *things}:  # quicker one by one: of several at once the engine looks through the whole graph
        text = query.fill("withdrawn/statements", graph=name, thing=thing, value=role)
        found.update(source.construct(text).splitlines())
    return frozenset(in_graph(found, name).splitlines())


def joined(*several: Amended) -> Amended:
    """What remains of changes one after the other: what was put back and taken out again is as it was."""
    found: dict[str, Lines] = {}
    for amended in several:
        for graph, lines in amended.items():
            found[graph] = found.get(graph, frozenset()) ^ lines
    return found


def _reach(iris: Iris, each: Withdrawal, places: list[Stated]) -> dict[str, bool]:
    """The graphs out of which a role goes, and whether each states it; what speaks of a role that is gone goes too."""
    own = {row.graph for row in places if row.itself and each.covers(row.graph, iris)}
    gone = own == {row.graph for row in places if row.itself}
    return {graph: graph in own for graph in own | ({row.graph for row in places} if gone else set())}


def _told(
    writer: Writer, graph: str, withdrawals: list[Withdrawal], reach: list[dict[str, bool]]
) -> dict[URIRef, Lines]:
    """All that a graph says for the sake of each role that goes out of it; of what several share, with the last."""
    source, name = writer.source(), URIRef(graph)
    roles = sorted({each.role for each, graphs in zip(withdrawals, reach, strict=True) if graph in graphs})
    named: dict[URIRef, set[URIRef]] = defaultdict(set)
    users: dict[URIRef, set[URIRef]] = defaultdict(set)
    for role in roles:  # quicker one by one: the engine would look through what all name, for each
        for thing, user in source.select(query.fill("withdrawn/users", graph=name, role=role)):
            named[role].add(URIRef(str(thing)))
            users[URIRef(str(thing))].add(URIRef(str(user)))
    found = {}
    for role in roles:
        alone = {thing for thing in named[role] if users[thing] <= set(roles) and role == max(users[thing])}
        rows = source.select(query.fill("withdrawn/things", graph=name, about=sorted({role, *alone})))
        found[role] = said(source, graph, alone | {URIRef(str(row[0])) for row in rows}, role)
    return found


def _all(writer: Writer, graph: str, roles: dict[URIRef, Lines]) -> Lines:
    """All lines that go out of a graph; none of one that says nothing else, which is removed, not emptied."""
    lines = frozenset[bytes]().union(*roles.values())
    return lines if len(lines) < writer.catalogue[graph].triples else frozenset()


def _noted(
    writer: Writer,
    each: Withdrawal,
    graphs: dict[str, bool],
    found: dict[str, dict[URIRef, Lines]],
    taken: Amended,
) -> Withdrawal:
    """The withdrawal with what it took, now or before; of graphs that are gone nothing is kept."""
    kept = {graph: lines for graph, lines in each.taken.items() if graph in writer.catalogue}
    for graph, itself in graphs.items():
        if graph in taken:
            lines = found[graph][each.role]
            kept[graph] = lines if itself else lines | kept.get(graph, frozenset())
    return replace(each, taken=kept)


def _amend(writer: Writer, graph: str, *, added: Lines, gone: Lines) -> None:
    if added or gone:
        digest = digest_amended(writer.catalogue[graph].sha256, added | gone)
        writer.amend_graph(graph, *(b"\n".join([*sorted(lines), b""]) for lines in (added, gone)))
        writer.sign(graph, digest)
