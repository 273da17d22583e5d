"""Answers that lie ready to be sent, whole and with their headers, as long as the graph stays as it is.

The gateway looks here first: what was asked before is answered by the event loop itself, without a thread, an
environment or the application.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from webapp.wsgi import Scope

KEEP = "filmgraph.keep"
"""The key in the WSGI environment under which a view says that its answer is the same for all who ask so."""
SEEN = 0.001
"""Seconds for which one look at the graph's state serves kept answers: a look takes as long as the rest together."""
OVERHEAD = 2_000
"""Bytes that an answer takes beside its body."""
SETTLING = ("content-type", "content-length")
"""Headers that an answer without a body does not have."""
Answer = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers and body."""
Key = tuple[str, ...]


class Ready:
    """The answers asked for last, for one state of the graph. Only the event loop's thread may use it."""

    def __init__(self, limit: int, state: Callable[[], str], seen: float = 0.0) -> None:
        """``limit`` bounds all bodies together, in bytes; ``state`` tells one state of the graph from another.

        A look at it serves what is kept for ``seen`` seconds.
        """
        self.state = state
        self._seen, self._look = seen, 0.0
        self._limit = limit
        self._state = ""
        self._size = 0
        self._answers: OrderedDict[Key, tuple[Answer, str]] = OrderedDict()

    def find(self, scope: Scope) -> Answer | None:
        """The answer to a request, None where it is not kept: without the body for a client that has it already."""
        if not self._answers or scope.method != "GET":
            return None
        headers = scope.headers
        key = _key(scope)
        found = self._answers.get(key)
        if found is None or self._outdated() or headers.get("range") is not None:
            return None
        self._answers.move_to_end(key)
        answer, etag = found
        known = headers.get("if-none-match")
        if known is None:
            return answer
        return (304, [pair for pair in answer[1] if pair[0].lower() not in SETTLING], b"") if known == etag else None

    def put(self, scope: Scope, state: str, answer: Answer) -> None:
        """Keep the answer to a request, for which work began in ``state``; those asked for longest ago make room."""
        etag = next((value for name, value in answer[1] if name.lower() == "etag"), None)
        size = len(answer[2]) + OVERHEAD
        if scope.method != "GET" or answer[0] != 200 or etag is None or size * 2 > self._limit:
            return
        self._forget_old()
        if state != self._state:
            return
        key = _key(scope)
        if key not in self._answers:
            self._answers[key] = (answer, etag)
            self._size += size
        while self._size > self._limit:
            _, (dropped, _) = self._answers.popitem(last=False)
            self._size -= len(dropped[2]) + OVERHEAD

    def _outdated(self) -> bool:
        """Whether the graph has changed since the last look, or a moment ago."""
        now = time.monotonic()
        if now < self._look:
            return False
        self._look = now + self._seen
        return self._forget_old()

    def _forget_old(self) -> bool:
        """Whether the graph has changed, so that nothing kept is true any more; then it is let go."""
        state = self.state()
        if state == self._state:
            return False
        self._state, self._size = state, 0
        self._answers.clear()
        return True


def _key(scope: Scope) -> Key:
    return (scope.path, scope.query_string, *scope.headers.get_all("accept"))
