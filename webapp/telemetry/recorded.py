"""Stands before the gateway and notes each request with its answer, whoever made it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from webapp.telemetry.journal import Journal
from webapp.telemetry.note import HEADER, Note, request_id

Headers = list[tuple[str, str]]
Kept = tuple[int, Headers, bytes]
"""Status, headers and body."""


class Application(Protocol):
    """An RSGI application some of whose answers lie ready."""

    def at_hand(self, scope: Any) -> Kept | None:
        """The answer to a request that needs no work."""
        ...

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server when it starts."""
        ...

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Work on a request, and answer it."""
        ...


class Told:
    """The server's side of a request; it notes what it is told to answer, and sends the request's id along."""

    __slots__ = ("inner", "note")

    def __init__(self, inner: Any, note: Note) -> None:
        self.inner, self.note = inner, note

    def __aiter__(self) -> Any:
        """The body of the request."""
        return self.inner.__aiter__()

    def client_disconnect(self) -> Any:
        """Ends when the client has left."""
        return self.inner.client_disconnect()

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer in bytes."""
        self.note.status, self.note.bytes = status, len(body)
        self.inner.response_bytes(status, [*headers, (HEADER, self.note.request)], body)

    def response_str(self, status: int, headers: Headers, body: str) -> None:
        """Answer with a text."""
        self.response_bytes(status, headers, body.encode())

    def response_file(self, status: int, headers: Headers, path: str) -> None:
        """Answer with a file, of which the headers tell the size."""
        size = next((value for name, value in headers if name.lower() == "content-length"), "0")
        self.note.status, self.note.bytes = status, int(size)
        self.inner.response_file(status, [*headers, (HEADER, self.note.request)], path)


class Recorded:
    """An RSGI application that passes requests to another; ``state`` tells from which snapshot kept answers are."""

    def __init__(self, app: Application, journal: Journal, state: Callable[[], str | None] = lambda: None) -> None:
        self.app, self.journal, self.state = app, journal, state

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server when it starts."""
        self.journal.start()
        self.app.__rsgi_init__(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by the server when it ends."""
        del loop
        self.journal.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request, and note it; what lies ready is sent here, by as few steps as can be."""
        begun = time.perf_counter()
        note = Note(request_id(scope.headers.get(HEADER)), scope.method, scope.path)
        kept = self.app.at_hand(scope)
        try:
            if kept is None:
                await self.app.__rsgi__(scope, Told(protocol, note))
            else:
                note.status, headers, body = kept
                note.bytes = len(body)
                protocol.response_bytes(note.status, [*headers, (HEADER, note.request)], body)
        finally:
            note.seconds, note.ended = time.perf_counter() - begun, time.time()
            if not note.computed:
                note.snapshot = self.state()
            self.journal.add(note)
