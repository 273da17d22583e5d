"""Pages over HTTP: what they cost the server when they are new and when they are kept, and how they bear a crowd.

    .venv/bin/python -m tests.benchmarks.pages [--data FOLDER] [--pages 10000] [--servers]

FOLDER is any data folder; without it the bundled sample is published in a temporary one. It prints the processor time
that pages of films, people, characters and reviews cost in process, each asked for the first time, and what pages cost
the server, new and kept, beside servers that say hello, asked in turns. Then 32 connections walk at random over 10,000
pages while a new snapshot is published in a copy of the folder: how long they wait, what server and client each take of
the processor, what fails, and the memory of two workers before and after. With ``--servers`` the same pages also come
from Waitress.

On a busy machine processor time grows too: the first line says how fast the machine is just now.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from graph import build, snapshot
from graph.iris import DEFAULT_BASE
from graph.sidecar import NAME
from tests.benchmarks.client import Connection, cpu_nanoseconds, cpu_seconds, listener
from tests.benchmarks.crowd import Timed, at, copy, crowd
from tests.benchmarks.service import ROOT, await_answer, served
from tests.servers import free_port
from webapp import create_app
from webapp.config import Config

BATCH = 50
"""Requests between two looks at the server's processor time, which is told in hundredths of a second."""
BATCHES = 15
KEPT, TURNS, FIRST = 200, 60, 5
"""The same for requests that cost little: short turns, so that what else the machine does befalls all
of them alike; the first are not counted."""
KINDS = ("film", "person", "character", "review")
VISITS, WARM = 500, 50
"""Pages of each kind that are visited in process, after some that let the application load what it needs."""


