"""The same graph and the same questions on three engines: the embedded one, Oxigraph's server, and Virtuoso.

``engines.py --triples 1`` generates files in IMDb's format whose import publishes about so many million triples, pushes
the snapshot into both servers, and prints the time that took and the median and 95th percentile of named queries, in
milliseconds. On a busy machine trust ratios, not times.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from rdflib import Literal, URIRef

sys.path.insert(0, str(Path(__file__).parents[2]))

from graph import build, datasets, ontology, query, snapshot
from graph.iris import DEFAULT_BASE
from graph.push import push
from graph.sources.imdb import Choice
from graph.store import QuerySource, read_prefixes
from tests.benchmarks.imdb_like import write_files
from tests.benchmarks.scale import PER_FILM
from tests.servers import oxigraph, virtuoso

TIMES = 40
"""How often a question is asked, of another film, person or name each time."""
WHOLE = 3
"""How often a question about the whole graph is asked."""


def main() -> None:
    """Measure and print a table in Markdown."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", type=float, default=1, help="size in millions")
    size = options.parse_args().triples
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        place = build.Place(folder / "var", DEFAULT_BASE)
        write_files(folder / "in", int(size * 1_000_000 / PER_FILM))
        build.import_dataset(place, datasets.imdb(folder / "in", Choice(), datasets.Edition()))
        current = servers.enter_context(snapshot.open_current(place.data, read_prefixes(ontology.PREFIXES)))
        print(f"{snapshot.read_manifest(current.folder).triples:,} triples")
        sources: dict[str, QuerySource] = {"embedded": current}
        questions = _questions(current)
        for title, starting in (
            ("Oxigraph server", oxigraph(folder / "oxigraph")),
            ("Virtuoso", virtuoso(folder / "virtuoso", DEFAULT_BASE)),
        ):
            server = servers.enter_context(starting)
            began = time.perf_counter()
            pushed = push(place.data, server.target())
            taken = time.perf_counter() - began
            print(
                f"{title}: pushed in {taken:.0f} s, {pushed.triples / taken:,.0f} triples a second, the merge included"
            )
            sources[title] = server.endpoint(prefixes=read_prefixes(ontology.PREFIXES))
        _table(sources, questions)


def _table(sources: Mapping[str, QuerySource], questions: Mapping[str, list[str]]) -> None:
    print("| median ms (p95) | " + " | ".join(sources) + " |")
    print("|---|" + "---|" * len(sources))
    for name, texts in questions.items():
        cells = [_cell(source, texts) for source in sources.values()]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def _questions(source: QuerySource) -> dict[str, list[str]]:
    """The texts of each named query, with other terms each time."""
    films = [URIRef(f"{DEFAULT_BASE}film/tt{number:07}") for number in range(TIMES)]
    people = [URIRef(f"{DEFAULT_BASE}person/nm{number:07}") for number in range(TIMES)]
    names = [Literal(str(row[0])) for row in source.select(_NAMES)]
    return {
        "film-cast": [query.fill("film-cast", film=film) for film in films],
        "person-roles": [query.fill("person-roles", person=person) for person in people],
        "person-colleagues": [query.fill("person-colleagues", person=person) for person in people],
        "film-same-cast": [query.fill("film-same-cast", film=film) for film in films],
        "character-faces": [query.fill("character-faces", name=name) for name in names],
        "roles of everyone, the 20 most": [_MOST] * WHOLE,
        "letters anywhere in a name": [_LETTERS] * WHOLE,
    }


_MOST = """
    SELECT ?actor (COUNT(DISTINCT ?role) AS ?roles) { ?role film:performer ?actor }
    GROUP BY ?actor ORDER BY DESC(?roles) ?actor LIMIT 20
"""
_LETTERS = """
    SELECT ?person ?name { ?person a film:Person ; film:name ?name FILTER(CONTAINS(LCASE(?name), "ann bel")) }
    ORDER BY ?name ?person LIMIT 30
"""
_NAMES = f"SELECT DISTINCT ?name {{ ?character a film:Character ; film:name ?name }} LIMIT {TIMES}"


def _cell(source: QuerySource, texts: list[str]) -> str:
    source.select(texts[0])  # what is loaded at first sight is not measured
    times = sorted(_timed(source, text) for text in texts)
    return f"{statistics.median(times):,.1f} ({times[int(len(times) * 0.95)]:,.1f})"


def _timed(source: QuerySource, text: str) -> float:
    began = time.perf_counter()
    source.select(text)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
