"""The pool of processes that run strangers' queries."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.sandbox.asker import NOBODY, Asker
from graph.sandbox.course import Course, Order
from graph.sandbox.examine import Examined, examine
from graph.sandbox.idle import Idle
from graph.sandbox.lanes import Lane, Lanes, Pace, PutAsideError
from graph.sandbox.limits import LimitExceededError, Limits, busy
from graph.sandbox.process import Job, KilledError, Process, Terms
from graph.sandbox.running import Running
from graph.sandbox.spool import SpooledResult
from graph.sandbox.tally import Tally

log = logging.getLogger(__name__)
TRIES = 5
"""How often a query is begun again in another process."""
START = 30.0
"""Seconds within which a process must come up, on a machine however loaded."""


class Sandbox:
    """Runs queries in processes that are started ahead, one more than can be busy; safe to share between threads.

    A process that had to be killed, or ran a slow query, is replaced by a fresh one in the background.
    """

    def __init__(self, limits: Limits | None = None, prefixes: Mapping[str, str] | None = None) -> None:
        self.limits = limits or Limits()
        self._prefixes = dict(prefixes or {})
        self.tally = Tally()
        self._lanes = Lanes(self.limits)
        self._idle = Idle()
        self._orders: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._all: set[Process] = set()
        self._lock = threading.Lock()
        self._keeper: threading.Thread | None = None
        self._closed = False
        self._asked: tuple[Path | None, Path] = None, Path()
        """The folder that was asked for last, and where it is."""
        self._last: Path | None = None
        """The snapshot of the last query, which a new process opens before its first one."""

    def start(self, snapshot: Path | None = None) -> None:
        """Start the processes in the background, each to open this snapshot; the first query starts them too."""
        with self._lock:
            self._last = self._last or snapshot
            if self._keeper is not None or self._closed:
                return
            for _ in range(self.limits.processes + 1):
                self._orders.put(True)
            self._keeper = threading.Thread(target=self._keep, name="sandbox-keeper", daemon=True)
            self._keeper.start()

    def close(self) -> None:
        """Kill all processes; queries that still run fail."""
        with self._lock:
            self._closed = True
            processes = list(self._all)
            self._all.clear()
        self._orders.put(False)
        for process in processes:
            process.kill()

    def __enter__(self) -> Sandbox:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def examine(self, query: str) -> Examined:
        """Check a text before it runs; ``run`` does so itself unless it is given the result."""
        return examine(query, self.limits)

    def run(self, snapshot: Path, query: str, media_type: str, **more: Any) -> SpooledResult:
        """Run a query on the snapshot in this folder; the answer is complete and must be closed.

        ``more`` is as for ``order``. Raises ``QueryError`` and its children for the query's own faults, ``LimitError``
        for a bound, ``StoreError`` for the snapshot's faults.
        """
        return self.fill(self.order(snapshot, query, media_type, **more))

    def order(
        self,
        snapshot: Path,
        query: str,
        media_type: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        timeout: float | None = None,
        base: str | None = None,
        examined: Examined | None = None,
        most: int | None = None,
        asker: Asker = NOBODY,
    ) -> Order:
        """A query on the snapshot in this folder, ready to be run; raises as ``examine`` does.

        ``timeout`` is in seconds, at most ``limits.max_timeout``; ``base`` resolves relative IRIs; ``most`` is the
        largest answer in bytes where it is less than ``limits.result_bytes``.
        """
        self.start()
        found = examined or self.examine(query)
        graphs = (*found.outline.default_graphs, *found.outline.named_graphs)
        if default_graphs or named_graphs:
            graphs = ()  # those of the request are looked at in their place
        terms = Terms(self._resolved(snapshot), media_type, tuple(default_graphs), tuple(named_graphs), graphs, base,
                      min(most or self.limits.result_bytes, self.limits.result_bytes))  # fmt: skip
        self._last = terms.snapshot
        return Order(
            Job(query, terms), found.shape, min(timeout or self.limits.timeout, self.limits.max_timeout), asker
        )

    def fill(self, order: Order) -> SpooledResult:
        """The answer to an order; raises as ``run`` does."""
        pace = self._lanes.pace(order.shape)
        for _ in range(TRIES):
            try:
                return self._attempt(order, pace)
            except PutAsideError:
                pace = Pace.SLOW
            except KilledError:
                log.warning("a process for queries was killed from outside; its query is asked again")
        raise StoreError("the processes for queries are killed again and again; see the log of the server")

    def _resolved(self, snapshot: Path) -> Path:
        """The folder without symbolic links; looked up when another one is asked for."""
        asked, found = self._asked
        if asked is not snapshot:
            found = snapshot.resolve()
            self._asked = snapshot, found
        return found

    def _attempt(self, order: Order, pace: Pace) -> SpooledResult:
        if pace is Pace.SLOW:
            order.asker.before_slow()
        lane = self._lanes.enter(pace, self.limits.patience, order.asker)
        if lane is None:
            raise self.impatient(pace)
        course = Course(self, order, lane)
        try:
            process = self._take(order.job, START)
        except StoreError:
            course.end(None, "failed")
            raise
        return course.run(process)

    def impatient(self, pace: Pace) -> LimitExceededError:
        """What to say to one who waited for a place in vain."""
        self.tally.count(pace, "patience")
        return busy(self.limits.patience)

    def begin(self, order: Order, lane: Lane) -> Running | None:
        """Hand an order that has a place to an idle process, without waiting for one.

        None, and the place is given back, where no process is idle at the moment.
        """
        course = Course(self, order, lane)
        try:
            return Running(course, self._take(order.job, None))
        except StoreError:
            self._lanes.leave(lane, order.asker.name)
            return None

    def _take(self, job: Job, wait: float | None) -> Process:
        """An idle process that has the query, waiting so many seconds for one."""
        for _ in range(self.limits.processes + 2):
            process = self._idle.get(wait)
            if process is None:
                break
            try:
                process.ask(job)
            except OSError:  # it died while it was idle
                self.replace(process)
            else:
                return process
        raise StoreError("no process for queries could be started; see the log of the server")

    def give_back(self, process: Process) -> None:
        """Make a process idle again, or replace it if it was slowed down."""
        if process.slowed or self._closed:
            self.replace(process)
        else:
            self._idle.put(process)

    def replace(self, process: Process) -> None:
        """Kill a process and order another."""
        process.kill()
        with self._lock:
            self._all.discard(process)
        self.tally.restart()
        self._orders.put(True)

    def _keep(self) -> None:
        """Starts processes as ordered. Their lives end with this thread's, so it lives as long as the pool."""
        while self._orders.get():
            try:
                self._start_one()
            except (StoreError, OSError):
                log.exception("a process for queries did not start; trying again in a second")
                time.sleep(1)
                self._orders.put(True)

    def _start_one(self) -> None:
        process = Process(self.limits, self._prefixes)
        process.await_ready(START)
        if self._last is not None:
            process.warm_up(self._last, START)
        with self._lock:
            if self._closed:
                process.kill()
                return
            self._all.add(process)
        if not process.isolation:
            log.warning("query processes cannot be cut off from the network here; SERVICE is refused by its text only")
        self._idle.put(process)

    def pids(self) -> tuple[int, ...] | None:
        """The ids of the processes that are up; None before they are first needed."""
        with self._lock:
            return tuple(process.pid for process in self._all) if self._keeper is not None else None

    @property
    def lanes(self) -> Lanes:
        """The places of running queries."""
        return self._lanes
