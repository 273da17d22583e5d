"""Speed of the endpoint over HTTP, beside the Oxigraph server and Virtuoso on the same data in the same run.

    .venv/bin/python -m tests.benchmarks.sparql [DATA.nt.gz] [--store FOLDER] [--only NAME,NAME] [--keep FOLDER]

DATA is a graph of films in terms of schema.org; without it ../shared/data/imdb4m.nt.gz is taken. ``--store`` names a
data folder of filmgraph's own, which is measured after it: the others load its triples. Every query names another film,
person or character, so that no answer comes from a cache; then all of them are asked again. The servers are asked in
turn, some queries at a time, so that the machine's load falls on all alike and none begins cold: the files of all are
read into memory before. The processor time is the steadier figure. Each keeps the data as its own loader leaves it.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph import snapshot
from graph.sandbox import Sandbox
from graph.store import Snapshot
from graph.store.ahead import read_ahead
from tests.benchmarks.client import ACCEPT, Connection, cpu_seconds
from tests.benchmarks.questions import FILM, SCHEMA, Questions, Terms
from tests.benchmarks.rivals import SERVERS, Server, own, triples
from tests.benchmarks.service import ROOT

DATA = ROOT.parent / "shared" / "data" / "imdb4m.nt.gz"
EACH = 300
"""Queries of each kind, all of them different."""
AT_A_TIME = 20
"""Queries that a server is asked before it is another's turn."""
CLIENTS = 8
SECONDS = 6.0
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?f < ?i) }"


@dataclass(frozen=True)
class Figures:
    """What a server took for some queries: times in milliseconds, sorted; processor milliseconds a query; values."""

    times: list[float]
    spent: float
    rows: int

    @property
    def median(self) -> float:
        """Half of the answers came within this time."""
        return statistics.median(self.times)

    @property
    def high(self) -> float:
        """All but a twentieth of the answers came within this time."""
        return self.times[int(len(self.times) * 0.95)]


def ask(lines: Sequence[Connection], servers: Sequence[Server], queries: list[str]) -> list[Figures]:
    """How long each server takes for the same queries, a few of them at a time, another server the first each time."""
    times: list[list[float]] = [[] for _ in servers]
    rows = [0 for _ in servers]
    before = [cpu_seconds(server.pid) for server in servers]
    for turn, start in enumerate(range(0, len(queries), AT_A_TIME)):
        for place in range(len(servers)):
            each = (turn + place) % len(servers)
            lines[each].wake()
            for query in queries[start : start + AT_A_TIME]:
                begun = time.perf_counter()
                body = lines[each].ask(query)
                times[each].append(1000 * (time.perf_counter() - begun))
                rows[each] += body.count(b'"type"')
    spent = [cpu_seconds(server.pid) - start for server, start in zip(servers, before, strict=True)]
    return [Figures(sorted(times[each]), 1000 * spent[each] / len(queries), rows[each]) for each in range(len(servers))]


def throughput(server: Server, queries: list[str]) -> tuple[float, float]:
    """Requests a second of several clients, and processor milliseconds a request."""
    done, before = [0] * CLIENTS, cpu_seconds(server.pid)
    begun = time.monotonic()
    end = begun + SECONDS

    def client(number: int) -> None:
        with Connection(server.address) as line:
            mine = iter(queries[number::CLIENTS])
            while time.monotonic() < end and (query := next(mine, None)):
                line.ask(query)
                done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    return sum(done) / seconds, 1000 * (cpu_seconds(server.pid) - before) / max(1, sum(done))


