"""A query in a command's own process: bounded in time and memory by a thread that looks on."""

from __future__ import annotations

import time

import pytest

from graph.sandbox import LimitExceededError, watch, watched
from tests.graph.sandbox.bounds import wait_until


def test_what_ends_in_time_is_left_alone() -> None:
    """Nothing happens to a block that is done before its deadline."""
    given: list[LimitExceededError] = []
    with watched(60, given.append):
        pass
    time.sleep(3 * watch.PAUSE)
    assert not given


def test_time_and_memory_are_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bound that is passed is named."""
    given: list[LimitExceededError] = []
    with watched(0, given.append):
        wait_until(lambda: given)
    assert given[0].limit == "timeout"
    given.clear()
    monkeypatch.setattr(watch, "available", lambda: 0)
    with watched(None, given.append):
        ballast = b"x" * 50_000_000
        wait_until(lambda: given)
    assert len(ballast) == 50_000_000
    assert given[0].limit == "memory"
