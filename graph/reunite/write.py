"""Writes the graphs of sources anew under the IRIs that resolution decided on, and what led to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rdflib import URIRef

from graph import query
from graph.iris import Iris
from graph.resolve import Doubt, Match
from graph.resolve.identify import explain_role, surest
from graph.reunite.decide import Decided, Source
from graph.store import Writer
from graph.triples import sources
from graph.triples.rename import Moves, Renaming, moves, renamed
from graph.triples.terms import Triple, nquads
from graph.triples.told import Line, Told, lines
from graph.vocabulary import FILM

_CHUNK = 300
"""Resources that are asked for at a time."""


def rewrite(writer: Writer, iris: Iris, graph: Source, decided: Decided) -> tuple[Moves, int]:
    """Write a source's graph with the new IRIs, matches and doubts; gives where its IRIs went, and how many doubts."""
    told, source, name = graph.told, graph.entry.id, graph.entry.graph
    renaming = _renaming(told, decided)
    statements = list(lines(writer.source().dump(name), name))
    moved = moves(told, statements, iris, renaming)
    kept = renamed(statements, told, iris, renaming, moved)
    matches, doubts = _explained(graph, iris, decided)
    said = sources.doubts(iris, source, doubts) if graph.stated else sources.decisions(iris, source, matches, doubts)
    writer.replace_graph(name, _joined(kept, nquads(said, URIRef(name)), name))
    return moved, len(doubts)


def _renaming(told: Told, decided: Decided) -> Renaming:
    films = {film: decided.films[film].iri for film in told.titles if film in decided.films}
    pairs = {(part.film, part.person) for part in told.parts.values()} & decided.people.keys()
    people = {pair: decided.people[pair].iri for pair in pairs}
    characters = {
        part.iri: attached.role.character
        for part in told.parts.values()
        if (attached := decided.roles.get(part.iri)) and attached.reason and attached.role.character
    }
    names = {new: decided.labels.get(new, "") for new in {*films.values(), *people.values()}}
    return Renaming(films, people, characters, names)


def _explained(graph: Source, iris: Iris, decided: Decided) -> tuple[tuple[Match, ...], list[Doubt]]:
    """Why the things of one source are others, and what of it stays unsure."""
    told, name = graph.told, graph.entry.graph
    went = [film for film in told.titles if film in decided.films]
    matches = [replace(decided.reasons[name, film], iri=decided.films[film].iri) for film in went]
    doubts = [doubt for film in told.titles for doubt in decided.doubts.get(film, [])]
    for part in told.parts.values():
        pair = part.film, part.person
        matches += [decided.people[pair]] if pair in decided.people else []
        doubts += decided.doubts.get(pair, [])
        if part.iri in decided.roles:
            why, unsure = explain_role(decided.roles[part.iri], *decided.now(part), iris)
            matches, doubts = matches + why, doubts + unsure
    return surest(matches), sorted(set(doubts))


def _joined(kept: set[Line], more: bytes, graph: str) -> bytes:
    own = {f"<{subject}> <{predicate}> {value} <{graph}> .\n".encode() for subject, predicate, value in kept}
    return b"".join(sorted(own | set(more.splitlines(keepends=True))))


def note_merges(writer: Writer, iris: Iris, gone: dict[URIRef, set[URIRef]], decided: Decided) -> None:
    """Write the graph of merges: those of before, to the IRIs of today, and the new ones.

    An IRI that some source uses again stands for what that source says, so nothing is said of where it went.
    """
    name, into = str(iris.merges), str(FILM.mergedInto)
    before = list(lines(writer.source().dump(name), name)) if name in writer.graphs() else []
    merged: dict[URIRef, set[URIRef]] = defaultdict(set, {old: set(new) for old, new in gone.items()})
    for subject, predicate, value in before:
        if predicate == into:
            target = URIRef(value[1:-1])
            merged[URIRef(subject)] |= gone.get(target, {target})
    live = _live(writer, iris, merged)
    again = {
        subject for subject, predicate, value in before if predicate == str(FILM.about) and URIRef(value[1:-1]) in live
    }
    kept = {line for line in before if line[0] not in again and line[1] != into}
    triples: list[Triple] = [
        (old, FILM.mergedInto, new) for old, targets in merged.items() if old not in live for new in targets
    ]
    for old, match in _reasons(decided):
        if old not in live:
            triples += sources.merge(iris, old, match)
    writer.replace_graph(name, _joined(kept, nquads(triples, iris.merges), name))


def _reasons(decided: Decided) -> Iterator[tuple[URIRef, Match]]:
    """Why each film, person and character went; of several reasons the surest."""
    best: dict[tuple[URIRef, URIRef], Match] = {}
    people = ((person, match) for (_, person), match in decided.people.items())
    for old, match in [*decided.films.items(), *people, *decided.characters.items()]:
        other = best.get((old, match.iri))
        if other is None or (match.confidence, other.reason) > (other.confidence, match.reason):
            best[old, match.iri] = match
    yield from ((old, match) for (old, _), match in best.items())


def _live(writer: Writer, iris: Iris, things: Iterable[URIRef]) -> set[URIRef]:
    ordered, found = sorted(things), set[URIRef]()
    for start in range(0, len(ordered), _CHUNK):
        text = query.fill("known/live", thing=ordered[start : start + _CHUNK], inferred=iris.inferred)
        rows = writer.source().select(text).rows
        found |= {URIRef(str(row[0])) for row in rows}
    return found
