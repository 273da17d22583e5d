"""Resolution once more, over all that is stored: what came first meets what came later, such as a dataset.

Reviews know a film by its title and a person by a name; so do datasets without ids of IMDb. Where the graph now holds
the same under a better id, their graphs are written anew with it. What was published stays to be found: every IRI that
went leads to the one that took its place, in the graph of merges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph.iris import Iris
from graph.recall import Memory, StoredSource
from graph.reunite.decide import Progress, Source, decide
from graph.reunite.write import note_merges, rewrite
from graph.store import Writer
from graph.triples.told import lines, read_told

__all__ = ["Reunited", "reunite"]

ANCHOR = "imdb"
"""The dataset whose ids all others are held against: nothing in it is ever renamed."""


@dataclass(frozen=True, slots=True)
class Reunited:
    """What became of a run: how many films, people and roles joined others, and how many pairs stay unsure."""

    films: int
    people: int
    roles: int
    doubts: int

    def words(self) -> str:
        """The figures in words."""
        joined = f"{self.films:,} films, {self.people:,} people and {self.roles:,} names of characters joined others"
        apart = "1 pair stays" if self.doubts == 1 else f"{self.doubts:,} pairs stay"
        return f"{joined}; {apart} apart (`filmgraph stats --unresolved`)"


def reunite(
    writer: Writer,
    iris: Iris,
    memory: Memory,
    entries: Iterable[StoredSource],
    progress: Progress = lambda *_: None,
) -> Reunited:
    """Resolve all sources but IMDb's against the whole graph, and write their graphs anew where that changed."""
    graphs = [graph for entry in entries if (graph := _read(writer, iris, entry)) is not None]
    decided = decide(graphs, iris, memory, progress)
    gone: dict[URIRef, set[URIRef]] = defaultdict(set)
    doubts = 0
    for number, graph in enumerate(graphs):
        progress("writing", number, len(graphs))
        moved, unsure = rewrite(writer, iris, graph, decided)
        doubts += unsure
        for old, new in moved.gone.items():
            gone[old] |= new
    note_merges(writer, iris, gone, decided)
    people = {person for _, person in decided.people}
    names = sum(bool(each.reason) for each in decided.roles.values())
    return Reunited(len(decided.films), len(people), names, doubts)


def _read(writer: Writer, iris: Iris, entry: StoredSource) -> Source | None:
    """What a source tells; None for IMDb, and for graphs that were imported as they are."""
    if entry.id == ANCHOR:
        return None
    data = writer.source().dump(entry.graph)
    if data.startswith(b"_:") or b"\n_:" in data:
        return None
    return Source(entry, read_told(lines(data, entry.graph)), entry.source.startswith(f"{iris.base}dataset/"))
