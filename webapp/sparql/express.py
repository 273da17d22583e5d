"""Answers the most frequent request, a GET with a query, in the event loop itself.

A small answer takes the engine less time than a thread and the framework: what those add to each request is not needed
here. Every other request, and whatever is wrong with this one before it runs, goes to the framework's view, which
answers the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote

from graph.errors import LimitError, QueryError, StoreError
from graph.sandbox import InThread, filled
from webapp.headers import ALWAYS
from webapp.sparql.answers import OPEN, Answer, Prepared, Service, State, finished, kept, order, prepare
from webapp.sparql.asked import read_address
from webapp.sparql.problems import ProblemError, problem_of
from webapp.telemetry.note import Note
from webapp.wsgi import GONE, Scope

log = logging.getLogger(__name__)
PATH = "/sparql"
LONGEST = 8_000
"""Bytes of an address up to which its query is examined here; the event loop is not to be held up."""
_SHARED = [*OPEN.items(), ("Vary", "Accept"), *ALWAYS.items()]
_OTHERWISE = ("if-none-match", "content-length", "transfer-encoding")
"""Headers of requests that the framework is to look at."""
_WRONG = (ProblemError, QueryError, LimitError, StoreError)


@dataclass(frozen=True, slots=True)
class Sent:
    """A status, headers, and the body, or the file that holds it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes | IO[bytes]


class Express:
    """Answers for the gateway; ``at_hand`` gives the state of the graph unless it has yet to be opened.

    ``proxies`` is how many proxies stand in front, each of which names whom it speaks for; ``root`` is the path under
    which the site is reached.
    """

    def __init__(self, service: Service, at_hand: Callable[[], State | None], proxies: int = 0, root: str = "") -> None:
        self.service = service
        self.at_hand = at_hand
        self.proxies = proxies
        self.paths = {PATH, quote(root) + PATH}
        self._asked = 0
        """How many are being answered."""

    def takes(self, scope: Scope) -> bool:
        """Whether a request is of the kind that is answered here."""
        return (
            scope.path in self.paths
            and scope.method == "GET"
            and len(scope.query_string) <= LONGEST
            and not any(scope.headers.get(name) for name in _OTHERWISE)
        )

    async def answer(
        self, scope: Scope, note: Note | None, gone: Callable[[], bool], in_thread: InThread
    ) -> Sent | None:
        """The answer to a request; None where the framework is to give it."""
        ready = self._prepared(scope)
        if ready is None:
            return None
        if note is not None:
            note.computed, note.snapshot = True, ready.state.version
        self._asked += 1
        try:
            made = kept(self.service, ready)
            if made is None:
                asker = self.service.asker({"REMOTE_ADDR": self._client(scope), GONE: gone})
                wanted = order(self.service, ready, asker)
                result = await filled(self.service.sandbox, wanted, in_thread, alone=self._asked == 1)
                made = finished(self.service, ready, result)
        except _WRONG as error:
            refused = problem_of(error, ready.query).response()
            return Sent(refused.status_code, [*refused.headers, *_SHARED], refused.get_data())
        except Exception:  # a mistake of ours: the view makes it again, and says so as everywhere
            log.exception("a query could not be answered at once")
            return None
        finally:
            self._asked -= 1
        return _sent(made)

    def _prepared(self, scope: Scope) -> Prepared | None:
        """A query that may run on a snapshot that is open, else None."""
        try:
            asked = read_address(scope.query_string.encode())
            if asked.query is None:
                return None
            accept = ",".join(scope.headers.get_all("accept")) or None
            ready = prepare(self.service, self.at_hand, asked, asked.query, accept)
        except (*_WRONG, UnicodeEncodeError):
            return None
        return None if ready is None or ready.state.folder is None else ready

    def _client(self, scope: Scope) -> str:
        """The address of who asks: what the outermost proxy in front of us says, else that of the connection."""
        if self.proxies:
            told = [each.strip() for each in ",".join(scope.headers.get_all("x-forwarded-for")).split(",")]
            if len(told) >= self.proxies and told[-self.proxies]:
                return told[-self.proxies]
        return scope.client.rpartition(":")[0].strip("[]")


def _sent(made: Answer) -> Sent:
    headers: Iterable[tuple[str, str]] = made.headers.items()
    if made.file is not None:
        return Sent(made.status, [*headers, *_SHARED], made.file)
    return Sent(made.status, [*headers, ("Content-Length", str(len(made.body))), *_SHARED], made.body)
