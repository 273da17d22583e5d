"""A started service under visitors: it is reloaded, a snapshot comes, it is told to end, and nobody is turned away."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import STDOUT, Popen
from typing import Any
from urllib.parse import quote

import pytest

from graph import build
from tests.benchmarks.client import cpu_seconds
from tests.benchmarks.service import await_answer
from tests.servers import free_port
from tests.test_replicas import at_once, facts, get, kill, visitors
from webapp.sockets import AGAIN

LONGEST = 60.0
"""Seconds to wait for anything on a machine however loaded."""
PATIENCE = AGAIN + 2
"""Seconds that the last query may run: a worker is told twice to end while it waits for it."""
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass
class Service:
    """A started service with one worker, and the file of its log."""

    process: Popen[bytes]
    port: int
    log: Path

    def events(self, kind: str) -> list[dict[str, Any]]:
        """What the log tells of one kind."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [it for it in map(json.loads, lines) if it["event"] == kind]

    def workers(self) -> set[int]:
        """The workers that answered something."""
        return {it["worker"] for it in self.events("request")}


@contextmanager
def started(data: Path, log: Path) -> Iterator[Service]:
    """A service of one worker, of which nobody takes the place while it is replaced."""
    port = free_port()
    command = [sys.executable, "-m", "filmgraph", "--data", str(data), "serve", "--port", str(port), "--workers", "1"]
    surroundings = {**os.environ, "FILMGRAPH_TIMEOUT": str(int(LONGEST)), "FILMGRAPH_LOG": "json"}
    with (
        log.open("wb") as output,
        Popen(command, stdout=output, stderr=STDOUT, env=surroundings, start_new_session=True) as process,
    ):
        try:
            await_answer(f"http://127.0.0.1:{port}/healthz", process)
            yield Service(process, port, log)
        finally:
            kill(process)


def awaited(condition: Any) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + LONGEST
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(condition())


@contextmanager
def regulars(port: int) -> Iterator[Counter[int | str]]:
    """Three visitors who each keep their connection as long as the server does; what they were answered, or met."""
    seen: Counter[int | str] = Counter()
    stop = threading.Event()

    def visit() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
        while not stop.is_set():
            try:
                connection.request("GET", "/film/skyfall-2012")
                answer = connection.getresponse()
                answer.read()
                seen[answer.status] += 1
            except (OSError, HTTPException) as error:
                seen[repr(error)] += 1
                connection.close()

    with at_once([visit] * 3, stop):
        yield seen


@pytest.mark.measured  # a worker is told half of three seconds before it ends
def test_nobody_is_turned_away(sample: build.Place, tmp_path: Path) -> None:
    """A reload by SIGHUP and a new snapshot lose no request, on old connections either; SIGTERM lets an answer end."""
    data = shutil.copytree(sample.data, tmp_path / "var", symlinks=True)
    with started(data, tmp_path / "log") as service:
        assert awaited(service.workers)
        (first,) = service.workers()
        with visitors(service.port) as seen, regulars(service.port) as kept:
            service.process.send_signal(signal.SIGHUP)
            assert awaited(lambda: service.workers() - {first})
            build.import_facts(build.Place(data, sample.base), facts(tmp_path))
            assert awaited(lambda: get(service.port, "/film/the-quiet-harbour-1961")[0] == 200)
        assert set(seen) == {200}
        assert seen.total() > 10
        assert set(kept) == {200}, kept
        assert awaited(lambda: "filmgraph_workers 1.0\n" in get(service.port, "/metrics")[1])
        _ends_in_order(service)
    assert all(it["status"] == 200 for it in service.events("request") if it["path"] != "/sparql")
    assert {it["snapshot"] for it in service.events("request")} >= {"2", "3"}


def _ends_in_order(service: Service) -> None:
    answered: list[int] = []

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=LONGEST)
        connection.request("GET", f"/sparql?query={quote(SLOW)}&timeout={PATIENCE}")
        answer = connection.getresponse()
        answer.read()
        answered.append(answer.status)

    asking, before = threading.Thread(target=ask), cpu_seconds(service.process.pid)
    asking.start()
    assert awaited(lambda: cpu_seconds(service.process.pid) > before + 0.5)  # it runs
    service.process.send_signal(signal.SIGTERM)
    asking.join(LONGEST)
    assert answered == [503]  # its time was over: an answer, complete
    assert service.process.wait(LONGEST) == 0
    assert any(it["path"] == "/sparql" and it["status"] == 503 for it in service.events("request"))
