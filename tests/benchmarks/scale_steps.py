"""What the benchmark of scale measures at one size, step by step."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from rdflib import Literal, URIRef

from graph import build, datasets, query, sidecar, snapshot
from graph.iris import DEFAULT_BASE
from graph.sources.imdb import Choice
from graph.store import QuerySource
from tests.benchmarks.effort import memory, work
from tests.benchmarks.growth import Figures

REVIEW = """{title} ({year}) Review

{title} is a {year} drama about two families on one island.

The ferryman, {character} ({actor}), wants only quiet.

Actor(s): {actor}

Genre: Drama
"""
FILM = """
PREFIX film: <https://w3id.org/filmgraph#>
SELECT ?title ?year ?actor {{ <{film}> film:title ?title ; film:year ?year ; film:actor/film:name ?actor }} LIMIT 1
"""


def tell(what: str) -> None:
    """Say what is being done, and when it began."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def compacted(place: build.Place) -> Figures:
    """What follows an import of the command line: the store compacted, beside its readers."""
    began, worked = time.perf_counter(), work()
    snapshot.compact(place.data)
    return {"compacted afterwards (s)": time.perf_counter() - began, "its processor time (s) ": work() - worked}


def asked(place: build.Place) -> Figures:
    """The site's questions to the current snapshot."""
    with snapshot.open_current(place.data) as current:
        return _questions(current, sidecar.Sidecar.open(current.folder / sidecar.NAME))


def imported(folder: Path, place: build.Place) -> Figures:
    """Import the files in ``folder``; what was published, and what that took."""
    began, worked, steps = time.perf_counter(), work(), dict[str, float]()

    def note(step: str, *_: int) -> None:
        if step not in steps:
            steps[step] = time.perf_counter() - began
            tell(f"  {steps[step]:6.1f} s: {step}")

    with memory() as peak:
        offer = datasets.imdb(folder / "in", Choice(), datasets.Edition())
        build.import_dataset(replace(place, meter=note), offer)
        taken = time.perf_counter() - began
    entry = snapshot.list_snapshots(place.data)[-1]
    store = place.data / "current"
    tell(f"  {taken:6.1f} s: published")
    return {
        "triples": entry.triples,
        **{name: entry.counts[name] for name in ("films", "people", "roles")},
        "import, published (s)": taken,
        "triples a second": entry.triples / taken,
        "processor time (s)": work() - worked,
        "peak memory (MB)": max(peak) / 1e6,
        "store on disk (MB)": sum(path.stat().st_size for path in (store / "store").iterdir()) / 1e6,
        "search index on disk (MB)": (store / sidecar.NAME).stat().st_size / 1e6,
    }


def _questions(current: QuerySource, index: sidecar.Sidecar) -> Figures:
    """Median and 95th percentile of the site's questions, in milliseconds, each asked of many things once."""
    films = [URIRef(f"{DEFAULT_BASE}film/tt{number:07}") for number in range(3, 1003, 5)]
    people = [URIRef(f"{DEFAULT_BASE}person/nm{number**2 % 9973:07}") for number in range(1, 200)]
    names = [hit.label for letter in "abcdefghijklmnoprstuvw" for hit in index.suggest(letter, 8)]
    typos = [f"{name[:2]}{name[3:-1]}x{name[-1]}" for name in names if len(name) > 6]
    played = [Literal(name) for name in ("Doctor", "Policeman", *names[:60])]
    questions: dict[str, list[Callable[[], object]]] = {
        "film's cast": [partial(index.dossier, str(iri)) for iri in films],
        "film's cast, in SPARQL": [partial(_ask, current, "film-cast", film=iri) for iri in films],
        "actor's roles": [partial(_ask, current, "person-roles", person=iri) for iri in people],
        "co-stars": [partial(index.colleagues, str(iri)) for iri in people],
        "who played a name": [partial(_ask, current, "character-faces", name=name) for name in played],
        "search with a typo": [partial(index.search, typo) for typo in typos],
        "home figures": [index.counts for _ in range(50)],
    }
    figures: Figures = {}
    for name, calls in questions.items():
        times = sorted(_timed(call) for call in calls)
        figures[name] = [statistics.median(times), times[int(len(times) * 0.95)]]
    return figures


def _ask(source: QuerySource, question: str, /, **terms: URIRef | Literal) -> object:
    return source.select(query.fill(question, limit=None, **terms))


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def added(folder: Path, place: build.Place) -> Figures:
    """Add one review more, while what a site shows is asked for all the time; it must never fail or hang."""
    number = len(list(folder.glob("review-*.txt"))) + 1
    with snapshot.open_current(place.data) as current:
        ((title, year, actor),) = current.select(FILM.format(film=f"{DEFAULT_BASE}film/tt{number:07}")).rows
    path = folder / f"review-{number}.txt"
    character = f"Odd Storn {number}"
    path.write_text(REVIEW.format(title=title, year=year, character=character, actor=actor), encoding="utf-8")
    follower, done, waits = snapshot.Follower(place.data), threading.Event(), [0.0]

    def browse() -> None:
        while not done.wait(0.005):
            film = URIRef(f"{DEFAULT_BASE}film/tt{number:07}")
            waits.append(_timed(partial(_ask, follower.get().snapshot, "film-cast", film=film)))

    reader = threading.Thread(target=browse, daemon=True)
    reader.start()
    began, worked = time.perf_counter(), work()
    report = build.add(place, [str(path)])
    found = follower.get().sidecar.search(character)
    taken, worked = time.perf_counter() - began, work() - worked
    done.set()
    reader.join()
    assert report.added, f"{path} was added before"
    assert found, f"{character} was added, but is not found"
    return {
        "one review more, visible (s)": taken,
        "its processor time (s)": worked,
        "longest wait of a reader meanwhile (ms)": max(waits),
    }
