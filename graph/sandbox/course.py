"""One query on its way through a process: quick at first, then as a slow one among its like, or to its deadline."""

from __future__ import annotations

import time
from typing import Protocol

from graph.sandbox.asker import Asker
from graph.sandbox.lanes import LOOK, Lane, Lanes, Pace
from graph.sandbox.limits import GivenUpError, Limits, timed_out
from graph.sandbox.process import Job, Process
from graph.sandbox.spool import SpooledResult


class Pool(Protocol):
    """Where processes come from."""

    limits: Limits

    @property
    def lanes(self) -> Lanes:
        """The places of running queries."""
        ...

    def take(self, job: Job) -> Process:
        """An idle process that has the query."""
        ...

    def give_back(self, process: Process) -> None:
        """Make a process idle again."""
        ...

    def replace(self, process: Process) -> None:
        """Kill a process and order another."""
        ...


class PutAsideError(Exception):
    """A query turned out to be slow while the slow lane is full; it has to wait among its like."""


class Course:
    """One query on its way through a process; ``lane`` is where it holds its place now."""

    def __init__(self, pool: Pool, shape: bytes, lane: Lane, asker: Asker) -> None:
        self.pool, self.shape, self.lane, self.asker = pool, shape, lane, asker

    def run(self, job: Job, seconds: float) -> SpooledResult:
        """The answer; raises ``PutAsideError`` where the query has to start again in the slow lane."""
        process = self.pool.take(job)
        try:
            return self._wait(process, job, seconds)
        finally:
            if process.busy:  # past its deadline, or dead
                self.pool.replace(process)
            else:
                self.pool.give_back(process)

    def _wait(self, process: Process, job: Job, seconds: float) -> SpooledResult:
        lanes, end = self.pool.lanes, time.monotonic() + seconds
        if lanes.pace(self.shape) is Pace.SLOW:
            process.slow_down()
        result = self._quick_answer(process, job, end)
        if result is not None:
            lanes.remember(self.shape, Pace.QUICK)
            return result
        lanes.remember(self.shape, Pace.SLOW)
        if self.lane is not Lane.SLOW:
            self.asker.before_slow()
            if not lanes.change(self.lane, Lane.SLOW):
                raise PutAsideError
        self.lane = Lane.SLOW
        process.slow_down()
        begun = time.monotonic()
        try:
            return self._slow_answer(process, job, end, seconds)
        finally:
            self.asker.spent(time.monotonic() - begun)

    def _slow_answer(self, process: Process, job: Job, end: float, seconds: float) -> SpooledResult:
        while (left := end - time.monotonic()) > 0:
            try:
                return process.answer(job, min(LOOK, left))
            except TimeoutError:
                if self.asker.gone():
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
