"""Quick queries pass slow ones: lanes keep places, and the pace of a query is learnt by its shape."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from graph.sandbox import NOBODY, GivenUpError, LimitExceededError, Sandbox, examine
from graph.sandbox.lanes import Lane, Lanes, Pace
from tests.graph.sandbox.bounds import JSON, LIMITS, NEVER, wait_until
from tests.small_graph import PREFIXES


def test_quick_queries_pass_slow_ones(folder: Path) -> None:
    """While more clients than processes send queries that never end, all known quick queries pass them."""
    ended, leave = list[int](), threading.Event()
    with Sandbox(LIMITS, PREFIXES) as pool:

        def bother(name: int) -> None:
            with pytest.raises(GivenUpError):
                pool.run(folder, NEVER.replace("?", f"?x{name}"), JSON, asker=replace(NOBODY, gone=leave.is_set))
            ended.append(name)

        quick = "SELECT ?n {{ <http://example.org/{}> film:name ?n }}"
        pool.run(folder, quick.format("roth"), JSON).close()
        clients = [threading.Thread(target=bother, args=(n,), daemon=True) for n in range(6)]
        for client in clients:
            client.start()
        wait_until(lambda: pool.lanes._waiting and not pool.lanes._free[Lane.SLOW])
        for n in range(40):
            pool.run(folder, quick.format(f"x{n}"), JSON).close()
        assert not ended, "the quick ones have waited for a slow one"
        leave.set()
        for client in clients:
            client.join()
    assert sorted(ended) == list(range(6))


def test_full_lane_is_busy_not_stuck(folder: Path) -> None:
    """Who finds all places taken for too long is told to try again, and when."""
    limits = replace(LIMITS, patience=0.3, slow_lane=1, trial_lane=0, quick_lane=0)
    with Sandbox(limits) as pool:
        assert pool.lanes.enter(Pace.SLOW, 0) is Lane.SLOW
        with pytest.raises(LimitExceededError, match="busy") as caught:
            pool.run(folder, "ASK {}", JSON)
        assert (caught.value.limit, caught.value.retry_after) == ("patience", 1)
        pool.lanes.leave(Lane.SLOW)
        pool.run(folder, "ASK {}", JSON).close()


def test_lanes_keep_places_for_quick_queries() -> None:
    """Slow queries never take the places of quick ones; quick ones may take any."""
    lanes = Lanes(replace(LIMITS, slow_lane=1, trial_lane=1, quick_lane=1))
    assert lanes.enter(Pace.SLOW, 0) is Lane.SLOW
    assert lanes.enter(Pace.SLOW, 0) is None
    assert lanes.enter(Pace.UNKNOWN, 0) is Lane.TRIAL
    assert lanes.enter(Pace.UNKNOWN, 0) is None
    assert lanes.enter(Pace.QUICK, 0) is Lane.QUICK
    assert lanes.enter(Pace.QUICK, 0) is None
    assert not lanes.change(Lane.TRIAL, Lane.SLOW)
    lanes.leave(Lane.SLOW)
    assert lanes.change(Lane.TRIAL, Lane.SLOW)
    assert lanes.enter(Pace.QUICK, 0) is Lane.TRIAL


def test_other_names_make_no_other_shape() -> None:
    """Who renames variables or asks of another film is known all the same; who joins otherwise asks another thing."""

    def shape(query: str) -> bytes:
        return examine(query, LIMITS).shape

    first = shape("SELECT * { <urn:a> ?b ?c . ?c ?d 'x' } LIMIT 10")
    assert first == shape("SELECT * { <urn:other> $q ?r . ?r ?s 'y' } LIMIT 20")
    assert first != shape("SELECT * { <urn:a> ?b ?c . ?e ?d 'x' } LIMIT 10")


def test_pace_is_learnt_by_shape() -> None:
    """What a shape of query took last time is remembered, and corrected."""
    lanes = Lanes(LIMITS)
    assert lanes.pace(b"a") is Pace.UNKNOWN
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.SLOW
    for _ in range(5):
        lanes.remember(b"a", Pace.QUICK)
        assert lanes.pace(b"a") is Pace.QUICK
    assert lanes.pace(b"b") is Pace.UNKNOWN
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.QUICK
    lanes.remember(b"a", Pace.SLOW)
    assert lanes.pace(b"a") is Pace.SLOW