def crowd(server: Server, queries: list[str]) -> None:
    """The cast of films while as many clients as above send cross products that never end, beside its quiet value."""
    half = len(queries) // 2
    with Connection(server.address) as line:
        (quiet,) = ask([line], [server], queries[:half])
    stop = threading.Event()

    def bother(number: int) -> None:
        while not stop.is_set():
            with contextlib.suppress(RuntimeError, OSError), Connection(server.address) as line:
                line.ask(CROSS.replace("?a", f"?a{number}"), status=503)

    threads = [threading.Thread(target=bother, args=(number,), daemon=True) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    try:
        with Connection(server.address) as line:
            (beside,) = ask([line], [server], queries[half:])
    finally:
        stop.set()
    for thread in threads:
        thread.join()
    _show(server, "cast, quiet", quiet)
    _show(server, "cast in a crowd", replace(beside, spent=math.nan))  # its CPU is that of the crowd


def sandbox(folder: Path, queries: list[str]) -> None:
    """What the sandbox adds to an answer of ten rows: the same queries in this process and through it, in turn."""
    place = snapshot.current(folder)
    assert place is not None
    direct: list[float] = []
    through: list[float] = []
    with Snapshot.open(place) as here, Sandbox() as pool:

        def alone(query: str) -> None:
            here.serialize(query, ACCEPT)

        def within(query: str) -> None:
            pool.run(place, query, ACCEPT).read()

        for query in queries[:50]:
            within(query)
        for turn, query in enumerate(queries[50:] * 4):
            alone(query)
            within(query)  # both have met the query now
            pair = ((alone, direct), (within, through))
            for run, times in pair if turn % 2 else pair[::-1]:
                begun = time.perf_counter()
                run(query)
                times.append(1000 * (time.perf_counter() - begun))
    for name, pick in (("median", statistics.median), ("least", min)):
        one, other = pick(direct), pick(through)
        print(f"sandbox    ten rows, {name}: {one:.2f} ms without, {other:.2f} ms with it: {other - one:.2f} ms more")
    print(f"sandbox    load {os.getloadavg()[0]:.1f}")


def settle(server: Server) -> None:
    """Wait until a server has done with its start."""
    for _ in range(20):
        before = cpu_seconds(server.pid)
        time.sleep(1)
        if cpu_seconds(server.pid) - before < 0.03:
            return


def measure(servers: Sequence[Server], questions: Questions, found: Terms) -> list[str]:
    """The figures of all servers as rows of a table, each question asked of one after the other, and then again."""
    for server in servers:
        with Connection(server.address) as line:
            for query in questions.cast(found, -20, len(found["film"])):
                line.ask(query)
        settle(server)
    load = os.getloadavg()[0]
    jobs = questions.lookups(found, EACH)
    jobs["10,000 rows"] = [questions.dump % (10 * n) for n in range(12)]
    lines = []
    for kind, queries in jobs.items():
        with contextlib.ExitStack() as open_:
            lines_to = [open_.enter_context(Connection(server.address)) for server in servers]
            first, again = (ask(lines_to, servers, queries) for _ in range(2))
        for server, one, other in zip(servers, first, again, strict=True):
            _show(server, kind, one)
            _show(server, f"{kind}, again", other)
        lines.append(_row(kind, [_cell(each) for pair in zip(first, again, strict=True) for each in pair]))
    cells = []
    for server in servers:
        rate, spent = throughput(server, questions.cast(found, EACH, -20))
        print(f"{server.name:10} {'8 clients, cast':22} {rate:9,.0f} req/s   CPU {spent:6.2f} ms a request", flush=True)
        cells += [f"{rate:,.0f} a second · {spent:.2f}", ""]
    heads = [name for server in servers for name in (f"{server.name}, first", "again")]
    begin = ["", f"Median (p95) ms · CPU ms of a query; load {load:.1f}.", "", _row("", heads)]
    return [*begin, "|---" * (len(heads) + 1) + "|", *lines, _row("8 clients, cast", cells)]


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join((name, *cells))} |"


def _cell(figures: Figures) -> str:
    return f"{figures.median:.2f} ({figures.high:.2f}) · {figures.spent:.2f}"


def _show(server: Server, kind: str, figures: Figures) -> None:
    print(
        f"{server.name:10} {kind:22} {figures.median:8.2f} ms  p95 {figures.high:8.2f} ms  "
        f"CPU {figures.spent:6.2f} ms  {figures.rows:,} values",
        flush=True,
    )


def run(names: Sequence[str], data: Path, folder: Path, questions: Questions) -> list[str]:
    """Start the servers on the same data and measure them side by side; gives the table."""
    found = questions.terms(data)
    with contextlib.ExitStack() as running:
        servers = [running.enter_context(SERVERS[name](data, folder)) for name in names]
        for place in [folder / "oxigraph", folder / "virtuoso", folder / "var/current/store"]:
            read_ahead(place)
        table = measure(servers, questions, found)
        for server in servers:
            if server.name == "filmgraph":
                crowd(server, questions.cast(found, -1000, -20))
    if "filmgraph" in names:
        sandbox(folder / "var", [questions.ten % (film, film) for film in found["film"][:550]])
    return table


def main() -> None:
    """Measure a graph of schema.org, then one of our own if there is one; the tables come last."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="?", type=Path, default=DATA)
    arguments.add_argument("--store", type=Path, help="a data folder of filmgraph, measured too")
    arguments.add_argument("--only", default=",".join(SERVERS))
    arguments.add_argument("--keep", type=Path, help="keep the loaded stores here, and use those that are there")
    given = arguments.parse_args()
    names = [name for name in given.only.split(",") if name != "virtuoso" or shutil.which("virtuoso-t")]
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "raw").mkdir(parents=True, exist_ok=True)
        tables = run(names, triples(given.data.resolve(), folder / "raw"), folder / "raw", SCHEMA)
        if given.store is not None:
            tables += run(names, own(given.store.resolve(), folder / "own"), folder / "own", FILM)
        print("\n".join(tables))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
