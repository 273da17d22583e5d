"""Which worker runs which tests: those that share something started or built run on one, the longest begin first."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

SERVERS = ("tests/agents/test_transports.py", "tests/graph/test_queries.py", "tests/test_remote_commands.py",
           "tests/webapp/test_remote.py")  # fmt: skip
"""Files that ask servers to which the sample was pushed."""
ATTACKS = ("tests/webapp/attacks/",)
"""Files that attack one service."""
APART = ("tests/browser/",)
"""Folders in which each test function may run anywhere: all that they share is there once in each worker."""
FIRST = (
    "servers",
    "tests/graph/extract/test_time.py",  # needs no sample, and runs while the other worker stores it
    "attacks",
    "tests/webapp/test_crawl.py",
    "tests/graph/test_kill.py",
)
"""The units that take longest begin first, so that no worker is left alone with them at the end."""


def unit(nodeid: str) -> str:
    """What a test runs together with: what shares a server, its file, or only itself with other parameters.

    >>> unit("tests/webapp/attacks/test_queries.py::test_one[a/b]")
    'attacks'
    >>> unit("tests/browser/test_walk.py::test_one[phone]")
    'tests/browser/test_walk.py::test_one'
    >>> unit("tests/graph/test_build.py::test_one")
    'tests/graph/test_build.py'
    """
    if nodeid.startswith(ATTACKS):
        return "attacks"
    if nodeid.startswith(SERVERS):
        return "servers"
    return nodeid.split("[")[0] if nodeid.startswith(APART) else nodeid.split("::")[0]


def rank(nodeid: str) -> int:
    """The place of a test in the order in which tests begin."""
    own = unit(nodeid)
    return FIRST.index(own) if own in FIRST else len(FIRST)


class Units(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out tests by units."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def again(item: pytest.Item) -> None:
    """Let a test that measures time or memory, or drives a browser, be tried once more when it fails."""
    by_chance = any(item.iter_markers("browser")) or any(item.iter_markers("measured"))
    if by_chance and item.config.pluginmanager.hasplugin("rerunfailures"):
        item.add_marker(pytest.mark.flaky(reruns=1))
