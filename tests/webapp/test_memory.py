"""A worker's memory: what the engine keeps is let go before it is too much, and nobody notices."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph import build
from graph.snapshot import Follower
from webapp.memory import REST, Bounded
from webapp.settings import MB

ROOT = Path(__file__).parents[2]
LONGEST = 60.0
"""Seconds to wait for anything on a machine however loaded."""
ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_memory_is_let_go_above_its_bound() -> None:
    """Below the bound nothing happens; above it something is let go, and again only after a rest."""
    held = [90 * MB]
    done: list[int] = []
    bounded = Bounded(lambda: done.append(held[0]), 100 * MB, lambda: held[0])
    assert not bounded.look()
    held[0] = 300 * MB
    assert bounded.look()
    assert not any(bounded.look() for _ in range(REST))
    assert bounded.look()
    held[0] = 100 * MB
    assert not any(bounded.look() for _ in range(2 * REST))
    assert done == [300 * MB, 300 * MB]


GROWS = """
from webapp.memory import own
before = own()
block = bytearray(b"x") * (64 << 20)
print(own() - before)
"""


@pytest.mark.measured
def test_what_a_process_holds_for_itself_is_counted() -> None:
    """Memory that is written to counts; a process of its own has no other threads that take or give back any."""
    ran = subprocess.run([sys.executable, "-c", GROWS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 60 * MB < int(ran.stdout) < 70 * MB


def test_queries_go_on_while_the_engine_lets_go(sample: build.Place) -> None:
    """Readers who ask without pause get the same answer each time, whenever the files are opened anew."""
    follower = Follower(sample.data)
    opened = follower.get()
    first = opened.snapshot.select(ALL).rows
    seen, end = [], threading.Event()

    def ask() -> None:
        while not end.is_set():
            seen.append(opened.snapshot.select(ALL).rows)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    stores, until = set(), time.monotonic() + LONGEST
    for _ in range(20):
        follower.refresh()
        stores.add(id(opened.snapshot.store))
        before = len(seen)
        while len(seen) == before and time.monotonic() < until:
            time.sleep(0.001)
    end.set()
    for reader in readers:
        reader.join()
    assert len(stores) > 1
    assert len(seen) >= 20
    assert all(rows == first for rows in seen)
    assert follower.get() is opened


def test_before_the_first_page_there_is_nothing_to_let_go(sample: build.Place) -> None:
    """A worker that nobody has asked anything yet opens nothing for it."""
    follower = Follower(sample.data)
    follower.refresh()
    assert follower.version is None
