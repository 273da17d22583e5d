"""Pages over HTTP: what they cost the server when they are new and when they are kept, and how they bear a crowd.

    .venv/bin/python -m tests.benchmarks.pages [--data FOLDER] [--pages 10000] [--servers]

FOLDER is any data folder; without it the bundled sample is published in a temporary one. Of film pages that are not
kept anywhere, and of one that is, it prints the server's processor time for a request, beside servers that say hello,
asked in turns; then the times of 32 connections on a random walk, during which a new snapshot is published in a copy of
the folder; and the memory of two workers. With ``--servers`` the same pages also come from Waitress.

On a busy machine processor time grows too: the first line says how fast the machine is just now.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from graph import build, snapshot
from graph.iris import DEFAULT_BASE
from tests.benchmarks.client import Connection, cpu_seconds, listener, memory
from tests.benchmarks.service import ROOT, await_answer, served
from tests.servers import free_port

BATCH = 50
"""Requests between two looks at the server's processor time, which is told in hundredths of a second."""
BATCHES = 15
KEPT = 1_000
"""The same for requests that cost little."""
PROCESSES, THREADS = 2, 16
"""The crowd: so many connections in each of so many processes."""
LINK = re.compile(rb'href="(/(?:film|person|character)/[^"#?]+)"')
REVIEW = "Glass Tide {number} (2019) Review\n\nGlass Tide {number} is a drama.\n\nNora Vale (Ann Bell) waits.\n"
Timed = list[float]


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
        costs(data, paths)
        if said.servers:
            costs_elsewhere(data, paths)
        crowd(_copy(data, Path(scratch) / "copy"), paths, said.pages)


def film_paths(data: Path) -> list[str]:
    """The addresses of all films, in an order of chance that is always the same."""
    with snapshot.open_current(data) as current:
        rows = current.select("SELECT DISTINCT ?film { ?film a <https://w3id.org/filmgraph#Film> } ORDER BY ?film").rows
    paths = ["/" + str(film).split("/", 3)[3] for (film,) in rows]
    random.Random(5).shuffle(paths)  # noqa: S311  # for sampling
    return paths


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
    kept, *hellos = (statistics.median(times) for times in found.values())
    for hello, name in zip(hellos, list(found)[1:], strict=True):
        print(f"  {'kept page : ' + name:50} {kept / hello:5.2f}")


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
    for _ in range(BATCHES + 1):
        for name, (address, path) in turns.items():
            found[name].append(_cost(address, [path] * KEPT))
    return {name: times[1:] for name, times in found.items()}


def costs_elsewhere(data: Path, paths: list[str]) -> None:
    """The same pages from Waitress: one process, as many threads as it likes best."""
    with _hello("waitress", FILMGRAPH_DATA=str(data)) as address:
        fresh = made(paths)
        warm_up(address, fresh)
        uncached = [_cost(address, [next(fresh) for _ in range(BATCH)]) for _ in range(BATCHES)]
        kept = in_turns({"kept": (address, paths[0])})["kept"]
        print(f"  {'film page, made, Waitress':34} {_told(uncached)}")
        print(f"  {'film page, kept, Waitress':34} {_told(kept)}")


def crowd(data: Path, paths: list[str], pages: int) -> None:
    """A random walk of many connections over the pages of two workers, while a snapshot is published."""
    with served(data, workers="2") as address, ProcessPoolExecutor(PROCESSES, get_context("spawn")) as processes:
        share = pages // (PROCESSES * THREADS)
        walking = [processes.submit(walks, address, paths[:2_000], share, seed) for seed in range(PROCESSES)]
        while not any(walk.running() for walk in walking):
            time.sleep(0.1)
        before = snapshot.current(data)
        _publish(data)
        done = [walk.result() for walk in walking]
        times = sorted(each for found, _ in done for each in found)
        failed = [error for _, errors in done for error in errors]
        footer = Connection(address).get("/about")
        print(f"  random walk of {PROCESSES * THREADS} connections, {len(times):,} pages: median "
              f"{_at(times, 0.5):.0f} ms, p95 {_at(times, 0.95):.0f} ms, p99 {_at(times, 0.99):.0f} ms")  # fmt: skip
        now = snapshot.current(data)
        seen = now is not None and now != before and f"Snapshot {int(now.name)}".encode() in footer
        print(
            f"  a snapshot published meanwhile: {'seen' if seen else 'NOT SEEN'}; requests that failed: {len(failed)}"
        )
        print(*(f"    {error}" for error in failed[:3]), sep="\n", end="")
        print(f"  memory of the service with two workers: {memory(listener(address)) / 1e6:.0f} MB")


def walks(address: str, starts: list[str], pages: int, seed: int) -> tuple[Timed, list[str]]:
    """The milliseconds of each page of several walks at a time, and what failed."""
    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(partial(_walk, address, starts, pages), range(seed * THREADS, (seed + 1) * THREADS)))
    return [each for times, _ in found for each in times], [error for _, errors in found for error in errors]


def _walk(address: str, starts: list[str], pages: int, seed: int) -> tuple[Timed, list[str]]:
    chance = random.Random(seed)  # noqa: S311  # for sampling
    times, failed, path = list[float](), list[str](), chance.choice(starts)
    with Connection(address) as line:
        for _ in range(pages):
            began = time.perf_counter()
            try:
                body = line.get(path)
            except (OSError, RuntimeError) as error:
                failed.append(f"{path}: {error}")
                break
            times.append(1000 * (time.perf_counter() - began))
            links = LINK.findall(body)
            path = chance.choice(links).decode() if links and chance.random() < 0.9 else chance.choice(starts)
    return times, failed


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


def _at(ordered: Timed, part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


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


def _copy(data: Path, target: Path) -> Path:
    """A data folder to write in; files that are never written again are shared with the other."""

    def copied(origin: str, copy: str) -> None:
        share: Callable[[str, str], object] = os.link if origin.endswith(".sst") else shutil.copy2
        try:
            share(origin, copy)
        except OSError:  # another disk
            shutil.copy2(origin, copy)

    shutil.copytree(data, target, symlinks=True, copy_function=copied)
    return target


def _publish(data: Path) -> None:
    """Add a review, as `filmgraph add` does, by a process of its own."""
    text = data / "review.txt"
    text.write_text(REVIEW.format(number=random.randint(1, 9999)), encoding="utf-8")  # noqa: S311  # a title
    command = [sys.executable, "-m", "filmgraph", "add", str(text)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "FILMGRAPH_DATA": str(data)}, stdout=sys.stderr)


if __name__ == "__main__":
    main()
