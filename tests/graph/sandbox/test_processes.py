"""The processes of the sandbox: a crash is an answer, the lost are replaced, none is left or on the network."""

from __future__ import annotations

import os
import signal
import socket
import threading
from pathlib import Path

import pytest

from graph.errors import QueryError, StoreError
from graph.sandbox import Examined, LimitExceededError, Limits, Sandbox, examine
from graph.store import MalformedQueryError
from tests.graph.sandbox.bounds import CSV, JSON, LIMITS, alive, wait_until, workers
from tests.small_graph import PREFIXES


def test_crash_of_the_engine_is_an_answer(sandbox: Sandbox, folder: Path) -> None:
    """A text that crashes the engine ends its process only, and the next query is served."""
    with pytest.raises((LimitExceededError, MalformedQueryError)):
        sandbox.run(folder, "SELECT (1" + "+1" * 200_000 + " AS ?x) {}", JSON)
    with sandbox.run(folder, "ASK {}", JSON) as result:
        assert b"true" in result.read()


def test_processes_cannot_reach_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a query that slips past the check of the text makes no connection."""
    monkeypatch.setattr("graph.sandbox.pool.examine", unchecked)
    with socket.socket() as server, Sandbox(LIMITS) as pool:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(1.0)
        where = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises((QueryError, StoreError)):
            pool.run(folder, f"SELECT * {{ SERVICE <{where}> {{ ?s ?p ?o }} }}", JSON)
        isolation = {measure for process in pool._all for measure in process.isolation}
        if not isolation:
            pytest.skip("this system allows neither a network namespace nor a system-call filter")
        with pytest.raises(TimeoutError):
            server.accept()


def unchecked(query: str, limits: Limits) -> Examined:
    """What is known of a text, as if it were harmless."""
    return examine(query.replace("SERVICE", "GRAPH"), limits)


def test_killed_process_is_replaced(folder: Path) -> None:
    """When processes die while idle, the next queries do not notice, and the pool fills up again."""
    with Sandbox(LIMITS) as pool:
        pool.run(folder, "ASK {}", JSON).close()
        wait_until(lambda: len(workers(pool)) == LIMITS.processes + 1)
        old = workers(pool)
        for process in list(pool._all):
            os.kill(process.pid, signal.SIGKILL)
            process._popen.wait()
        for _ in range(10):
            pool.run(folder, "ASK {}", JSON).close()
        wait_until(lambda: _turned(pool, folder) and len(workers(pool) - old) == LIMITS.processes + 1)
    wait_until(lambda: not any(map(alive, workers(pool))))


def _turned(pool: Sandbox, folder: Path) -> bool:
    """Ask once more, with the processes in the other order: a dead one may lie below those that came since."""
    pool._idle._pile.reverse()
    pool.run(folder, "ASK {}", JSON).close()
    return True


def test_query_of_a_killed_process_is_asked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who kills a process that has just taken a query does not harm the one who asks."""
    monkeypatch.setattr("graph.sandbox.process.AT_ONCE", 600.0)  # however slow this machine is
    with Sandbox(LIMITS, PREFIXES) as pool:
        pool.run(folder, "ASK {}", JSON).close()
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?i < ?l) }"
        found: list[bytes] = []
        asking = threading.Thread(target=lambda: found.append(pool.run(folder, slow, CSV).read()))
        asking.start()
        wait_until(lambda: any(process.busy for process in list(pool._all)))
        for process in [each for each in list(pool._all) if each.busy]:
            os.kill(process.pid, signal.SIGKILL)
        asking.join()
    assert found[0].startswith(b"n\r\n")


def test_closing_leaves_no_process(folder: Path) -> None:
    """After close no process of the pool is left, busy or idle."""
    pool = Sandbox(LIMITS)
    pool.run(folder, "ASK {}", JSON).close()
    running = workers(pool)
    pool.close()
    wait_until(lambda: not any(map(alive, running)))
