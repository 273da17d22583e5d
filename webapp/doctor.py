"""Looks over an installation: what it needs, what it serves, and what to run where something is wrong."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from graph import sidecar, snapshot
from graph.errors import FilmgraphError
from graph.ontology import PREFIXES
from graph.sandbox import Limits
from graph.sandbox.process import Process
from graph.sidecar.build import VERSION
from graph.store import Endpoint, read_prefixes
from webapp.settings import known, read_bounds, read_telling

OK, WARNING, WRONG = "ok", "warning", "wrong"
STATIC = Path(__file__).parent / "static"
VENDORED = ("yasgui.min.js", "yasgui.min.css", "cytoscape.min.js", "cytoscape-fcose.js")
LITTLE, TIGHT = 1 << 30, 100 << 20
"""Bytes free on a disk below which there is a warning, and below which nothing can be published."""
READ = 1 << 30
"""Bytes of a snapshot up to which all of it is read."""
OLDEST = (3, 11)
START = 30.0
"""Seconds that a process for queries may take to start."""


@dataclass(frozen=True, slots=True)
class Place:
    """What to look at: the data folder, its base, the address to serve at, and a SPARQL server if one is set."""

    data: Path
    base: str
    host: str
    port: int
    workers: int
    endpoint: str | None = None
    default_graph: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at one point: ``state`` is ok, warning or wrong, ``run`` what to do about it."""

    name: str
    state: str
    says: str
    run: str = ""


