"""The pool's side of one process: start it, ask it, kill it."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import FilmgraphError, QueryError, StoreError
from graph.sandbox.frames import Frame, Letter, Receiver, send, written
from graph.sandbox.limits import Limits, out_of_memory, too_complex, too_large
from graph.sandbox.spawn import spawn
from graph.sandbox.spool import SpooledResult
from graph.store import MalformedQueryError, RefusedQueryError

AT_ONCE = 1.0
"""Seconds within which a process can hardly have taken so much memory that the system killed it."""
SLOWER = 15
"""How much a slow query's process steps back for others, as a nice value."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What many queries share: on which snapshot they run, in which form of answer, over which graphs."""

    snapshot: Path
    media_type: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    from_graphs: tuple[str, ...]
    base: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Job:
    """One query to run, and on what terms."""

    query: str
    terms: Terms


class KilledError(Exception):
    """Somebody killed the process as soon as it had the query; another one may answer it."""


class Process:
    """One process that runs one query at a time."""

    def __init__(self, limits: Limits, prefixes: Mapping[str, str]) -> None:
        self.limits = limits
        self._popen, self._link = spawn("graph.sandbox.worker", _max_file(limits))
        self._receiver = Receiver(self._link)
        self._hello = Frame({"prefixes": dict(prefixes), "memory": limits.memory})
        self.isolation: tuple[str, ...] = ()
        self._killed = False
        self._asked = 0.0
        self.slowed = False
        self.busy = False
        """Whether a query was handed over that is not answered yet."""
        self.worked = 0.0
        """Processor time that it had taken, in seconds, when it gave its last answer."""

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._popen.pid

    @property
    def link(self) -> int:
        """The descriptor of the socket between us."""
        return self._link.fileno()

    def await_ready(self, timeout: float) -> None:
        """Wait until the process has locked itself in; raises ``StoreError`` if it does not come up."""
        try:
            send(self._link, self._hello)
            ready = self._receiver.receive(timeout).fields
            self.isolation, self.worked = tuple(ready["isolation"]), ready["worked"]
        except (OSError, EOFError) as error:
            self.kill()
            raise StoreError(f"a process for queries could not be started: {error!r}") from error

    def warm_up(self, snapshot: Path, timeout: float) -> None:
        """Open a snapshot ahead of the first query on it; raises ``StoreError`` if the process got stuck."""
        job = Job("ASK {}", Terms(snapshot, "application/sparql-results+json", (), (), (), None, 1000))
        try:
            self.ask(job)
            self.answer(job, timeout).close()
        except (OSError, FilmgraphError, KilledError) as error:
            if self.busy:
                self.kill()
                raise StoreError(f"a process for queries got stuck while it opened {snapshot}: {error!r}") from error

    def ask(self, job: Job) -> None:
        """Hand over a query; raises ``OSError`` if the process is gone."""
        self.busy, self._asked = True, time.monotonic()
        letter = Letter(_fields(job.terms, self.limits.result_rows), job.query.encode())
        send(self._link, letter, self.limits.timeout)

    def answer(self, job: Job, timeout: float) -> SpooledResult:
        """Wait for the answer.

        Raises ``TimeoutError`` if it is not there in time (it may be waited for again), else what went wrong.
        """
        try:
            frame = self._receiver.receive(timeout)
        except TimeoutError:
            raise
        except (EOFError, OSError) as error:
            raise self._cause_of_death() from error
        self.busy = False
        self.worked = frame.fields.get("worked", self.worked)
        if "error" in frame.fields:
            raise _failure(frame.fields, self.limits, job.terms.most)
        size, rows, seconds = (frame.fields[name] for name in ("size", "rows", "seconds"))
        file = io.BytesIO(frame.body) if frame.file is None else os.fdopen(frame.file, "rb")
        return SpooledResult(job.terms.media_type, size, rows, seconds, file)

    def slow_down(self) -> None:
        """Let other processes go first from now on."""
        self.slowed = True
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, SLOWER)
        except OSError:
            return  # it has just died, or the system forbids it; nothing depends on it

    def cpu_seconds(self) -> float:
        """How much processor time the process has taken so far; 0 if it is gone."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._killed = True
        self._popen.kill()
        self._receiver.close()
        self._popen.wait()

    def _cause_of_death(self) -> Exception:
        code = self._popen.wait()
        if self._killed:
            return StoreError("the query was given up, because the service is being shut down")
        if code == -signal.SIGSEGV:
            return too_complex(self.limits.chain)
        if code == -signal.SIGKILL and time.monotonic() - self._asked < AT_ONCE:
            return KilledError()
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return out_of_memory(self.limits.memory)
        return StoreError(f"a process for queries ended by mistake, with code {code}")


@lru_cache(maxsize=16)
def _fields(terms: Terms, rows: int) -> bytes:
    """The fields of a message; one query after the other has the same."""
    return written(
        {
            "snapshot": str(terms.snapshot),
            "type": terms.media_type,
            "default": terms.default_graphs,
            "named": terms.named_graphs,
            "from": terms.from_graphs,
            "base": terms.base,
            "bytes": terms.most,
            "rows": rows,
        }
    )


def _max_file(limits: Limits) -> int:
    return limits.result_bytes + (1 << 20)


def _failure(fields: dict[str, Any], limits: Limits, most: int) -> Exception:
    kind = fields["error"]
    if kind == "overflow":
        return too_large(fields["limit"], most if fields["limit"] == "result_bytes" else limits.result_rows)
    if kind == "memory":
        return out_of_memory(limits.memory)
    if kind == "malformed":
        line, column = fields["at"]
        return MalformedQueryError(fields["say"], line, column, fields["hint"])
    classes = {cls.__name__: cls for cls in (QueryError, RefusedQueryError, StoreError)}
    return classes.get(kind, StoreError)(fields["say"])
