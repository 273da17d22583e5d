"""Speed, on the bundled sample and beside a peer in the same run: `make bench`.

Reading (KB of text a second, on one core and on all, the start of the processes that read included, and the memory that
few and many reviews take), storing what was read, adding and publishing, named queries (the embedded engine beside
rdflib in memory), pages (in process, beside an application that says hello). Times are medians of repeated runs; of
reading also the processor time of the busiest process, which tells what other work on the machine hides.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from flask import Flask
from rdflib import Graph, URIRef

from graph import build, ontology, query, recall, snapshot
from graph.extract import extract
from graph.facts import Document
from graph.harvest import harvest
from graph.iris import DEFAULT_BASE
from graph.publishing import memory_of
from graph.shelf import Report, Shelf
from graph.sources.read import find_files, read
from graph.store import Snapshot, Writer, read_prefixes
from webapp import create_app
from webapp.config import Config

ROOT = Path(__file__).parents[2]
FILM = URIRef(DEFAULT_BASE + "film/hamlet-1996")
PERSON = URIRef(DEFAULT_BASE + "person/kenneth-branagh")
PAGES = ("/film/hamlet-1996", "/person/kenneth-branagh", "/films", "/")
REVIEWS = 2_000
"""Documents in the reading benchmark: the sample's reviews, over and over."""
FEW = 200
"""Documents beside which the memory of ``REVIEWS`` is measured."""


def median(action: Callable[[], object], runs: int = 30) -> float:
    """Median milliseconds of one call."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def documents() -> list[Document]:
    """The sample's reviews."""
    found = (item for path in find_files(ROOT / "samples" / "reviews") if isinstance(path, Path) for item in read(path))
    return [item for item in found if isinstance(item, Document)]


def repeated(texts: list[Document], count: int = REVIEWS) -> Iterator[Document]:
    """Many documents, each with a text of its own."""
    for number in range(count):
        document = texts[number % len(texts)]
        yield Document(f"{number}.txt", f"{document.text}\n\n{number}\n")


def reading(texts: list[Document]) -> None:
    """Extraction on one core and on all; then the memory of few and many reviews."""
    for document in texts:
        extract(document)
    size = sum(len(document.text.encode()) for document in repeated(texts)) / 1000
    alone = None
    for workers in sorted({1, os.cpu_count() or 1}):
        start, before = time.perf_counter(), os.times()
        count = sum(outcome.facts is not None for outcome in harvest(repeated(texts), workers=workers))
        spent = time.perf_counter() - start, busiest(before, os.times(), workers)
        alone = alone or spent
        clock, processor = (f"{size / s:7,.0f} KB/s ({a / s:.2f} times)" for s, a in zip(spent, alone, strict=True))
        print(f"  {f'{count:,} reviews on {workers} cores':28} {clock}  by processor time {processor}")
    few, many = (peak(count) for count in (FEW, REVIEWS))
    print(f"  {f'memory, {FEW:,} and {REVIEWS:,} reviews':28} {few:7.0f} MB and {many:.0f} MB")


def busiest(before: os.times_result, after: os.times_result, workers: int) -> float:
    """Processor seconds of this process, or of one of its ended workers on average, whichever is more."""
    own = after.user + after.system - before.user - before.system
    theirs = after.children_user + after.children_system - before.children_user - before.children_system
    return max(own, theirs / workers)


def peak(count: int) -> float:
    """The most megabytes that a process of its own holds, and its largest worker, while it reads ``count`` reviews."""
    done = subprocess.run(
        [sys.executable, __file__, "--memory", str(count)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def print_peak(count: int) -> None:
    """Read so many reviews and print the peak of this process and of its largest worker together, in megabytes."""
    sum(outcome.facts is not None for outcome in harvest(repeated(documents(), count), workers=2))
    print(sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024)


def storing(place: build.Place, texts: list[Document]) -> None:
    """What many new reviews cost the one process that stores them, beside what it cost to read them."""
    before = time.process_time()
    outcomes = list(harvest(repeated(texts, FEW), workers=1))
    read_in = time.process_time() - before
    with Writer(place.data) as writer, memory_of(place, writer) as memory:
        shelf = Shelf(place.iris, writer, memory, recall.sources(writer.source()), "full", False, Report())
        before = time.process_time()
        for outcome in outcomes:
            shelf.put(outcome)
        writer.settle()
        stored_in = time.process_time() - before
    each = (f"{1000 * seconds / FEW:.1f} ms" for seconds in (stored_in, read_in))
    print("  {:28} {:>10}  reading it {}".format("storing a review, processor", *each))


def publishing(place: build.Place) -> None:
    """Import, add, and one review more."""
    for label, action in (
        ("import facts, 176 films", lambda: build.import_facts(place, ROOT / "samples" / "films.toml")),
        ("add the sample's reviews", lambda: build.add(place, [str(ROOT / "samples" / "reviews")])),
        ("add one review more", lambda: build.add(place, [_one_more(place)])),
    ):
        print(f"  {label:28} {median(action, 1):10,.0f} ms")


def _one_more(place: build.Place) -> str:
    path = place.data / "more.txt"
    path.write_text("Rust (1990) Review\n\nRust is a drama.\n\nFay (Ann Bell) waits.\n", encoding="utf-8")
    return str(path)


def queries(current: Snapshot) -> None:
    """Lookups on the embedded engine and on rdflib in memory, the same text."""
    peer = Graph().parse(data=current.construct("CONSTRUCT WHERE { ?s ?p ?o }"), format="nt")
    print(f"  {'':28} {'embedded':>10} {'rdflib':>10}")
    for name, term in (("film-cast", FILM), ("person-roles", PERSON)):
        text = query.fill(name, limit=None, **dict.fromkeys(query.load(name).terms, term))
        ours, theirs = median(partial(current.select, text)), median(partial(_in_memory, peer, text), 3)
        print(f"  {name:28} {ours:7.2f} ms {theirs:7.2f} ms")


def _in_memory(graph: Graph, text: str) -> int:
    return len(list(graph.query(text)))


def pages(place: build.Place) -> None:
    """Whole pages in process, the first time and from the cache, beside an application that says hello."""
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    client = hello.test_client()
    print(f"  {'hello world':28} {median(partial(client.get, '/')):7.2f} ms")
    for path in PAGES:
        fresh, kept = (create_app(Config(place.data, cache=size)).test_client() for size in (0, 1 << 25))
        print(
            f"  {path:28} {median(partial(fresh.get, path)):7.2f} ms  cached {median(partial(kept.get, path)):6.2f} ms"
        )


def main() -> None:
    """All of it, or the memory alone."""
    if sys.argv[1:2] == ["--memory"]:
        print_peak(int(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = build.Place(Path(folder) / "var", DEFAULT_BASE)
        print("reading")
        reading(documents())
        print("storing and publishing")
        storing(place, documents())
        publishing(place)
        with snapshot.open_current(place.data, read_prefixes(ontology.PREFIXES)) as current:
            print("queries, median")
            queries(current)
        print("pages in process, median")
        pages(place)


if __name__ == "__main__":
    main()
