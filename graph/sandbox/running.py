"""Queries that an event loop waits for: no thread is taken for one that is known to be quick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from graph.sandbox.course import Course, Order
from graph.sandbox.lanes import Lane, Lanes, Pace, PutAsideError, Ticket
from graph.sandbox.limits import LimitExceededError, Limits
from graph.sandbox.process import KilledError, Process
from graph.sandbox.spool import SpooledResult

InThread = Callable[[Callable[[], SpooledResult]], Awaitable[SpooledResult]]
"""Runs a function that waits in a thread of its own."""


MOMENT = 0.002
"""Seconds that an event loop may stand still."""


class Running:
    """A query that a process has, and that nobody waits for yet."""

    def __init__(self, course: Course, process: Process) -> None:
        self.course, self.process = course, process

    def fileno(self) -> int:
        """The descriptor that can be read when there is news."""
        return self.process.link

    def look(self, seconds: float = 0.0) -> SpooledResult | None:
        """The answer, None where it is not there by then; raises what ``Sandbox.run`` does."""
        return self.course.look(self.process, seconds)

    def finish(self) -> SpooledResult:
        """Wait for the answer as for that of any query."""
        return self.course.run(self.process)

    def give_up(self) -> None:
        """Nobody wants the answer any more."""
        self.course.end(self.process, "given_up")


class Pool(Protocol):
    """What runs orders: a sandbox."""

    limits: Limits

    @property
    def lanes(self) -> Lanes:
        """The places of running queries."""
        ...

    def begin(self, order: Order, lane: Lane) -> Running | None:
        """Hand an order to an idle process."""
        ...

    def fill(self, order: Order) -> SpooledResult:
        """The answer to an order, waiting for it."""
        ...

    def impatient(self, pace: Pace) -> LimitExceededError:
        """What to say to one who waited for a place in vain."""
        ...


async def filled(pool: Pool, order: Order, in_thread: InThread, *, alone: bool = False) -> SpooledResult:
    """The answer to an order, for a caller in an event loop; raises as ``Sandbox.run`` does.

    With ``alone`` nobody else is known to wait, so that the loop itself may wait a moment, which costs less.
    """
    wait = partial(pool.fill, order)
    if pool.lanes.pace(order.shape) is not Pace.QUICK:
        return await in_thread(wait)
    running = pool.begin(order, await _place(pool, order))
    if running is None:
        return await in_thread(wait)
    try:
        result = running.look(MOMENT) if alone else None
        result = result or await _quick_answer(running, pool.limits.quick)
        return result or await in_thread(running.finish)
    except (PutAsideError, KilledError):
        return await in_thread(wait)


async def _place(pool: Pool, order: Order) -> Lane:
    """A place for a quick query."""
    found = pool.lanes.at_once(Pace.QUICK, order.asker)
    if found is not None:
        return found
    loop = asyncio.get_running_loop()
    granted: asyncio.Future[Lane] = loop.create_future()

    def tell(lane: Lane) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it everybody who waits
            loop.call_soon_threadsafe(_settle, pool, order, granted, lane)

    return await _granted(pool, order, granted, pool.lanes.apply(Pace.QUICK, order.asker, tell))


async def _granted(pool: Pool, order: Order, granted: asyncio.Future[Lane], found: Lane | Ticket) -> Lane:
    """The place that was found, or the one that the ticket is for."""
    if not isinstance(found, Ticket):
        return found
    try:
        return await asyncio.wait_for(granted, pool.limits.patience)
    except TimeoutError:
        raise pool.impatient(Pace.QUICK) from None
    except asyncio.CancelledError:
        if granted.done() and not granted.cancelled():
            pool.lanes.leave(granted.result(), order.asker.name)
        raise
    finally:
        pool.lanes.withdraw(found)


def _settle(pool: Pool, order: Order, granted: asyncio.Future[Lane], lane: Lane) -> None:
    """Take a place that was granted; back with it if nobody waits for it any more."""
    if granted.done():
        pool.lanes.leave(lane, order.asker.name)
    else:
        granted.set_result(lane)


async def _quick_answer(running: Running, seconds: float) -> SpooledResult | None:
    """The answer if it comes in time."""
    loop = asyncio.get_running_loop()
    end, result = loop.time() + seconds, None
    try:
        while result is None and (left := end - loop.time()) > 0:
            if await _readable(loop, running.fileno(), left):
                result = running.look()
    except asyncio.CancelledError:
        running.give_up()
        raise
    return result


async def _readable(loop: asyncio.AbstractEventLoop, descriptor: int, seconds: float) -> bool:
    """Whether there is something to read, within a time."""
    happened: asyncio.Future[bool] = loop.create_future()
    loop.add_reader(descriptor, _tell, happened, True)
    timer = loop.call_later(seconds, _tell, happened, False)
    try:
        return await happened
    finally:
        timer.cancel()
        loop.remove_reader(descriptor)


def _tell(happened: asyncio.Future[bool], what: bool) -> None:
    if not happened.done():
        happened.set_result(what)
