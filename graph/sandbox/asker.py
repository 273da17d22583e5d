"""Who asks: for fair turns among several, and for giving up when nobody waits any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _never() -> bool:
    return False


def _nothing() -> None:
    return None


def _not_counted(seconds: float) -> None:
    del seconds


@dataclass(frozen=True, slots=True)
class Asker:
    """One who asks.

    ``name`` is the same for all queries of one client; ``gone`` tells whether he has hung up; ``before_slow`` is called
    before a query takes a place among the slow ones and raises ``LimitError`` where he has had his share; ``spent``
    is told how many seconds it was there.
    """

    name: str = ""
    gone: Callable[[], bool] = _never
    before_slow: Callable[[], None] = _nothing
    spent: Callable[[float], None] = _not_counted


NOBODY = Asker()
