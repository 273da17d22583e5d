"""Two replicas of the site behind nginx, as docs/deployment.md says: one may die, and snapshots may change."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest

from graph import build, snapshot
from tests.servers import free_port

CONFIGURATION = Path(__file__).parents[1] / "docs" / "nginx.conf"
PATHS = ("/", "/film/skyfall-2012", "/person/tim-roth.ttl", "/search?q=roth", "/sparql?query=ASK%7B?s%20?p%20?o%7D")
START = 60.0


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process group that serves a port, until the end of the block."""
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + START
        while get(port, "/healthz")[0] != 200 and time.monotonic() < end:
            time.sleep(0.2)
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def replica(data: Path, port: int) -> list[str]:
    """The command that serves a copy."""
    return [sys.executable, "-m", "filmgraph", "--data", str(data), "serve", "--port", str(port), "--workers", "1"]


@contextmanager
def visitors(port: int) -> Iterator[Counter[int]]:
    """Four visitors who never rest; what they were answered."""
    seen: Counter[int] = Counter()
    stop = threading.Event()

    def visit(first: int) -> None:
        number = first
        while not stop.is_set():
            seen[get(port, PATHS[number % len(PATHS)])[0]] += 1
            number += 1

    with at_once([partial(visit, number) for number in range(4)], stop):
        yield seen


@contextmanager
def at_once(visits: Sequence[Callable[[], None]], stop: threading.Event) -> Iterator[None]:
    """Run each visit in a thread of its own; at the end of the block they are told to stop, and awaited."""
    threads = [threading.Thread(target=visit) for visit in visits]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.skipif(shutil.which("nginx") is None or os.geteuid() != 0, reason="needs nginx, and the right to start it")
def test_one_of_two_replicas_may_die(sample: build.Place, tmp_path: Path) -> None:
    """Behind nginx no visitor sees that a replica was killed, that nginx was reloaded, or that a snapshot came."""
    data = shutil.copytree(sample.data, tmp_path / "var", symlinks=True)
    ports = {8100: free_port(), 8101: free_port(), 8102: free_port()}
    text = CONFIGURATION.read_text(encoding="utf-8")
    for written, used in ports.items():
        text = text.replace(f":{written}", f":{used}")
    file = tmp_path / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    nginx = ["nginx", "-c", str(file), "-g", f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;"]
    copies = [tmp_path / "one", tmp_path / "two"]
    for copy in copies:
        snapshot.backup(data, copy)
    with ExitStack() as stack:
        first, _ = (
            stack.enter_context(running(replica(copy, ports[place]), ports[place]))
            for copy, place in zip(copies, (8101, 8102), strict=True)
        )
        stack.enter_context(running(nginx, ports[8100]))
        with visitors(ports[8100]) as seen:
            more(seen)
            kill(first)
            more(seen)
            subprocess.run([*nginx[:-1], f"pid {tmp_path}/pid;", "-s", "reload"], check=True, capture_output=True)
            build.import_facts(build.Place(data, sample.base), facts(tmp_path))
            number, _ = snapshot.backup(data, copies[1])
            more(seen)
        assert get(ports[8100], "/healthz") == (200, f"ok {number}\n")
        assert get(ports[8100], "/film/the-quiet-harbour-1961")[0] == 200
    assert set(seen) == {200}


def more(seen: Counter[int]) -> None:
    """Wait until visitors have been answered some times more."""
    wanted, end = seen.total() + 20, time.monotonic() + START
    while seen.total() < wanted and time.monotonic() < end:
        time.sleep(0.05)
    assert seen.total() >= wanted


def facts(folder: Path) -> Path:
    """A facts file with one film."""
    path = folder / "harbour.toml"
    path.write_text('title = "More"\n[[film]]\ntitle = "The Quiet Harbour"\nyear = 1961\nroles = [["Ann", "Bo"]]\n')
    return path
