"""The side of the service: hands a query to the process that reads it, and kills that at the deadline."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from graph.errors import QueryError, StoreError
from graph.explain.lines import Explained, from_json
from graph.sandbox import LimitExceededError, Limits, examine
from graph.sandbox.frames import Frame, Receiver, send
from graph.sandbox.spawn import spawn
from graph.store import MalformedQueryError

LIMITS = Limits(text_bytes=10_000, depth=20, chain=100)
"""Bounds on what is explained; far above what a person reads."""
DEADLINE = 5.0
"""Seconds that an explanation may take, and that a visitor waits for another's."""
START = 30.0
"""Seconds in which the process must come up, on a machine however loaded."""


class Explainer:
    """Explains one query at a time, in a process that is started with the first or before; safe between threads."""

    def __init__(self, prefixes: Mapping[str, str] | None = None, deadline: float = DEADLINE) -> None:
        self._prefixes = dict(prefixes or {})
        self._deadline = deadline
        self._lock = threading.Lock()
        self._process: _Process | None = None

    def explain(self, query: str) -> Explained:
        """A query explained.

        Raises ``MalformedQueryError`` where it is none, ``QueryError`` where there are no words for it, and
        ``LimitExceededError`` where it is too long, nests too deep or takes too long to read.
        """
        examine(query, LIMITS)
        if not self._lock.acquire(timeout=self._deadline):
            raise _too_long(self._deadline, "others are being explained")
        try:
            return self._asked(query)
        finally:
            self._lock.release()

    def start(self) -> None:
        """Start the process now, so that nobody waits for it; it ends with the thread that calls this."""
        with self._lock:
            if self._process is None:
                self._process = _Process()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _asked(self, query: str) -> Explained:
        """The answer of the process; one that had ended since the last query is replaced, and asked again."""
        used = self._process is not None
        if self._process is None or not self._process.alive:
            self._end()
            self._process, used = _Process(), False
        try:
            fields = self._process.ask(query, self._prefixes, self._deadline)
        except TimeoutError:
            self._end()
            raise _too_long(self._deadline, "the query took too long to read") from None
        except (EOFError, OSError) as error:
            self._end()
            if used:
                return self._asked(query)
            raise QueryError("the query is too complex to be explained; explain its parts one by one") from error
        return _read(fields)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process = None


class _Process:
    """One process that reads queries."""

    def __init__(self) -> None:
        self._popen, self._link = spawn("graph.explain.worker")
        self._receiver = Receiver(self._link)
        try:
            self._receiver.receive(START)
        except (EOFError, OSError) as error:
            self.kill()
            raise StoreError(f"the process that explains queries could not be started: {error!r}") from error

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._popen.poll() is None

    def ask(self, query: str, prefixes: dict[str, str], deadline: float) -> dict[str, Any]:
        """The fields of the answer; TimeoutError at the deadline, EOFError or OSError if the process died."""
        send(self._link, Frame({"prefixes": prefixes}, query.encode()), deadline)
        return self._receiver.receive(deadline).fields

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self._popen.kill()
        self._receiver.close()
        self._popen.wait()


def _read(fields: dict[str, Any]) -> Explained:
    if "malformed" in fields:
        line, column = fields["at"]
        raise MalformedQueryError(fields["malformed"], line, column, fields["hint"])
    if "fault" in fields:
        raise RuntimeError(f"an explanation failed: {fields['fault']}")
    if "error" in fields:
        raise QueryError(fields["error"])
    return from_json(fields["explained"])


def _too_long(seconds: float, why: str) -> LimitExceededError:
    return LimitExceededError("timeout", seconds, f"{why}, more than {seconds:g} seconds", "explain it in parts", 5)
