"""One query on its way through a process: quick at first, then as a slow one among its like, or to its deadline."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from graph.sandbox.asker import NOBODY, Asker
from graph.sandbox.lanes import LOOK, Lane, Lanes, Pace, PutAsideError
from graph.sandbox.limits import GivenUpError, Limits, timed_out
from graph.sandbox.process import Job, Process
from graph.sandbox.spool import SpooledResult
from graph.sandbox.tally import Tally, outcome


@dataclass(frozen=True, slots=True)
class Order:
    """A query that may be run: what a process is to do, the digest of its shape, its time in seconds, who asks."""

    job: Job
    shape: bytes
    seconds: float
    asker: Asker = NOBODY


class Pool(Protocol):
    """Where processes come from."""

    limits: Limits
    tally: Tally

    @property
    def lanes(self) -> Lanes:
        """The places of running queries."""
        ...

    def give_back(self, process: Process) -> None:
        """Make a process idle again."""
        ...

    def replace(self, process: Process) -> None:
        """Kill a process and order another."""
        ...


class Course:
    """One query on its way through a process; ``lane`` is where it holds its place now."""

    def __init__(self, pool: Pool, order: Order, lane: Lane) -> None:
        self.pool, self.order, self.lane = pool, order, lane

    def run(self, process: Process) -> SpooledResult:
        """The answer of a process that has the query; ``PutAsideError`` where it has to start again in the slow lane.

        The place is given back and the process let go in any case.
        """
        word = "answered"
        try:
            return self._wait(process, self.order.job, self.order.seconds)
        except Exception as error:
            word = outcome(error)
            raise
        finally:
            self.end(process, word)

    def look(self, process: Process, seconds: float = 0.0) -> SpooledResult | None:
        """The same for a quick query, without waiting for longer: None where its answer is not there by then."""
        word = "answered"
        try:
            result = process.answer(self.order.job, seconds)
        except TimeoutError:
            return None
        except Exception as error:
            word = outcome(error)
            raise
        finally:
            if not process.busy or word != "answered":
                self.end(process, word)
        self.pool.lanes.remember(self.order.shape, Pace.QUICK)
        return result

    def end(self, process: Process | None, word: str) -> None:
        """Give back the place and the process; ``word`` says what became of the query."""
        if process is not None:
            if process.busy:  # past its deadline, or dead
                self.pool.replace(process)
            else:
                self.pool.give_back(process)
        self.pool.tally.count(self.lane, word)
        self.pool.lanes.leave(self.lane, self.order.asker.name)

    def _wait(self, process: Process, job: Job, seconds: float) -> SpooledResult:
        lanes, end, shape, asker = self.pool.lanes, time.monotonic() + seconds, self.order.shape, self.order.asker
        if lanes.pace(shape) is Pace.SLOW:
            process.slow_down()
        result = self._quick_answer(process, job, end)
        if result is not None:
            lanes.remember(shape, Pace.QUICK)
            return result
        lanes.remember(shape, Pace.SLOW)
        if self.lane is not Lane.SLOW:
            asker.before_slow()
            if not lanes.change(self.lane, Lane.SLOW):
                raise PutAsideError
        self.lane = Lane.SLOW
        process.slow_down()
        begun = time.monotonic()
        try:
            return self._slow_answer(process, job, end, seconds)
        finally:
            asker.spent(time.monotonic() - begun)

    def _slow_answer(self, process: Process, job: Job, end: float, seconds: float) -> SpooledResult:
        while (left := end - time.monotonic()) > 0:
            try:
                return process.answer(job, min(LOOK, left))
            except TimeoutError:
                if self.order.asker.gone():
                    raise GivenUpError("the client has hung up") from None
        raise timed_out(seconds)

    def _quick_answer(self, process: Process, job: Job, end: float) -> SpooledResult | None:
        """The answer if it takes little work; None once the process has worked too long, or the time is over.

        Work is processor time: on a busy machine a quick query may wait for long, and must not be taken for slow.
        """
        quick, before = self.pool.limits.quick, process.worked
        while (left := end - time.monotonic()) > 0:
            try:
                return process.answer(job, min(quick, left))
            except TimeoutError:
                if process.cpu_seconds() - before >= quick:
                    break
        return None
