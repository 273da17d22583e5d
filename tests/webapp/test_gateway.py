"""The gateway between server and application: bodies, files, hang-ups."""

from __future__ import annotations

import asyncio
import json
import tempfile
import threading
from collections.abc import AsyncIterator, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, send_file

from webapp.gateway import Bounds, Gateway
from webapp.wsgi import GONE, FileBody


class Fields(dict[str, str]):
    """The headers of a request."""

    def get_all(self, name: str) -> list[str]:
        """All values of a header."""
        return [self[name]] if name in self else []


class Client:
    """One request and what was answered to it: stands in for the server."""

    def __init__(self, *pieces: bytes, pause: float = 0.0, **scope: Any) -> None:
        headers = scope.pop("headers", {})
        usual = {"method": "POST" if pieces else "GET", "path": "/", "query_string": "", "http_version": "1.1",
                 "scheme": "http", "client": "192.0.2.1:5000", "server": "127.0.0.1:8000"}  # fmt: skip
        self.scope: Any = SimpleNamespace(
            **{**usual, **scope}, headers=Fields(headers) if type(headers) is dict else headers
        )
        self.pieces, self.pause = pieces, pause
        self.left = asyncio.Event()
        self.status, self.headers, self.body, self.file = 0, [], b"", b""  # type: ignore[var-annotated]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(self.pause)
            yield piece

    async def client_disconnect(self) -> None:
        """Wait until the client has left."""
        await self.left.wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer in bytes."""
        self.status, self.headers, self.body = status, headers, body

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        """Answer with a text."""
        self.response_bytes(status, headers, body.encode())

    def response_file(self, status: int, headers: list[tuple[str, str]], path: str) -> None:
        """Answer with a file."""
        with open(path, "rb") as file:  # noqa: PTH123  # as the server does
            self.status, self.headers, self.file = status, headers, file.read()


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in a thread of its own: this one may have a browser's event loop."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def ask(app: Any, client: Client, bounds: Bounds | None = None) -> Client:
    """Let a gateway answer one request."""
    run(Gateway(app, bounds).__rsgi__(client.scope, client))
    return client


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers with what it was asked."""
    start_response("200 OK", [("x-length", environ.get("CONTENT_LENGTH", "none"))])
    return [f"{environ['REMOTE_ADDR']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} ".encode("latin-1"),
            environ["wsgi.input"].read()]  # fmt: skip


def test_letters_that_were_not_escaped_are_passed_on() -> None:
    """A query string with letters as they are reaches the application as their bytes, as WSGI has it."""
    client = ask(echo, Client(b"x", query_string="q=é七", headers={"content-length": "1"}))
    assert client.body == b"192.0.2.1 /?" + "q=é七".encode() + b" x"


def test_requests_are_passed_on() -> None:
    """The application sees address, path as bytes, parameters and body."""
    client = ask(echo, Client(b"one ", b"two", path="/a%C3%A9", query_string="q=%20", headers={"content-length": "7"}))
    assert (client.status, client.body) == (200, "192.0.2.1 /aé?q=%20 one two".encode())
    assert client.headers == [("x-length", "7")]


def test_headers_of_one_name_are_joined() -> None:
    """A header that came twice is one with both values."""
    twice = [("accept", "a/b"), ("accept", "c/d")]
    headers = SimpleNamespace(get=lambda _: None, items=lambda: twice, get_all=lambda _: [value for _, value in twice])

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [environ["HTTP_ACCEPT"].encode()]

    assert ask(app, Client(headers=headers)).body == b"a/b,c/d"


def test_long_bodies_are_refused() -> None:
    """A body that is too long is 413 with a problem document, and is not kept."""
    bounds = Bounds(body_bytes=10)
    assert ask(echo, Client(b"12345", b"678901", headers={"content-length": "11"}), bounds).status == 413
    refused = ask(echo, Client(b"12345", b"678901", headers={"transfer-encoding": "chunked"}), bounds)
    said = json.loads(refused.body)
    assert (refused.status, said["status"], said["limit"], said["value"]) == (413, 413, "body_bytes", 10)
    assert said["advice"]
    assert ("content-type", "application/problem+json") in refused.headers
    assert ask(echo, Client(b"1234567890", headers={"transfer-encoding": "chunked"}), bounds).status == 200


def test_bodies_that_do_not_come_are_given_up() -> None:
    """Who sends his request byte by byte gets 408, and never took a thread."""
    slow = Client(b"a", b"b", pause=5, headers={"content-length": "2"})
    assert ask(echo, slow, Bounds(body_seconds=0.05)).status == 408


def test_files_are_sent_by_the_server() -> None:
    """A file without a name is handed to the server by a path; HEAD sends nothing of it."""

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the gateway
        file.write(b"large")
        file.flush()
        start_response("200 OK", [("content-length", "5")])
        found: Iterable[bytes] = environ["wsgi.file_wrapper"](file)
        assert isinstance(found, FileBody)
        return found

    assert ask(app, Client()).file == b"large"
    head = ask(app, Client(method="HEAD"))
    assert (head.file, head.body, head.headers) == (b"", b"", [("content-length", "5")])


def test_parts_of_files_are_sent() -> None:
    """A static file can be had in part, as browsers and download managers ask for it."""
    app = Flask(__name__)
    app.add_url_rule("/whole", view_func=lambda: send_file(__file__))
    text = Path(__file__).read_bytes()
    assert ask(app.wsgi_app, Client(path="/whole")).file == text
    part = ask(app.wsgi_app, Client(path="/whole", headers={"range": "bytes=5-24"}))
    assert (part.status, part.body) == (206, text[5:25])


def test_who_hangs_up_is_noticed() -> None:
    """While an answer takes long, the application can tell that nobody waits for it."""
    noticed = threading.Event()

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        for _ in range(1000):
            if environ[GONE]():
                noticed.set()
                break
            threading.Event().wait(0.01)
        return []

    async def leave(client: Client) -> None:
        request = asyncio.ensure_future(Gateway(app).__rsgi__(client.scope, client))
        await asyncio.sleep(0.1)
        client.left.set()
        await request

    run(leave(Client()))
    assert noticed.is_set()
