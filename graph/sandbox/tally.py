"""Counts what became of queries, and how many processes had to be replaced, for whoever watches over the service."""

from __future__ import annotations

import threading
from collections import Counter

from graph.errors import QueryError
from graph.sandbox.lanes import PutAsideError
from graph.sandbox.limits import GivenUpError, LimitExceededError


class Tally:
    """Numbers that only grow; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queries: Counter[tuple[str, str]] = Counter()
        self._restarts = 0

    def count(self, lane: str, outcome: str) -> None:
        """Count a query by the lane in which it ended, and by what became of it."""
        with self._lock:
            self._queries[lane, outcome] += 1

    def restart(self) -> None:
        """Count a process that was replaced."""
        with self._lock:
            self._restarts += 1

    @property
    def queries(self) -> dict[tuple[str, str], int]:
        """How many queries ended in which lane and how."""
        with self._lock:
            return dict(self._queries)

    @property
    def restarts(self) -> int:
        """How many processes were replaced."""
        return self._restarts


def outcome(error: Exception) -> str:
    """What became of a query that has no answer, in one word: the bound that it passed, or whose fault it was.

    >>> outcome(LimitExceededError("timeout", 10, "stopped", "ask for less"))
    'timeout'
    """
    if isinstance(error, LimitExceededError):
        return error.limit
    kinds = {GivenUpError: "given_up", PutAsideError: "put_aside", QueryError: "refused"}
    return next((word for kind, word in kinds.items() if isinstance(error, kind)), "failed")
