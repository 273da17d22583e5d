"""Followers see each new snapshot, let go of the old, and keep serving when the new one is damaged."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.snapshot import Follower
from graph.store import Writer
from tests.graph.snapshot.folders import film
from tests.small_graph import ONE, PREFIXES, publish


def test_follower_sees_each_new_snapshot(tmp_path: Path) -> None:
    """A follower gives the same object until current moves, then the new one; the old one goes on working."""
    publish(tmp_path)
    follower = Follower(tmp_path, PREFIXES)
    first = follower.get()
    assert follower.get() is first
    publish(tmp_path, {ONE: ":x :y :z ."})
    second = follower.get()
    assert (first.version, second.version) == ("1", "2")
    assert first.snapshot.ask("ASK { ?f film:title 'Amélie' }")
    assert not second.snapshot.ask("ASK { ?f film:title 'Amélie' }")
    assert second.manifest.number == 2
    assert second.sidecar.counts()["films"] == 1


def test_follower_lets_go_of_the_old_snapshot(tmp_path: Path) -> None:
    """Once no request uses an old snapshot, it can be pruned."""
    publish(tmp_path)
    follower = Follower(tmp_path)
    used = follower.get()
    publish(tmp_path, {ONE: ":x :y :z ."})
    follower.get()
    assert snapshot.prune(tmp_path, 1) == []
    del used
    assert snapshot.prune(tmp_path, 1) == [1]


def test_follower_serves_many_threads(tmp_path: Path) -> None:
    """Threads that ask while snapshots are published always get a complete one, and never an older one than before."""
    publish(tmp_path, {ONE: ":x :n 0 ."})
    follower, seen, failures, stop = Follower(tmp_path), [], [], threading.Event()

    def read() -> None:
        last = 0
        while not stop.wait(0.001):
            opened = follower.get()
            value = opened.snapshot.select("SELECT ?n { ?s <http://example.org/n> ?n }").rows
            number = int(opened.version)
            if value != [(number - 1,)] or number < last:
                failures.append((number, last, value))
            last = number
        seen.append(last)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(1, 9):
        publish(tmp_path, {ONE: f":x :n {n} ."}, keep=2)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert max(seen) >= 1


def test_follower_keeps_serving_when_the_new_snapshot_is_damaged(tmp_path: Path) -> None:
    """A damaged new snapshot does not take down a process that has a good one open."""
    publish(tmp_path)
    follower = Follower(tmp_path)
    good = follower.get()
    publish(tmp_path, {ONE: ":x :y :z ."})
    shutil.rmtree(film(tmp_path, 2) / "store")
    assert follower.get() is good
    assert publish_after_damage(tmp_path) == 3
    assert follower.get().version == "3"


def publish_after_damage(data: Path) -> int:
    """What the message of a damaged snapshot tells to do: roll back, then publish again."""
    with pytest.raises(StoreError, match="filmgraph snapshots"), Writer(data):
        pass
    snapshot.rollback(data, 1)
    return publish(data, {ONE: ":x :y :w ."})
