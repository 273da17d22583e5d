"""For those who watch over the service: whether it is ready, and its numbers for Prometheus."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from graph import query
from graph.errors import FilmgraphError
from webapp.config import ALL, OFF
from webapp.pages import Check, ReadyPage
from webapp.site import KEY, Site, site, view
from webapp.telemetry.counts import Numbers
from webapp.telemetry.metrics import Gauge, exposition

blueprint = Blueprint("status", __name__)
FINE = "ok"


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether visitors may be sent here: 503 where the graph, the processes for queries or the disk are not there."""
    checks = (
        Check("graph", _graph()),
        Check("queries", _queries(site())),
        Check("disk", _disk(site())),
    )
    page = ReadyPage(all(it.state == FINE for it in checks), checks)
    body = json.dumps(asdict(page), indent=1) + "\n"
    answer = Response(body, 200 if page.ready else 503, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/metrics")
def metrics() -> Response:
    """The numbers of all workers, in the text that Prometheus reads; by default only for programs on this machine."""
    who = site().config.metrics
    if who == OFF or (who != ALL and not _is_local()):
        abort(404)
    body, media = exposition(site().counts.sums(), tuple(_gauges(site())), request.headers.get("Accept", ""))
    return Response(body, content_type=media, headers={"Cache-Control": "no-store"})


def count(app: Flask) -> None:
    """Let an application count: its routes, and what its services count by themselves."""
    it: Site = app.extensions[KEY]
    firsts = {rule.rule[1:].partition("/")[0].partition("<")[0].partition(".")[0] for rule in app.url_map.iter_rules()}
    it.counts.know(firsts - {""} | {".well-known"}, it.config.root)
    it.counts.sources.append(lambda: _grown(it))
    it.counts.gauges = lambda: _now(it)


def _grown(it: Site) -> Numbers:
    caches = {"pages": it.cache, "answers": it.answers}
    told: dict[tuple[str, ...], float] = {("restarts",): it.sandbox.tally.restarts}
    told |= {("queries", *key): value for key, value in it.sandbox.tally.queries.items()}
    told |= {("cache", name, "hit"): cache.hits for name, cache in caches.items()}
    told |= {("cache", name, "miss"): cache.misses for name, cache in caches.items()}
    return told


def _now(it: Site) -> dict[str, float]:
    pids = it.sandbox.pids() or ()
    return {"site": _resident(os.getpid()), "queries": sum(map(_resident, pids)), "processes": len(pids)}


def _resident(pid: int) -> int:
    """Bytes of memory that a process takes; 0 if it is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _gauges(it: Site) -> Iterator[Gauge]:
    yield Gauge("filmgraph_info", "What runs.", 1, {"version": version("filmgraph"), "release": it.release})
    try:
        if it.follower is not None:
            manifest = it.follower.get().manifest
            created = datetime.fromisoformat(manifest.created).timestamp()
            yield Gauge("filmgraph_snapshot_number", "Number of the snapshot that is served.", manifest.number)
            yield Gauge("filmgraph_snapshot_age_seconds", "Time since it was published.", max(0, time.time() - created))
            yield Gauge("filmgraph_snapshot_triples", "Statements in it.", manifest.triples)
        up = 1
    except FilmgraphError:
        up = 0
    yield Gauge("filmgraph_up", "1 where there is a snapshot to serve.", up)
    says = "Room on the disk of a folder."
    for name, folder in (("data", it.config.data), ("temporary", Path(tempfile.gettempdir()))):
        if folder.is_dir():
            yield Gauge("filmgraph_disk_free_bytes", says, shutil.disk_usage(folder).free, {"folder": name})


def _graph() -> str:
    try:
        return FINE if view().source.ask(query.fill("alive")) else "the graph is empty; add something to it"
    except FilmgraphError:
        return "the graph cannot be asked; the log says why"


def _queries(it: Site) -> str:
    """Whether a process for queries is up; where none was needed yet, the first query starts them."""
    return "no process for queries is up" if it.sandbox.pids() == () else FINE


def _disk(it: Site) -> str:
    """Whether a large answer has room in the temporary folder, where it waits to be sent."""
    free, wanted = shutil.disk_usage(tempfile.gettempdir()).free, it.limits.result_bytes
    return FINE if free >= wanted else f"the temporary folder has {free:,} bytes free; an answer may take {wanted:,}"


def _is_local() -> bool:
    """Whether the client is on this machine, and no proxy on it either."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return address.is_loopback and "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
