"""Requests of the web server in terms of WSGI, and files as bodies of answers."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes

GONE = "filmgraph.gone"
"""The key in the WSGI environment: a function that tells whether the client has hung up."""
BLOCK = 1 << 16


class Scope(Protocol):
    """A request, as Granian describes it."""

    method: str
    path: str
    query_string: str
    http_version: str
    scheme: str
    client: str
    server: str
    headers: Any


class FileBody:
    """A file as the body of an answer: the server sends it by itself, as fast as the client takes it."""

    def __init__(self, file: IO[bytes], block: int = 0) -> None:
        del block
        self.file = file

    @property
    def path(self) -> str:
        """A path that leads to the open file, even where it has no name any more."""
        return f"/proc/self/fd/{self.file.fileno()}"

    def __iter__(self) -> Iterator[bytes]:
        """The file in blocks, for an answer that is only a part of it."""
        return self

    def __next__(self) -> bytes:
        """The next block."""
        block = self.file.read(BLOCK)
        if not block:
            raise StopIteration
        return block

    def seekable(self) -> bool:
        """Whether a part can be reached without reading what is before it."""
        return True

    def seek(self, place: int) -> int:
        """Go on reading from a place."""
        return self.file.seek(place)

    def tell(self) -> int:
        """The place that is read next."""
        return self.file.tell()

    def close(self) -> None:
        """Give the file back."""
        self.file.close()


def within(path: str, root: str) -> str:
    """A path as the site's own routes know it; a proxy may have taken the root away already.

    >>> within("/kg/film/x", "/kg"), within("/film/x", "/kg"), within("/kgb", "/kg")
    ('/film/x', '/film/x', '/kgb')
    """
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def environment(scope: Scope, body: bytes, gone: Callable[[], bool]) -> dict[str, Any]:
    """The WSGI environment of a request."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBody,
        GONE: gone,
    }
    for name, value in scope.headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name == "content-length":
            environ["CONTENT_LENGTH"] = value
        elif name != "transfer-encoding":
            key = "HTTP_" + name.upper().replace("-", "_")
            environ[key] = f"{environ[key]},{value}" if key in environ else value
    if body and "CONTENT_LENGTH" not in environ:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ
