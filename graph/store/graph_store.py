"""Writes graphs to a remote server, by the SPARQL Graph Store Protocol or by SPARQL Update.

The address alone tells nothing about what a server can do, so the caller chooses: ``GraphStore`` for an address that
takes whole graphs (Oxigraph ``/store``, Virtuoso ``/sparql-graph-crud-auth``, Jena ``/data``, Neptune
``/sparql/gsp/``), ``UpdateService`` for one that takes updates. Every request may be sent twice without harm: a graph
is a set of triples, and blank nodes do not come this way.
"""

from __future__ import annotations

import time
from typing import Protocol

import requests
from pyoxigraph import NamedNode
from requests.auth import HTTPBasicAuth, HTTPDigestAuth

from graph.errors import StoreError
from graph.store.endpoint import PAUSES

CONNECT = 10
"""Seconds within which a server must take a connection."""
_KNOWN = "Oxigraph: …/store, Virtuoso: …/sparql-graph-crud-auth, Jena: …/data"


class RemoteGraphs(Protocol):
    """A place for graphs on another machine; a graph of None is the server's default graph. Raises ``StoreError``."""

    most_lines: int
    """Triples that one request may hold."""

    def replace(self, graph: str | None, ntriples: bytes) -> None:
        """Make a graph hold exactly these triples."""
        ...

    def append(self, graph: str | None, ntriples: bytes) -> None:
        """Add triples to a graph."""
        ...

    def delete(self, graph: str | None) -> None:
        """Remove a graph; that it is not there is no error."""
        ...


class _Connection:
    """One HTTP connection that is kept, with the kind of authentication that the server asks for."""

    def __init__(self, url: str, credentials: tuple[str, str] | None, timeout: float) -> None:
        self.url, self.credentials, self.timeout = url, credentials, timeout
        self.session = requests.Session()
        self.session.trust_env = False  # neither ~/.netrc nor a proxy changes who writes where

    def send(self, method: str, body: bytes, kind: str, params: dict[str, str], allowed: tuple[int, ...] = ()) -> None:
        """Send one request; tried again only where the server was not reached or hung up."""
        answer = self._tried(method, body, kind, params)
        if answer.status_code == 401 and self.credentials and self.session.auth is None:
            digest = answer.headers.get("WWW-Authenticate", "").lower().startswith("digest")
            self.session.auth = (HTTPDigestAuth if digest else HTTPBasicAuth)(*self.credentials)
            answer = self._tried(method, body, kind, params)
        if not answer.ok and answer.status_code not in allowed:
            raise StoreError(self._refusal(answer))

    def _tried(self, method: str, body: bytes, kind: str, params: dict[str, str]) -> requests.Response:
        for pause in (*PAUSES, None):
            try:
                return self.session.request(
                    method,
                    self.url,
                    params=params,
                    data=body,
                    headers={"Content-Type": kind, "User-Agent": "filmgraph"},
                    timeout=(CONNECT, self.timeout),
                    allow_redirects=False,
                )
            except requests.Timeout as error:
                raise StoreError(f"{self.url} did not answer within {self.timeout:g} seconds") from error
            except requests.ConnectionError as error:
                if pause is None:
                    raise StoreError(f"{self.url} cannot be reached; is the server running?") from error
                time.sleep(pause)
            except requests.RequestException as error:
                raise StoreError(f"{self.url} cannot be asked: {error}") from error
        raise AssertionError("the last round returns or raises")

    def _refusal(self, answer: requests.Response) -> str:
        said = " ".join(answer.text.split())[:300] or answer.reason
        start = f"{self.url} answered with HTTP status {answer.status_code}"
        if answer.status_code in (401, 403):
            return f"{start}; set FILMGRAPH_USER and FILMGRAPH_PASSWORD to an account that may write there"
        if answer.status_code == 413:
            return f"{start}; send less at a time with --chunk"
        if answer.status_code in (301, 302, 303, 307, 308, 404, 405, 501):
            return f"{start}; is this the address of its graph store ({_KNOWN})?"
        return f"{start}: {said}"


class GraphStore:
    """A server's graphs by the SPARQL 1.1 Graph Store Protocol; ``timeout`` in seconds bounds each wait."""

    most_lines = 1_000_000

    def __init__(self, url: str, credentials: tuple[str, str] | None = None, timeout: float = 600) -> None:
        self._connection = _Connection(url, credentials, timeout)

    def replace(self, graph: str | None, ntriples: bytes) -> None:
        """Make a graph hold exactly these triples."""
        self._connection.send("PUT", ntriples, "application/n-triples", _parameter(graph))

    def append(self, graph: str | None, ntriples: bytes) -> None:
        """Add triples to a graph."""
        self._connection.send("POST", ntriples, "application/n-triples", _parameter(graph))

    def delete(self, graph: str | None) -> None:
        """Remove a graph; that it is not there is no error."""
        self._connection.send("DELETE", b"", "application/n-triples", _parameter(graph), allowed=(404,))


class UpdateService:
    """A server's graphs by SPARQL 1.1 Update; ``timeout`` in seconds bounds each wait."""

    most_lines = 1_000  # Virtuoso's compiler has no memory for five thousand

    def __init__(self, url: str, credentials: tuple[str, str] | None = None, timeout: float = 600) -> None:
        self._connection = _Connection(url, credentials, timeout)

    def replace(self, graph: str | None, ntriples: bytes) -> None:
        """Make a graph hold exactly these triples."""
        self.delete(graph)
        self.append(graph, ntriples)

    def append(self, graph: str | None, ntriples: bytes) -> None:
        """Add triples to a graph."""
        scope = b"{\n%s}" if graph is None else b"{ GRAPH " + str(NamedNode(graph)).encode() + b" {\n%s} }"
        self._send(b"INSERT DATA " + scope.replace(b"%s", ntriples))

    def delete(self, graph: str | None) -> None:
        """Remove a graph; that it is not there is no error."""
        self._send(b"DROP SILENT " + (b"DEFAULT" if graph is None else b"GRAPH " + str(NamedNode(graph)).encode()))

    def _send(self, update: bytes) -> None:
        self._connection.send("POST", update, "application/sparql-update", {})


def _parameter(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}
