"""Who may run now: places in three lanes, and the memory of which shapes of queries are quick."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph.sandbox.asker import NOBODY, Asker
from graph.sandbox.limits import GivenUpError, Limits, crowded

REMEMBERED = 10_000
"""Shapes of queries whose pace is remembered."""


class Pace(StrEnum):
    """How long queries of one shape take, as far as known."""

    QUICK = "quick"
    UNKNOWN = "unknown"
    SLOW = "slow"


class Lane(StrEnum):
    """A lane has a number of places; each running query holds one place in one lane."""

    QUICK = "quick"
    TRIAL = "trial"
    SLOW = "slow"


class PutAsideError(Exception):
    """A query turned out to be slow while the slow lane is full; it has to wait among its like."""


_MAY_USE = {
    Pace.QUICK: (Lane.QUICK, Lane.TRIAL, Lane.SLOW),
    Pace.UNKNOWN: (Lane.TRIAL, Lane.SLOW),
    Pace.SLOW: (Lane.SLOW,),
}
"""In the order of preference: so slow queries, however many, leave places that quick ones find free."""
SURE = 4
"""After so many quick queries of a shape two slow ones are needed to take it for slow."""
LOOK = 0.25
"""Seconds after which it is looked whether a waiting client is still there."""


@dataclass(eq=False, slots=True)
class Ticket:
    """One who waits; ``ahead`` is how many queries of the same client run, or waited before.

    ``granted`` is told the place of one who does not wait in a thread.
    """

    pace: Pace
    name: str
    ahead: int
    granted: Callable[[Lane], object] | None = None


class Lanes:
    """The places of all lanes; safe to share between threads."""

    def __init__(self, limits: Limits) -> None:
        self._free = {
            Lane.QUICK: limits.quick_lane,
            Lane.TRIAL: limits.trial_lane,
            Lane.SLOW: limits.slow_lane,
        }
        self._limits = limits
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._waiting: list[Ticket] = []
        self._running: Counter[str] = Counter()
        self._scores: OrderedDict[bytes, int] = OrderedDict()

    def enter(self, pace: Pace, patience: float, asker: Asker = NOBODY) -> Lane | None:
        """Take a place, waiting for one if need be; None where none became free in time.

        Of those who wait, he goes first who has the fewest queries before it. Raises ``LimitExceededError`` where too
        many wait already, ``GivenUpError`` where the client hangs up.
        """
        with self._lock:
            ticket = self._queue(pace, asker)
            try:
                return self._wait(ticket, patience, asker)
            finally:
                self._waiting.remove(ticket)
                self._call()

    def at_once(self, pace: Pace, asker: Asker) -> Lane | None:
        """A place that is free while nobody waits for one, else None."""
        with self._lock:
            lane = None if self._waiting else self._open_lane(pace)
            return None if lane is None else self._take(lane, asker.name)

    def apply(self, pace: Pace, asker: Asker, granted: Callable[[Lane], object]) -> Lane | Ticket:
        """A place that is free at once, or a ticket of one who waits for it without a thread.

        ``granted`` is called with the place, by whichever thread gives one back; it must not wait. Raises
        ``LimitExceededError`` where too many wait already.
        """
        with self._lock:
            ticket = self._queue(pace, asker)
            if self._is_next(ticket):
                self._waiting.remove(ticket)
                return self._taken(ticket)
            ticket.granted = granted
            return ticket

    def withdraw(self, ticket: Ticket) -> bool:
        """Wait no longer; False where the place was granted before."""
        with self._lock:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            self._call()
            return True

    def _call(self) -> None:
        """Places or those who wait have changed: let each look whether it is his turn."""
        if not self._waiting:
            return
        for ticket in [each for each in self._waiting if each.granted is not None]:
            if self._is_next(ticket):
                self._waiting.remove(ticket)
                if ticket.granted is not None:
                    ticket.granted(self._taken(ticket))
        self._changed.notify_all()

    def _taken(self, ticket: Ticket) -> Lane:
        """The place of one whose turn it is."""
        lane = self._open_lane(ticket.pace)
        assert lane is not None  # noqa: S101  # that it is his turn says so
        return self._take(lane, ticket.name)

    def _take(self, lane: Lane, name: str) -> Lane:
        self._free[lane] -= 1
        self._running[name] += 1
        return lane

    def _queue(self, pace: Pace, asker: Asker) -> Ticket:
        own = sum(each.name == asker.name for each in self._waiting)
        for name, count in (("queue", len(self._waiting)), ("own_queue", own if asker.name else 0)):
            if count >= getattr(self._limits, name):
                raise crowded(name, count)
        ticket = Ticket(pace, asker.name, own + self._running[asker.name])
        self._waiting.append(ticket)
        return ticket

    def _wait(self, ticket: Ticket, patience: float, asker: Asker) -> Lane | None:
        end = time.monotonic() + patience
        while not self._is_next(ticket):
            left = end - time.monotonic()
            if left <= 0:
                return None
            if asker.gone():
                raise GivenUpError("the client has hung up")
            self._changed.wait(min(LOOK, left))
        return self._taken(ticket)

    def _is_next(self, ticket: Ticket) -> bool:
        """Whether there is a place for this one, and nobody who may take it waits with a better right."""
        if self._open_lane(ticket.pace) is None:
            return False
        rivals = (each for each in self._waiting if self._open_lane(each.pace) is not None)
        return not any(
            each.ahead < ticket.ahead and len(_MAY_USE[each.pace]) <= len(_MAY_USE[ticket.pace]) for each in rivals
        )

    def change(self, lane: Lane, to: Lane) -> bool:
        """Exchange a place for one in another lane, if one is free there."""
        with self._lock:
            if self._free[to] < 1:
                return False
            self._free[to] -= 1
            self._free[lane] += 1
            self._call()
            return True

    def leave(self, lane: Lane, name: str = "") -> None:
        """Give a place back."""
        with self._lock:
            self._free[lane] += 1
            self._running[name] -= 1
            if self._running[name] <= 0:
                del self._running[name]
            self._call()

    def pace(self, shape: bytes) -> Pace:
        """What is known of a shape."""
        with self._lock:
            score = self._scores.get(shape, 0)
        return Pace.QUICK if score > 0 else Pace.SLOW if score < 0 else Pace.UNKNOWN

    def remember(self, shape: bytes, pace: Pace) -> None:
        """Note how the last query of a shape went; the shapes not seen for longest are forgotten.

        A shape that was quick several times is not taken for slow by one query that was not.
        """
        with self._lock:
            score = self._scores.get(shape, 0)
            self._scores[shape] = min(max(score, 0) + 1, SURE) if pace is Pace.QUICK else max(min(score - 2, 1), -1)
            self._scores.move_to_end(shape)
            if len(self._scores) > REMEMBERED:
                self._scores.popitem(last=False)

    def _open_lane(self, pace: Pace) -> Lane | None:
        for lane in _MAY_USE[pace]:
            if self._free[lane] > 0:
                return lane
        return None
