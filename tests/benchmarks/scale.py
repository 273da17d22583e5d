"""How imports, publishing, adding a review and the site's questions grow with the graph; prints a table in Markdown.

``scale.py`` measures 2 and 20 million triples, and beside the larger what Oxigraph's own loader and Virtuoso take for
the same N-Quads; ``--triples 2,20,60`` chooses sizes, ``--no-peers`` leaves the others out, ``--plot FILE`` says where
the picture goes. Triples are those of all named graphs, as ``filmgraph stats`` counts them; the store holds each a
second time in the merge of all graphs. Each size is measured in a process of its own, in a folder that is removed.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from rdflib import Literal, URIRef

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from graph import build, datasets, query, sidecar, snapshot  # noqa: E402 - the repository's root comes first
from graph.iris import DEFAULT_BASE  # noqa: E402
from graph.sources.imdb import Choice  # noqa: E402
from graph.store import QuerySource  # noqa: E402
from tests.benchmarks import peers  # noqa: E402
from tests.benchmarks.effort import memory, work  # noqa: E402
from tests.benchmarks.growth import Figures, draw, table  # noqa: E402
from tests.benchmarks.imdb_like import write_files  # noqa: E402

PER_FILM = 455
"""Triples that one generated film brings to what is published, about."""
GOALS = {
    "import, published (s)": 240,
    "peak memory (MB)": 3072,
    "one review more, visible (s)": 3,
    "film's cast": 3,
    "actor's roles": 20,
    "co-stars": 10,
    "who played a name": 10,
    "search with a typo": 10,
    "home figures": 2,
}
"""What is to be reached at 20 million triples; questions in milliseconds, median and 95th percentile."""
MORE = 20
"""Reviews that are added one after the other once the store is compacted."""
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
_LEFT = "filmgraph-scale-"
"""How the names of working folders begin."""
_SECONDS = ("import, published (s)", "Virtuoso's loader (s)", "Oxigraph's loader (s)", "one review more, visible (s)")


def main() -> None:
    """Measure each size in a process of its own, then print the table and draw the picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", default="2,20", help="sizes in millions, separated by commas")
    options.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    options.add_argument("--plot", type=Path, default=Path("var/scale.png"), help="the picture; default var/scale.png")
    options.add_argument("--no-peers", action="store_true", help="leave Oxigraph's loader and Virtuoso out")
    options.add_argument("--one", type=float, help=argparse.SUPPRESS)
    said = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended; the working folder is removed"))
    if said.one:
        print(json.dumps(_measured(said.folder, said.one)))
        return
    sizes = sorted(float(text) for text in said.triples.split(","))
    measured = []
    try:
        for size in sizes:
            with _working_folder(said.folder or Path(tempfile.gettempdir())) as folder:
                measured.append(_in_own_process(folder, size))
                if not said.no_peers and size == max(size for size in sizes if size <= 20 or size == sizes[0]):
                    measured[-1] |= _peers(folder)
    finally:  # where a size fails, what the smaller ones took is told all the same
        if measured:
            print(table(measured, GOALS))
            draw(measured, _SECONDS, said.plot)
            print(f"\nThe picture is in {said.plot}.")


@contextmanager
def _working_folder(parent: Path) -> Iterator[Path]:
    """A folder that is removed afterwards, or, where this process is killed, by the next that begins in ``parent``."""
    for left in parent.glob(f"{_LEFT}*"):
        with (left / "lock").open("a") as lock, suppress(OSError):  # one that is at work keeps its own
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_LEFT, dir=parent) as folder, (Path(folder) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(folder)


def _in_own_process(folder: Path, size: float) -> Figures:
    _tell(f"measuring {size:g} million triples")
    command = [sys.executable, __file__, "--one", str(size), "--folder", str(folder)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    figures: Figures = json.loads(answer.stdout.splitlines()[-1])
    return figures


def _peers(folder: Path) -> Figures:
    """What others take for the N-Quads of the current snapshot; the data folder makes room for them."""
    nquads = folder / "all.nq"
    _tell("writing the N-Quads for others")
    with snapshot.open_current(folder / "var") as current:
        current.dump_to(nquads)
    shutil.rmtree(folder / "var")
    figures: Figures = {"N-Quads (MB)": nquads.stat().st_size / 1e6}
    for name, load in (("Oxigraph's loader (s)", peers.oxigraph), ("Virtuoso's loader (s)", peers.virtuoso)):
        _tell(f"measuring {name}")
        figures[name] = load(nquads, folder)
    return figures


def _tell(what: str) -> None:
    """Say what is being done, and when it began."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _measured(folder: Path, size: float) -> Figures:
    """All figures of one size; the data folder is left in ``folder``."""
    place = build.Place(folder / "var", DEFAULT_BASE)
    _tell("making the files")
    write_files(folder / "in", int(size * 1_000_000 / PER_FILM))
    _tell("importing them")
    figures = _import(folder, place)
    shutil.rmtree(folder / "in")
    _tell("asking questions")
    figures["film's cast, in SPARQL, at once"] = _asked(place)["film's cast, in SPARQL"]
    _tell("adding three reviews")
    for number in (1, 2, 3):
        figures |= {name: min(value, figures.get(name, value)) for name, value in _add(folder, place, number).items()}
    if snapshot.is_large(place.data):
        _tell("compacting the store")
        snapshot.prune(place.data, 1)  # which would need the room
        figures |= _compact(place)
        snapshot.prune(place.data, 1)
    _tell("asking questions again")
    figures |= _asked(place)
    _tell(f"adding {MORE} reviews")
    taken = [_add(folder, place, number)["one review more, visible (s)"] for number in range(4, 4 + MORE)]
    return figures | {f"longest of {MORE} reviews more (s)": max(taken)}


def _compact(place: build.Place) -> Figures:
    """What follows an import of the command line: the store compacted, beside its readers."""
    began, worked = time.perf_counter(), work()
    snapshot.compact(place.data)
    return {"compacted afterwards (s)": time.perf_counter() - began, "its processor time (s) ": work() - worked}


def _asked(place: build.Place) -> Figures:
    with snapshot.open_current(place.data) as current:
        return _questions(current, sidecar.Sidecar.open(current.folder / sidecar.NAME))


def _import(folder: Path, place: build.Place) -> Figures:
    began, worked, steps = time.perf_counter(), work(), dict[str, float]()

    def note(step: str, *_: int) -> None:
        if step not in steps:
            steps[step] = time.perf_counter() - began
            _tell(f"  {steps[step]:6.1f} s: {step}")

    with memory() as peak:
        offer = datasets.imdb(folder / "in", Choice(), datasets.Edition())
        build.import_dataset(place, offer, note)
        taken = time.perf_counter() - began
    entry = snapshot.list_snapshots(place.data)[-1]
    store = place.data / "current"
    _tell(f"  {taken:6.1f} s: published")
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


def _add(folder: Path, place: build.Place, number: int) -> Figures:
    """Add one review, while what a site shows is asked for all the time; it must never fail or hang."""
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
    build.add(place, [str(path)])
    found = follower.get().sidecar.search(character)
    taken, worked = time.perf_counter() - began, work() - worked
    done.set()
    reader.join()
    assert found, f"{character} was added, but is not found"
    return {
        "one review more, visible (s)": taken,
        "its processor time (s)": worked,
        "longest wait of a reader meanwhile (ms)": max(waits),
    }


if __name__ == "__main__":
    main()
