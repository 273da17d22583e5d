"""Speed of the endpoint over HTTP, beside the Oxigraph server and Virtuoso on the same data in the same run.

    .venv/bin/python -m tests.benchmarks.sparql [DATA.nt.gz] [--only filmgraph,oxigraph,virtuoso] [--keep FOLDER]

DATA is a graph of films in terms of schema.org; without it ../shared/data/imdb4m.nt.gz is taken. Every query names
another film, person or character, so that no answer comes from a cache; the row "again" asks one that does. The
machine's load falls on all three alike; the processor time of the server is the steadier figure.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph import snapshot
from graph.sandbox import Sandbox
from graph.store import Snapshot
from tests.benchmarks.client import ACCEPT, Connection, cpu_seconds
from tests.benchmarks.service import ROOT, await_answer, served
from tests.servers import VIRTUOSO_BUFFERS, free_port, write_virtuoso_ini

DATA = ROOT.parent / "shared" / "data" / "imdb4m.nt.gz"
FILMS = "http://example.org/films"
"""The graph that Virtuoso loads the films into."""
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


@dataclass
class Server:
    """A started server: its name, where it answers, and its process."""

    name: str
    address: str
    pid: int


def triples(path: Path) -> Path:
    """The data as plain N-Triples, unpacked beside the temporary files if need be."""
    if path.suffix != ".gz":
        return path
    plain = Path(tempfile.mkdtemp(prefix="filmgraph-bench-")) / path.name.removesuffix(".gz")
    with gzip.open(path) as packed, plain.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return plain


def terms(path: Path) -> dict[str, list[str]]:
    """Films, actors and names of characters that have roles, some of each at random, the same each time."""
    films, actors, names = set(), set(), set()
    actor, named = "<http://schema.org/actor>", "<http://schema.org/characterName>"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if actor in line:
                subject, _, rest = line.split(" ", 2)
                thing = rest.split(" ", 1)[0]
                if subject.startswith("<") and thing.startswith("_:"):
                    films.add(subject[1:-1])
                elif thing.startswith("<"):
                    actors.add(thing[1:-1])
            elif named in line and (found := re.match(r'\S+ \S+ ("(?:[^"\\]|\\.)+") ', line)):
                names.add(found[1])
    chance = random.Random(7)  # noqa: S311  # for sampling
    return {
        kind: chance.sample(sorted(found), min(len(found), 40 * EACH))
        for kind, found in (("film", films), ("actor", actors), ("name", names))
    }


@contextlib.contextmanager
def filmgraph(data: Path, folder: Path) -> Iterator[Server]:
    """Our own service, with the number of queries of one client not bounded."""
    ready = (folder / "var" / "current").exists()
    with served(folder / "var", raw=None if ready else data, rate="0") as address:
        yield Server("filmgraph", f"{address}sparql", _listener(address))


@contextlib.contextmanager
def oxigraph(data: Path, folder: Path) -> Iterator[Server]:
    """The Oxigraph server of PyPI."""
    program, place, port = ROOT / ".venv/bin/oxigraph", folder / "oxigraph", free_port()
    if not place.exists():
        subprocess.run([program, "load", "--location", place, "--file", data], check=True, capture_output=True)
    with _started([program, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"]) as pid:
        await_answer(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", None)
        yield Server("oxigraph", f"http://127.0.0.1:{port}/query", pid)


@contextlib.contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[Server]:
    """Virtuoso of Debian, with 1.5 GB for its pages."""
    place, http, port = folder / "virtuoso", free_port(), free_port()
    ready = (place / "loaded").exists()
    place.mkdir(parents=True, exist_ok=True)
    write_virtuoso_ini(
        place, port=http, sql_port=port, buffers=VIRTUOSO_BUFFERS, reads=data.parent, default_graph=FILMS
    )
    with _started(["virtuoso-t", "-f", "-c", place / "virtuoso.ini"], place) as pid:
        await_answer(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", None)
        if not ready:
            _load_virtuoso(data, port)
            (place / "loaded").touch()
        yield Server("virtuoso", f"http://127.0.0.1:{http}/sparql", pid)


def _load_virtuoso(data: Path, port: int) -> None:
    script = (
        f"ld_add('{data}', '{FILMS}'); rdf_loader_run(); checkpoint; SPARQL SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }};"
    )
    subprocess.run(["isql-vt", str(port), "dba", "dba", f"EXEC={script}"], check=True, capture_output=True)


@contextlib.contextmanager
def _started(command: list[str | Path], folder: Path | None = None) -> Iterator[int]:
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _listener(address: str) -> int:
    """The process that was started for an address: a child of this one."""
    port = address.rsplit(":", 1)[1].strip("/")
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"serve" in words and port.encode() in words:
                return int(folder.name)
    raise RuntimeError(f"no process serves {address}")


def ask(server: Server, queries: list[str]) -> tuple[float, float, float, int]:
    """Median and 95th percentile in milliseconds, processor milliseconds of the server a query, rows in all."""
    times, rows, before = [], 0, cpu_seconds(server.pid)
    with Connection(server.address) as line:
        for query in queries:
            begun = time.perf_counter()
            body = line.ask(query)
            times.append(1000 * (time.perf_counter() - begun))
            rows += body.count(b'"type"')
    spent = 1000 * (cpu_seconds(server.pid) - before) / len(queries)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)], spent, rows


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
    quiet = ask(server, queries[:half])
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
        beside = ask(server, queries[half:])
    finally:
        stop.set()
    for thread in threads:
        thread.join()
    _show(server, "cast, quiet", *quiet)
    _show(server, "cast in a crowd", beside[0], beside[1], math.nan, beside[3])  # its CPU is that of the crowd


def sandbox(folder: Path, queries: list[str]) -> None:
    """What the sandbox adds to an answer of ten rows: the same queries in this process and through it, in turn."""
    place = snapshot.current(folder)
    assert place is not None
    direct: list[float] = []
    through: list[float] = []
    spent = 0.0
    with Snapshot.open(place) as here, Sandbox() as pool:
        for query in queries[:50]:
            pool.run(place, query, ACCEPT).close()
        for query in queries[50:]:
            here.serialize(query, ACCEPT)
            pool.run(place, query, ACCEPT).close()  # both have met the query now
            begun = time.perf_counter()
            here.serialize(query, ACCEPT)
            between = time.perf_counter()
            working = time.thread_time()
            pool.run(place, query, ACCEPT).read()
            spent += time.thread_time() - working
            direct.append(1000 * (between - begun))
            through.append(1000 * (time.perf_counter() - between))
    one, other = statistics.median(direct), statistics.median(through)
    print(f"sandbox    ten rows: {one:.2f} ms without, {other:.2f} ms with it: {other - one:.2f} ms more")
    print(f"sandbox    processor time of that {1000 * spent / len(through):.2f} ms here")


def settle(server: Server) -> None:
    """Wait until a server has done with its start."""
    for _ in range(20):
        before = cpu_seconds(server.pid)
        time.sleep(1)
        if cpu_seconds(server.pid) - before < 0.03:
            return


def measure(server: Server, found: dict[str, list[str]]) -> None:
    """All figures of one server."""
    with Connection(server.address) as line:
        for film in found["film"][-20:]:
            line.ask(CAST % film)
    settle(server)
    pick = {"cast": "film", "actor's roles": "actor", "co-stars": "actor", "same character": "name"}
    for kind, text in KINDS.items():
        _show(server, kind, *ask(server, [text % term for term in found[pick[kind]][:EACH]]))
    _show(server, "again", *ask(server, [CAST % found["film"][0]] * EACH))
    _show(server, "10,000 rows", *ask(server, [DUMP % (10 * n) for n in range(12)]))
    rate, spent = throughput(server, [CAST % film for film in found["film"][EACH:-20]])
    print(
        f"{server.name:10} {'8 clients, cast':16} {rate:9,.0f} req/s   CPU {spent:6.2f} ms a request",
        flush=True,
    )


def _show(server: Server, kind: str, median: float, high: float, spent: float, rows: int) -> None:
    print(
        f"{server.name:10} {kind:16} {median:8.2f} ms  p95 {high:8.2f} ms  CPU {spent:6.2f} ms  {rows:,} values",
        flush=True,
    )


SERVERS: dict[str, Callable[[Path, Path], contextlib.AbstractContextManager[Server]]] = {
    "filmgraph": filmgraph,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
}


def main() -> None:
    """Start each server in turn and measure it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="?", type=Path, default=DATA)
    arguments.add_argument("--only", default=",".join(SERVERS))
    arguments.add_argument("--keep", type=Path, help="keep the loaded stores here, and use those that are there")
    given = arguments.parse_args()
    data = triples(given.data.resolve())
    found = terms(data)
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in given.only.split(","):
            if name == "virtuoso" and not shutil.which("virtuoso-t"):
                print("virtuoso is not installed (virtuoso-opensource)")
                continue
            with SERVERS[name](data, folder) as server:
                measure(server, found)
                if name == "filmgraph":
                    crowd(server, [CAST % film for film in found["film"][-1000:-20]])
            if name == "filmgraph":
                sandbox(folder / "var", [TEN % (film, film) for film in found["film"][:550]])
    if data != given.data.resolve():
        shutil.rmtree(data.parent)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
