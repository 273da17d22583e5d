"""Speed of the endpoint over HTTP, beside the Oxigraph server and Virtuoso on the same data in the same run.

    .venv/bin/python -m tests.benchmarks.sparql [DATA.nt.gz] [--only filmgraph,oxigraph,virtuoso] [--keep FOLDER]

DATA is a graph of films in terms of schema.org; without it ../shared/data/imdb4m.nt.gz is taken. Every query names
another film, person or character, so that no answer comes from a cache; the row "again" asks one that does. The
servers are asked in turn, so that the machine's load falls on all alike; the processor time is the steadier figure.
Each keeps the data as its own loader leaves it.
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
from tests.benchmarks.client import ACCEPT, Connection, cpu_seconds
from tests.benchmarks.rivals import SERVERS, Server, terms, triples
from tests.benchmarks.service import ROOT

DATA = ROOT.parent / "shared" / "data" / "imdb4m.nt.gz"
EACH = 300
"""Queries of each kind, all of them different."""
CLIENTS = 8
SECONDS = 6.0
HEAD = "PREFIX s: <http://schema.org/> "
CAST = HEAD + "SELECT ?n ?c { <%s> s:actor ?r . ?r s:actor/s:name ?n ; s:characterName ?c }"
KINDS = {
    "cast": CAST,
    "actor's roles": HEAD + "SELECT ?t ?c { ?r s:actor <%s> ; s:characterName ?c . ?f s:actor ?r ; s:name ?t }",
    "co-stars": HEAD
    + "SELECT ?n (COUNT(DISTINCT ?f) AS ?k) { ?r s:actor <%s> . ?f s:actor ?r , ?q . ?q s:actor ?o . ?o s:name ?n } "
    "GROUP BY ?n ORDER BY DESC(?k) LIMIT 20",
    "same character": HEAD + "SELECT ?n ?t { ?r s:characterName %s ; s:actor/s:name ?n . ?f s:actor ?r ; s:name ?t }",
}
TEN = HEAD + "SELECT ?t ?n { <%s> s:actor ?r . ?r s:actor/s:name ?n . <%s> s:name ?t } LIMIT 10"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?f < ?i) }"
DUMP = HEAD + "SELECT ?f ?t { ?f a s:Movie ; s:name ?t } OFFSET %d LIMIT 10000"


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


def ask(servers: Sequence[Server], queries: list[str]) -> list[Figures]:
    """How long each server takes for the same queries, asked in turn, the first to answer another one each time."""
    times: list[list[float]] = [[] for _ in servers]
    rows = [0 for _ in servers]
    before = [cpu_seconds(server.pid) for server in servers]
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(Connection(server.address)) for server in servers]
        for turn, query in enumerate(queries):
            for place in range(len(servers)):
                each = (turn + place) % len(servers)
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
    (quiet,) = ask([server], queries[:half])
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
        (beside,) = ask([server], queries[half:])
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


def measure(servers: Sequence[Server], found: dict[str, list[str]]) -> None:
    """The figures of all servers, each question asked of one after the other."""
    for server in servers:
        with Connection(server.address) as line:
            for film in found["film"][-20:]:
                line.ask(CAST % film)
        settle(server)
    print(f"load {os.getloadavg()[0]:.1f}")
    pick = {"cast": "film", "actor's roles": "actor", "co-stars": "actor", "same character": "name"}
    jobs = {kind: [text % term for term in found[pick[kind]][:EACH]] for kind, text in KINDS.items()}
    jobs["again"] = [CAST % found["film"][0]] * EACH
    jobs["10,000 rows"] = [DUMP % (10 * n) for n in range(12)]
    for kind, queries in jobs.items():
        for server, figures in zip(servers, ask(servers, queries), strict=True):
            _show(server, kind, figures)
    for server in servers:
        rate, spent = throughput(server, [CAST % film for film in found["film"][EACH:-20]])
        print(f"{server.name:10} {'8 clients, cast':16} {rate:9,.0f} req/s   CPU {spent:6.2f} ms a request", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}")


def _show(server: Server, kind: str, figures: Figures) -> None:
    print(
        f"{server.name:10} {kind:16} {figures.median:8.2f} ms  p95 {figures.high:8.2f} ms  "
        f"CPU {figures.spent:6.2f} ms  {figures.rows:,} values",
        flush=True,
    )


def main() -> None:
    """Start the servers and measure them side by side."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="?", type=Path, default=DATA)
    arguments.add_argument("--only", default=",".join(SERVERS))
    arguments.add_argument("--keep", type=Path, help="keep the loaded stores here, and use those that are there")
    given = arguments.parse_args()
    data = triples(given.data.resolve())
    found = terms(data)
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        names = [name for name in given.only.split(",") if name != "virtuoso" or shutil.which("virtuoso-t")]
        with contextlib.ExitStack() as running:
            servers = [running.enter_context(SERVERS[name](data, folder)) for name in names]
            measure(servers, found)
            for server in servers:
                if server.name == "filmgraph":
                    crowd(server, [CAST % film for film in found["film"][-1000:-20]])
        if "filmgraph" in names:
            sandbox(folder / "var", [TEN % (film, film) for film in found["film"][:550]])
    if data != given.data.resolve():
        shutil.rmtree(data.parent)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
