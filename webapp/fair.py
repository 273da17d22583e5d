"""A fair share of the endpoint for each client: how many queries a minute, and how long its slow ones may run."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from graph.sandbox import NOBODY, Asker, LimitExceededError
from webapp.wsgi import GONE

_QUERIES, _SLOW = "queries", "slow"


class FairShare:
    """Counts what each client asks, by its address, in the memory of this worker."""

    def __init__(self, rate: int, slow_seconds: int) -> None:
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._rate = RateLimitItemPerMinute(rate) if rate else None
        self._slow = RateLimitItemPerMinute(slow_seconds) if slow_seconds else None

    def asker(self, environ: Mapping[str, Any]) -> Asker:
        """Who asks, by the WSGI environment of his request.

        Raises ``LimitExceededError`` where he has asked too often within the last minute.
        """
        name = _client(environ.get("REMOTE_ADDR") or "")
        if self._rate is not None and not self._counts.hit(self._rate, _QUERIES, name):
            raise self._refusal(self._rate, _QUERIES, name)
        return Asker(name, environ.get(GONE, NOBODY.gone), lambda: self._check(name), lambda s: self._add(name, s))

    def _check(self, name: str) -> None:
        """Raise where the slow queries of this client have run long enough."""
        if self._slow is not None and not self._counts.test(self._slow, _SLOW, name):
            raise self._refusal(self._slow, _SLOW, name)

    def _add(self, name: str, seconds: float) -> None:
        if self._slow is not None:
            self._counts.hit(self._slow, _SLOW, name, cost=max(1, min(round(seconds), self._slow.amount)))

    def _refusal(self, bound: RateLimitItem, what: str, name: str) -> LimitExceededError:
        reset = self._counts.get_window_stats(bound, what, name).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        if what == _SLOW:
            said = f"your slow queries have run for {bound.amount} seconds within a minute"
            advice = "ask quicker ones, or wait"
        else:
            said, advice = f"you have asked {bound.amount:,} queries within a minute", "ask less often"
        names = {_SLOW: "slow_seconds", _QUERIES: "rate"}
        return LimitExceededError(names[what], bound.amount, said, advice, retry_after=wait)


def _client(address: str) -> str:
    """The address that stands for a client: one of IPv4, or the network of 64 bits that IPv6 gives to a household."""
    return ":".join(address.split(":")[:4]) if address.count(":") > 3 else address
