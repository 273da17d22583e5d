"""Who may run now: places in three lanes, and the memory of which shapes of queries are quick."""

from __future__ import annotations

import threading
from collections import OrderedDict
from enum import Enum

from graph.sandbox.limits import Limits

REMEMBERED = 10_000
"""Shapes of queries whose pace is remembered."""


class Pace(Enum):
    """How long queries of one shape take, as far as known."""

    QUICK = "quick"
    UNKNOWN = "unknown"
    SLOW = "slow"


class Lane(Enum):
    """A lane has a number of places; each running query holds one place in one lane."""

    QUICK = "quick"
    TRIAL = "trial"
    SLOW = "slow"


_MAY_USE = {
    Pace.QUICK: (Lane.QUICK, Lane.TRIAL, Lane.SLOW),
    Pace.UNKNOWN: (Lane.TRIAL, Lane.SLOW),
    Pace.SLOW: (Lane.SLOW,),
}
"""In the order of preference: so slow queries, however many, leave places that quick ones find free."""


class Lanes:
    """The places of all lanes; safe to share between threads."""

    def __init__(self, limits: Limits) -> None:
        self._free = {
            Lane.QUICK: limits.quick_lane,
            Lane.TRIAL: limits.trial_lane,
            Lane.SLOW: limits.slow_lane,
        }
        self._changed = threading.Condition()
        self._paces: OrderedDict[bytes, Pace] = OrderedDict()

    def enter(self, pace: Pace, patience: float) -> Lane | None:
        """Take a place, waiting for one if need be; None where none became free in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._open_lane(pace) is not None, patience)
            lane = self._open_lane(pace)
            if lane is not None:
                self._free[lane] -= 1
            return lane

    def change(self, lane: Lane, to: Lane) -> bool:
        """Exchange a place for one in another lane, if one is free there."""
        with self._changed:
            if self._free[to] < 1:
                return False
            self._free[to] -= 1
            self._free[lane] += 1
            self._changed.notify_all()
            return True

    def leave(self, lane: Lane) -> None:
        """Give a place back."""
        with self._changed:
            self._free[lane] += 1
            self._changed.notify_all()

    def pace(self, shape: bytes) -> Pace:
        """What is known of a shape."""
        with self._changed:
            return self._paces.get(shape, Pace.UNKNOWN)

    def remember(self, shape: bytes, pace: Pace) -> None:
        """Note how the last query of a shape went; the shapes not seen for longest are forgotten."""
        with self._changed:
            self._paces[shape] = pace
            self._paces.move_to_end(shape)
            if len(self._paces) > REMEMBERED:
                self._paces.popitem(last=False)

    def _open_lane(self, pace: Pace) -> Lane | None:
        return next((lane for lane in _MAY_USE[pace] if self._free[lane] > 0), None)