def main() -> None:
    """All of it, on one data folder."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="a data folder; by default the bundled sample")
    options.add_argument("--pages", type=int, default=10_000, help="pages of the random walk")
    options.add_argument("--servers", action="store_true", help="the pages from Waitress too")
    said = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="filmgraph-pages-") as scratch:
        data = said.data or _sample(Path(scratch))
        paths = film_paths(data)
        print(f"{len(paths):,} films; load {os.getloadavg()[0]:.1f}; a million steps of Python take {_pace():.0f} ms")
        for kind in KINDS:
            first_visits(data, kind)
        costs(data, paths)
        if said.servers:
            costs_elsewhere(data, paths)
        crowd(copy(data, Path(scratch) / "copy"), paths, said.pages)


def film_paths(data: Path) -> list[str]:
    """The addresses of all films, in an order of chance that is always the same."""
    return paths_of(data, "film")


def paths_of(data: Path, kind: str) -> list[str]:
    """The addresses of all things of a kind that the index knows, in an order of chance that is always the same."""
    current = snapshot.current(data)
    assert current
    with closing(sqlite3.connect(f"{(current / NAME).resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
        rows = index.execute("SELECT DISTINCT iri FROM thing WHERE kind = ? ORDER BY iri", (kind,)).fetchall()
    paths = ["/" + str(iri).split("/", 3)[3] for (iri,) in rows]
    random.Random(5).shuffle(paths)  # noqa: S311  # for sampling
    return paths


def first_visits(data: Path, kind: str) -> None:
    """Milliseconds of processor time for pages of a kind that nobody has asked for, all of the application included."""
    client = create_app(Config(data, cache=0)).test_client()
    times: Timed = []
    paths = paths_of(data, kind)[: WARM + VISITS]
    for path in paths:
        before = time.process_time()
        answer = client.get(quote(path))
        times.append(1000 * (time.process_time() - before))
        assert answer.status_code == 200, path
    ordered = sorted(times[WARM:] or times)
    if ordered:
        told = ", ".join(f"p{part:.0%}"[:-1] + f" {at(ordered, part):.2f}" for part in (0.5, 0.95, 0.99))
        print(f"  {f'{len(ordered)} {kind} pages, first visit, in process':46} {told} ms of processor time")


def costs(data: Path, paths: list[str]) -> None:
    """Processor time of pages that are made, of one that is kept, and of two ways to say hello, asked in turns."""
    with ExitStack() as started:
        site = started.enter_context(served(data, workers="1"))
        bare, behind = (started.enter_context(_hello(name)) for name in ("granian", "gateway"))
        fresh = made(paths)
        warm_up(site, fresh)
        uncached = [_cost(site, [next(fresh) for _ in range(BATCH)]) for _ in range(BATCHES)]
        print(f"  {'film page, made':34} {_told(uncached)}")
        turns = {"film page, kept": (site, paths[0]), "hello, Flask behind our gateway": (behind, "/"),
                 "hello, Granian alone": (bare, "/")}  # fmt: skip
        found = in_turns(turns)
    for name, times in found.items():
        print(f"  {name:34} {_told(times)}")
    kept, *hellos = found.values()
    for hello, name in zip(hellos, list(found)[1:], strict=True):
        ratios = [one / other for one, other in zip(kept, hello, strict=True)]
        told = f"{statistics.median(ratios):5.2f} turn by turn, {min(kept) / min(hello):.2f} of the best turns"
        print(f"  {'kept page : ' + name:50} {told}")


def made(paths: list[str]) -> Iterator[str]:
    """The addresses of pages, each of which no one has asked for: another number behind it makes another page."""
    for turn in range(1_000):
        yield from (f"{path}?n={turn}" for path in paths)


def warm_up(address: str, paths: Iterator[str]) -> None:
    """Let the server load what it needs."""
    _cost(address, [next(paths) for _ in range(BATCH)])


def in_turns(turns: dict[str, tuple[str, str]]) -> dict[str, Timed]:
    """Milliseconds of processor time for a request to each, in batches one after the other."""
    found: dict[str, Timed] = {name: [] for name in turns}
    with ExitStack() as opened:
        lines = {name: opened.enter_context(Connection(address)) for name, (address, _) in turns.items()}
        for _ in range(TURNS + FIRST):
            for name, (address, path) in turns.items():
                found[name].append(_turn(lines[name], listener(address), path))
    return {name: times[FIRST:] for name, times in found.items()}


def _turn(line: Connection, pid: int, path: str) -> float:
    before = cpu_nanoseconds(pid)
    for _ in range(KEPT):
        line.get(path)
    return (cpu_nanoseconds(pid) - before) / KEPT / 1e6


def costs_elsewhere(data: Path, paths: list[str]) -> None:
    """The same pages from Waitress: one process, as many threads as it likes best."""
    with _hello("waitress", FILMGRAPH_DATA=str(data)) as address:
        fresh = made(paths)
        warm_up(address, fresh)
        uncached = [_cost(address, [next(fresh) for _ in range(BATCH)]) for _ in range(BATCHES)]
        kept = in_turns({"kept": (address, paths[0])})["kept"]
        print(f"  {'film page, made, Waitress':34} {_told(uncached)}")
        print(f"  {'film page, kept, Waitress':34} {_told(kept)}")


def _cost(address: str, paths: list[str]) -> float:
    """Milliseconds of the server's processor time for a request."""
    pid = listener(address)
    with Connection(address) as line:
        before = cpu_seconds(pid)
        for path in paths:
            line.get(path)
        return 1000 * (cpu_seconds(pid) - before) / len(paths)


def _told(times: Timed) -> str:
    return f"{statistics.median(times):6.3f} ms of processor time ({min(times):.3f} to {max(times):.3f})"


def _pace() -> float:
    """Milliseconds of processor time for a fixed piece of work, the best of some."""

    def work() -> float:
        began, filled = time.process_time(), dict[int, str]()
        for number in range(1_000_000):
            filled[number & 1023] = str(number)
        return 1000 * (time.process_time() - began)

    return min(work() for _ in range(5))


@contextmanager
def _hello(name: str, **settings: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.hello", "serve", name, str(port)]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}) as server:
        try:
            await_answer(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _sample(scratch: Path) -> Path:
    place = build.Place(scratch / "var", DEFAULT_BASE)
    build.import_facts(place, ROOT / "samples" / "films.toml")
    build.add(place, [str(ROOT / "samples" / "reviews")])
    return place.data


if __name__ == "__main__":
    main()
