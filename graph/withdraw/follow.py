"""Finds withdrawn roles again under other IRIs: merged by resolution, or read anew from the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rdflib import URIRef

from graph import query
from graph.infer import in_graph
from graph.iris import Iris
from graph.store import QuerySource, Writer
from graph.triples.told import lines
from graph.vocabulary import FILM
from graph.withdraw.record import Withdrawal

CHUNK = 300
"""Roles that are asked for at a time."""
_PLACE = {str(FILM.start), str(FILM.end), str(FILM.mention)}
Passage = frozenset[tuple[str, str]]
"""Where a passage stands, and the words in it that were read: properties with their values."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One row of ``withdrawn/stated``: a graph that states a role ``itself``, or only speaks of it."""

    role: str
    graph: str
    itself: bool


@dataclass(frozen=True, slots=True)
class _Moved:
    role: str
    target: str


def stated(source: QuerySource, roles: Iterable[URIRef]) -> dict[str, list[Stated]]:
    """The graphs that state each role, or speak of it."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for chunk in _chunks(roles):
        for row in query.rows(source, "withdrawn/stated", Stated, role=chunk):
            found[row.role].append(row)
    return found


def followed(writer: Writer, iris: Iris, withdrawals: list[Withdrawal]) -> list[Withdrawal]:
    """The withdrawals under the IRIs that their roles have now; of two that meet there, the first."""
    there = stated(writer.source(), [each.role for each in withdrawals])
    before = withdrawals
    withdrawals = [_inherited(writer, iris, each, there[str(each.role)]) for each in before]
    lost = [
        each
        for each in withdrawals
        if not any(row.itself and each.covers(row.graph, iris) for row in there[str(each.role)])
    ]
    goes: dict[str, set[URIRef]] = defaultdict(set)
    for chunk in _chunks(each.role for each in lost):
        for row in query.rows(writer.source(), "withdrawn/moved", _Moved, role=chunk):
            goes[row.role].add(URIRef(row.target))
    found: dict[tuple[URIRef, URIRef | None], Withdrawal] = {}
    for was, each in zip(before, withdrawals, strict=True):
        merged = goes.get(str(each.role), set())
        changed = {graph for graph in each.taken if each.covers(graph, iris) and _is_changed(writer, graph)}
        stays = {each.role} if not merged and (each not in lost or each.taken.keys() - changed) else set()
        again = merged or (_again(writer, each, changed) if each in lost else set())
        for role in sorted(again | stays or {each.role}):
            taken, left = each.taken, each.former | {was.iri(iris)}
            if stays and again:  # each of the two has what its own graphs told
                taken = {graph: lines for graph, lines in taken.items() if (graph in changed) == (role != each.role)}
                left = left if role == each.role else frozenset()
            now = found.setdefault((role, each.source), replace(each, role=role, taken=taken, former=frozenset()))
            found[role, each.source] = replace(now, former=(now.former | left) - {now.iri(iris)})
    return [found[key] for key in sorted(found, key=lambda key: (key[0], key[1] or ""))]


def _inherited(writer: Writer, iris: Iris, each: Withdrawal, places: list[Stated]) -> Withdrawal:
    """The withdrawal from a source whose text was replaced holds for the new text, where that tells the role again."""
    if each.source is None or str(iris.graph(each.source.rsplit("/", 1)[-1])) in writer.catalogue:
        return each
    stem = each.source.rpartition("-")[0]
    for row in places:
        heir = URIRef(f"{each.source.rpartition('/')[0]}/{row.graph.rpartition('/')[2]}")
        if row.itself and row.graph not in writer.start and heir.rpartition("-")[0] == stem:
            return replace(each, source=heir)
    return each


def _is_changed(writer: Writer, graph: str) -> bool:
    return writer.catalogue.get(graph) != writer.start.get(graph)


def _again(writer: Writer, each: Withdrawal, changed: Iterable[str]) -> set[URIRef]:
    """The roles that sources, read anew, take from the very words of a withdrawn one."""
    return {role for graph in changed for role in _same_words(writer, graph, each.taken[graph])}


def _same_words(writer: Writer, graph: str, taken: Iterable[bytes]) -> set[URIRef]:
    """The roles that a graph tells now from the words from which another one was taken."""
    before = _passages(b"\n".join(taken), graph)
    if not before:  # a dataset has no passages, and may be large
        return set()
    data = writer.source().construct(query.fill("withdrawn/passages", graph=URIRef(graph)))
    now = _passages(in_graph(set(data.splitlines()), URIRef(graph)), graph)
    return {role for passage, roles in now.items() if passage in before for role in roles}


def _passages(nquads: bytes, graph: str) -> Mapping[Passage, set[URIRef]]:
    """The roles that each passage supports."""
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    roles: dict[str, URIRef] = {}
    for subject, predicate, value in lines(nquads, graph):
        if predicate in _PLACE:
            places[subject].add((predicate, value))
        elif predicate == str(FILM.supports):
            roles[subject] = URIRef(value[1:-1])
    found: dict[Passage, set[URIRef]] = defaultdict(set)
    for subject, role in roles.items():
        found[frozenset(places[subject])].add(role)
    return found


def _chunks(roles: Iterable[URIRef]) -> Iterator[list[URIRef]]:
    ordered = sorted(set(roles))
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
