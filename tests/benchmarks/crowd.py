"""A crowd of visitors: many connections on a random walk over the site, while a new snapshot is published."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from graph import snapshot
from tests.benchmarks.client import Connection, cpu_seconds, family, listener, memory, workers
from tests.benchmarks.service import ROOT, served

PROCESSES, THREADS = 2, 16
"""So many connections in each of so many processes."""
LINK = re.compile(rb'href="(/(?:film|person|character)/[^"#?]+)"')
REVIEW = "Glass Tide {number} (2019) Review\n\nGlass Tide {number} is a drama.\n\nNora Vale (Ann Bell) waits.\n"
Timed = list[float]


def crowd(data: Path, paths: list[str], pages: int) -> None:
    """A random walk of many connections over the pages of two workers, while a snapshot is published."""
    with served(data, workers="2") as address, ProcessPoolExecutor(PROCESSES, get_context("spawn")) as processes:
        share = pages // (PROCESSES * THREADS)
        walking = [processes.submit(walks, address, paths[:2_000], share, seed) for seed in range(PROCESSES)]
        while not any(walk.running() for walk in walking):
            time.sleep(0.1)
        server = listener(address)
        held = memory(family(server))
        spent, begun, before = cpu_seconds(server), time.perf_counter(), snapshot.current(data)
        _publish(data)
        done = [walk.result() for walk in walking]
        spent, lasted = cpu_seconds(server) - spent, time.perf_counter() - begun
        times = sorted(each for found, _, _ in done for each in found)
        failed = [error for _, errors, _ in done for error in errors]
        theirs = sum(seconds for _, _, seconds in done)
        footer = Connection(address).get("/about")
        print(f"  random walk of {PROCESSES * THREADS} connections, {len(times):,} pages: median "
              f"{at(times, 0.5):.0f} ms, p95 {at(times, 0.95):.0f} ms, p99 {at(times, 0.99):.0f} ms")  # fmt: skip
        each = 1000 * spent / max(len(times), 1)
        print(f"  {lasted:.0f} s, {len(times) / lasted:,.0f} pages a second; processor time: server {spent:.1f} s, "
              f"{each:.2f} ms a page, client {theirs:.1f} s, of {os.cpu_count()} processors")  # fmt: skip
        now = snapshot.current(data)
        seen = now is not None and now != before and f"Snapshot {int(now.name)}".encode() in footer
        print(
            f"  a snapshot published meanwhile: {'seen' if seen else 'NOT SEEN'}; requests that failed: {len(failed)}"
        )
        print(*(f"    {error}" for error in failed[:3]), sep="\n", end="")
        after, own = memory(family(server)), memory(workers(server))
        print(f"  memory of the service with two workers: {held / 1e6:.0f} MB when the walk begins, {after / 1e6:.0f} "
              f"MB after it, of which the two workers themselves {own / 1e6:.0f} MB")  # fmt: skip


def walks(address: str, starts: list[str], pages: int, seed: int) -> tuple[Timed, list[str], float]:
    """The milliseconds of each page of several walks at a time, what failed, and seconds of processor that it took."""
    begun = time.process_time()
    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(partial(_walk, address, starts, pages), range(seed * THREADS, (seed + 1) * THREADS)))
    failed = [error for _, errors in found for error in errors]
    return [each for times, _ in found for each in times], failed, time.process_time() - begun


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


def at(ordered: Timed, part: float) -> float:
    """The value that a part of all is not above."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def copy(data: Path, target: Path) -> Path:
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
