"""The pile of processes that wait for work."""

from __future__ import annotations

import threading
from typing import cast

from graph.sandbox.idle import Idle
from graph.sandbox.process import Process


def some(name: str) -> Process:
    """Something that stands for a process: the pile asks nothing of it."""
    return cast("Process", name)


def test_who_came_last_goes_first() -> None:
    """Of several the last one is taken, and where there is none nobody waits unless he wants to."""
    idle = Idle()
    idle.put(some("a"))
    idle.put(some("b"))
    assert list(map(idle.get, (None, None, None, 0.001))) == [some("b"), some("a"), None, None]


def test_a_process_is_taken_by_one_only() -> None:
    """Several threads that take and lay back never hold the same process, and none is lost."""
    idle, held, twice = Idle(), set[Process](), list[Process]()
    for name in "abc":
        idle.put(some(name))

    def work() -> None:
        for _ in range(200):
            mine = idle.get(60)
            assert mine is not None
            if mine in held:
                twice.append(mine)
            held.add(mine)
            held.discard(mine)
            idle.put(mine)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not twice
    assert {idle.get(None) for _ in range(4)} == {*map(some, "abc"), None}