def examine(place: Place, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Everything that can be looked at, one after the other."""
    yield _python()
    yield _packages()
    yield _settings(place, environment)
    yield _static()
    yield _prefixes()
    if place.endpoint is None:
        yield from _data(place.data)
    else:
        yield _endpoint(place)
    yield _disk("temporary folder", Path(tempfile.gettempdir()))
    yield _sandbox(place)
    yield _port(place)


def _python() -> Finding:
    said = ".".join(map(str, sys.version_info[:3]))
    if tuple(sys.version_info) < OLDEST:
        return Finding("python", WRONG, f"Python {said}; 3.11 or newer is needed", "make clean run PYTHON=python3.11")
    return Finding("python", OK, f"Python {said}")


def _packages() -> Finding:
    needed = [line.partition(";")[0].partition("==") for line in requires("filmgraph") or () if "extra ==" not in line]
    wrong = [text for name, _, wanted in needed if (text := _differs(name.strip(), wanted.strip()))]
    if wrong:
        return Finding("packages", WRONG, "; ".join(wrong), "make setup")
    return Finding("packages", OK, f"{len(needed)} packages at their pinned versions")


def _differs(name: str, wanted: str) -> str:
    try:
        there = version(name)
    except PackageNotFoundError:
        return f"{name} is not installed"
    return f"{name} is {there}, not {wanted}" if wanted and there != wanted else ""


def _settings(place: Place, environment: Mapping[str, str]) -> Finding:
    try:
        read_bounds(environment).limits(place.workers)
        read_telling(environment)
    except FilmgraphError as error:
        return Finding("settings", WRONG, str(error), "set it as the README's table says")
    strange = sorted(name for name in environment if name.startswith("FILMGRAPH_") and name not in known())
    if strange:
        return Finding("settings", WARNING, f"{', '.join(strange)} is no setting", "look for a slip of the pen")
    return Finding("settings", OK, f"base {place.base}")


def _static() -> Finding:
    missing = [name for name in VENDORED if not (STATIC / "vendor" / name).is_file()]
    if missing:
        return Finding("static files", WRONG, f"{', '.join(missing)} missing: no editor, no graph", "make setup")
    return Finding("static files", OK, "scripts and styles are there")


def _prefixes() -> Finding:
    try:
        count = len(read_prefixes(PREFIXES))
    except (FilmgraphError, OSError) as error:
        return Finding("prefixes", WRONG, f"{PREFIXES.name} cannot be read: {error}", "restore it from the source")
    return Finding("prefixes", OK, f"{count} prefixes")


def _data(data: Path) -> Iterator[Finding]:
    if not data.is_dir():
        yield Finding("data folder", WRONG, f"there is no folder {data}", "make run, or filmgraph add FILE…")
        return
    if not os.access(data, os.R_OK | os.X_OK):
        yield Finding("data folder", WRONG, f"{data} cannot be read by this account", f"sudo chown -R $USER {data}")
        return
    if os.access(data, os.W_OK):
        yield Finding("data folder", OK, f"{data} can be read and written")
    else:
        yield Finding("data folder", WARNING, f"{data} can be read only: enough to serve, not to add")
    yield _disk("data disk", data)
    yield from _snapshot(data)


def _disk(name: str, folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    says = f"{free / (1 << 20):,.0f} MB free for {folder}"
    state = WRONG if free < TIGHT else WARNING if free < LITTLE else OK
    return Finding(name, state, says, "" if state == OK else "free some space; filmgraph snapshots prune")


def _snapshot(data: Path) -> Iterator[Finding]:
    try:
        with snapshot.open_current(data) as current:
            folder, number = current.folder, int(current.version)
            manifest = snapshot.read_manifest(folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        faults = next(snapshot.verify(data, number)).faults if size <= READ else ()
    except (FilmgraphError, OSError) as error:
        yield Finding("snapshot", WRONG, str(error), "filmgraph snapshots verify")
        return
    how = "every file as published" if size <= READ else "opened; too large to be read now"
    if faults:
        yield Finding("snapshot", WRONG, f"{number}: {faults[0]}", "filmgraph snapshots verify")
    else:
        yield Finding("snapshot", OK, f"{number}, {manifest.triples:,} triples, {how}")
    yield _index(folder / sidecar.NAME)
    yield _clock(manifest.created)


def _index(path: Path) -> Finding:
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            (found,) = base.execute("PRAGMA user_version").fetchone()
        finally:
            base.close()
    except sqlite3.Error as error:
        return Finding("index", WRONG, f"{path.name} cannot be read: {error}", "filmgraph snapshots verify")
    if found != VERSION:
        says = f"version {found}, made by another filmgraph; this one makes {VERSION}"
        return Finding("index", WRONG, says, "filmgraph add, or any import: the next snapshot has a new one")
    return Finding("index", OK, f"version {found}")


def _clock(created: str) -> Finding:
    ahead = datetime.fromisoformat(created).timestamp() - time.time()
    if ahead > 60:
        return Finding("clock", WRONG, f"the snapshot is {ahead:,.0f} seconds from the future", "timedatectl status")
    return Finding("clock", OK, f"the snapshot was published {-ahead / 86400:.1f} days ago")


def _endpoint(place: Place) -> Finding:
    try:
        Endpoint(place.endpoint or "", default_graph=place.default_graph, timeout=START).check()
    except FilmgraphError as error:
        return Finding("endpoint", WRONG, str(error), "start that server, or correct FILMGRAPH_ENDPOINT")
    return Finding("endpoint", OK, f"{place.endpoint} answers")


def _sandbox(place: Place) -> Finding:
    process: Process | None = None
    try:
        process = Process(Limits(), {})
        process.await_ready(START)
        isolation = process.isolation
        folder = snapshot.current(place.data) if place.endpoint is None else None
        if folder is not None:
            process.warm_up(folder.resolve(), START)
    except (FilmgraphError, OSError) as error:
        return Finding("query processes", WRONG, str(error), "ulimit -a; look for a bound on processes or memory")
    finally:
        if process is not None:
            process.kill()
    if not isolation:
        return Finding("query processes", WARNING, "they start, but cannot be cut off from the network here")
    return Finding("query processes", OK, f"they start, cut off by {' and '.join(isolation)}")


def _port(place: Place) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            return _listener(place, error)
    return Finding("port", OK, f"{place.host}:{place.port} is free")


def _listener(place: Place, error: OSError) -> Finding:
    """Who is there already: this service, healthy or not, or another program."""
    address, said = f"http://{place.host}:{place.port}/healthz", ""
    try:
        with urllib.request.urlopen(address, timeout=START) as answer:
            said = answer.read(100).decode("utf-8", "replace").strip()
    except urllib.error.HTTPError as refused:
        said = f"status {refused.code}"
    except (OSError, ValueError):
        said = str(error)
    if said.startswith("ok "):
        return Finding("port", OK, f"a service answers on {place.host}:{place.port}: {said}")
    return Finding("port", WRONG, f"{place.host}:{place.port} cannot be used: {said}", "filmgraph serve --port ANOTHER")
