"""The endpoint and its rivals, started on the same data: ours, the Oxigraph server of PyPI, and Virtuoso of Debian."""

from __future__ import annotations

import contextlib
import gzip
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.client import listener
from tests.benchmarks.service import ROOT, await_answer, served
from tests.servers import VIRTUOSO_BUFFERS, free_port, write_virtuoso_ini

FILMS = "http://example.org/films"
"""The graph that Virtuoso loads the films into."""
SAMPLE = 12_000
"""Terms of each kind that are picked."""


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
        kind: chance.sample(sorted(found), min(len(found), SAMPLE))
        for kind, found in (("film", films), ("actor", actors), ("name", names))
    }


@contextlib.contextmanager
def filmgraph(data: Path, folder: Path) -> Iterator[Server]:
    """Our own service, with the number of queries of one client not bounded."""
    ready = (folder / "var" / "current").exists()
    with served(folder / "var", raw=None if ready else data, rate="0") as address:
        yield Server("filmgraph", f"{address}sparql", listener(address))


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


SERVERS: dict[str, Callable[[Path, Path], contextlib.AbstractContextManager[Server]]] = {
    "filmgraph": filmgraph,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
}
