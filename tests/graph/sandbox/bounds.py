"""What the tests of the sandbox share: its bounds, queries that pass them, and a look at its processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from graph.sandbox import Limits, Sandbox

JSON, CSV, NT = "application/sparql-results+json", "text/csv", "application/n-triples"
LONGEST = 240.0
"""Seconds that anything may take on a machine however loaded."""
LIMITS = Limits(timeout=LONGEST, max_timeout=LONGEST, memory=300 << 20, result_bytes=3_000_000, result_rows=50_000,
                patience=LONGEST)  # fmt: skip
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x }"
NEVER = f"SELECT (COUNT(*) AS ?n) {CROSS}"
"""Would run for days."""


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def workers(pool: Sandbox) -> set[int]:
    """The processes of a pool."""
    return {process.pid for process in list(pool._all)}


def wait_until(happened: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)
