"""Stands between the web server and the application, so that no client can hold up a thread.

Bodies are read and answers are sent by the event loop, each within a time; threads only compute. Who hangs up is
noticed while his answer is still being made. The server speaks RSGI (Granian's own interface), the application WSGI.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from wsgiref.types import WSGIApplication

from graph.sandbox import SpooledResult
from webapp.headers import ALWAYS
from webapp.leaving import Leaving, listening
from webapp.ready import KEEP, Ready
from webapp.ready import Answer as Kept
from webapp.sparql.express import Express
from webapp.sparql.problems import LIMIT_TYPE
from webapp.telemetry.note import NOTE, Note, enter
from webapp.wsgi import FileBody, Scope, environment

NOTICE = 0.25
"""Seconds after which it is worth while to watch for a client that hangs up."""
LISTENS = 1.0
"""Seconds after which the server has surely begun to listen."""
STALLED = 30
"""Seconds that a client may take nothing of its answer."""
OPENED = 30.0
"""Seconds after which the server has surely opened a file that it was told to send."""
REFUSED = [("content-type", "application/problem+json"), ("connection", "close"), *ALWAYS.items()]
DRAINED = 20_000_000
"""Bytes of a body that is too long which are taken and forgotten, so that its sender hears of it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one client may take up: bytes of a body, and seconds until it is there.

    ``threads`` is how many requests are computed at a time.
    """

    body_bytes: int = 2_000_000
    body_seconds: float = 20.0
    threads: int = 32


@dataclass(slots=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes | FileBody


class _RefusedError(Exception):
    """The request is not passed on; its arguments are the status, a sentence, and further members of the document."""


class Gateway:
    """An RSGI application that passes requests to a WSGI application."""

    def __init__(
        self,
        app: WSGIApplication,
        bounds: Bounds | None = None,
        ready: Ready | None = None,
        express: Express | None = None,
    ) -> None:
        """``express`` is asked before the application."""
        self.app = app
        self.express = express
        self.bounds = bounds or Bounds()
        self.ready = ready or Ready(0, lambda: "")
        self.leaving = Leaving()
        self._threads = ThreadPoolExecutor(self.bounds.threads, "answer")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server when it starts; its sockets are there a moment later."""
        loop.call_later(LISTENS, end_stalled)
        self.leaving.listen(loop)

    def at_hand(self, scope: Scope) -> Kept | None:
        """The answer to a request that needs no work, None where there is some to do."""
        kept = self.ready.find(scope)
        if kept is None or not self.leaving.now:
            return kept
        status, headers, body = kept
        return status, self.leaving.told(headers), body

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Work on one request, and answer it."""
        gone = threading.Event()
        loop = asyncio.get_running_loop()
        if self.express is not None and self.express.takes(scope):
            sent = await self._expressed(self.express, scope, protocol, gone)
            if sent is not None:
                self._send(protocol, sent)
                return
        try:
            body = await self._body(scope, protocol)
        except _RefusedError as error:
            protocol.response_str(error.args[0], REFUSED, _problem(*error.args))
            return
        watch = loop.call_later(NOTICE, _watch, protocol, gone)
        state, environ = self.ready.state(), environment(scope, body, gone.is_set)
        environ[NOTE] = getattr(protocol, "note", None)
        try:
            answer = await loop.run_in_executor(self._threads, self._run, environ)
        finally:
            watch.cancel()
        self._send(protocol, answer)
        if environ.get(KEEP) and isinstance(answer.body, bytes):
            self.ready.put(scope, state, (answer.status, answer.headers, answer.body))

    async def _expressed(self, express: Express, scope: Scope, protocol: Any, gone: threading.Event) -> _Answer | None:
        """What the express answers; what takes long there is done in a thread, and the client is watched."""
        note: Note | None = getattr(protocol, "note", None)

        def named(work: Callable[[], SpooledResult]) -> SpooledResult:
            enter({NOTE: note})
            return work()

        async def in_thread(work: Callable[[], SpooledResult]) -> SpooledResult:
            loop = asyncio.get_running_loop()
            watch = loop.call_later(NOTICE, _watch, protocol, gone)
            try:
                return await loop.run_in_executor(self._threads, named, work)
            finally:
                watch.cancel()

        sent = await express.answer(scope, note, gone.is_set, in_thread)
        if sent is None:
            return None
        body = sent.body if isinstance(sent.body, bytes) else FileBody(sent.body)
        return _Answer(sent.status, sent.headers, body)

    async def _body(self, scope: Scope, protocol: Any) -> bytes:
        """The whole body; raises ``_RefusedError`` where it is too long or comes too slowly."""
        length = scope.headers.get("content-length")
        if length is None and scope.headers.get("transfer-encoding") is None:
            return b""
        pieces: list[bytes] = []
        size, bound = 0, self.bounds.body_bytes
        try:
            async with asyncio.timeout(self.bounds.body_seconds):
                async for piece in protocol:
                    size += len(piece)
                    if size > bound:
                        pieces.clear()
                    else:
                        pieces.append(piece)
                    if size > DRAINED:
                        break
        except TimeoutError:
            raise _RefusedError(408, f"the request did not come within {self.bounds.body_seconds:g} seconds") from None
        if size > bound:
            more = {"limit": "body_bytes", "value": bound, "advice": "send a shorter query, or several"}
            raise _RefusedError(413, f"the body is too long; a request may have {bound:,} bytes", more)
        return b"".join(pieces)

    def _run(self, environ: dict[str, Any]) -> _Answer:
        """Let the application answer, in a thread."""
        enter(environ)
        answer = _Answer(500, [], b"")

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            answer.status, answer.headers = int(status[:3]), headers
            return lambda _: None

        body = self.app(environ, start_response)
        if isinstance(body, FileBody) and environ["REQUEST_METHOD"] != "HEAD":
            answer.body = body
            return answer
        try:
            answer.body = b"" if isinstance(body, FileBody) else b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        return answer

    def _send(self, protocol: Any, answer: _Answer) -> None:
        """Hand an answer to the server; a file stays open until the server has surely opened it itself."""
        headers = self.leaving.told(answer.headers)
        if isinstance(answer.body, bytes):
            protocol.response_bytes(answer.status, headers, answer.body)
        else:
            protocol.response_file(answer.status, headers, answer.body.path)
            asyncio.get_running_loop().call_later(OPENED, answer.body.close)


def end_stalled() -> None:
    """Let the system end each connection whose client takes nothing of its answer for long, or is no longer there.

    A connection has the options of the socket that listened for it, so these are set there.
    """
    for _, each in listening():
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED * 1000)
        each.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, STALLED)


def _problem(status: int, detail: str, more: Mapping[str, object] | None = None) -> str:
    kind = f"{LIMIT_TYPE}{more['limit']}" if more else "about:blank"
    said = {"type": kind, "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **(more or {})}
    return json.dumps(said, indent=1) + "\n"


def _watch(protocol: Any, gone: threading.Event) -> None:
    """Note it when the client hangs up."""
    asyncio.ensure_future(_await_hang_up(protocol, gone))  # noqa: RUF006  # it ends with the request, unheeded


async def _await_hang_up(protocol: Any, gone: threading.Event) -> None:
    await protocol.client_disconnect()
    gone.set()
