"""The process that reads queries: ``python -m graph.explain.worker DESCRIPTOR PARENT``.

It locks itself in as query processes do, then answers one message after the other until the socket closes.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql import algebra
from rdflib.plugins.sparql.parser import parseQuery

from graph.errors import QueryError
from graph.explain.algebra import tree
from graph.explain.lines import Explained, as_json
from graph.explain.sentences import sentences
from graph.sandbox.frames import Frame, Receiver, send
from graph.sandbox.isolate import isolate
from graph.store import MalformedQueryError, Oxigraph, columns, in_memory

MEMORY = 1 << 30
"""Bytes of address space."""
RECURSION = 6_000
"""Frames of Python; the bounds on nesting keep within them."""

DEEPEST = 120
"""Lines beneath each other; what reads the explanation is recursive too."""
TOO_DEEP = "the query nests too deep to be explained; explain its parts one by one"


def explained(text: str, prefixes: dict[str, str]) -> Explained:
    """A query in sentences and as algebra.

    Raises ``MalformedQueryError`` with line and column where it is no query, ``QueryError`` where it can be run but
    not be explained.
    """
    Oxigraph(in_memory(b"").store, "empty", prefixes).check(text)
    with _as_written():
        query = _algebra(text, prefixes)
        _sort_columns(query, text)
        try:
            made = Explained(tuple(sentences(query)), tree(query))
        except RecursionError:
            raise QueryError(TOO_DEEP) from None
    if max(each.depth for each in (made.algebra, *made.sentences)) > DEEPEST:
        raise QueryError(TOO_DEEP)
    return made


@contextmanager
def _as_written() -> Iterator[None]:
    """Leaves the patterns in the order of the text; rdflib sorts them for its own evaluation."""
    usual = algebra.reorderTriples
    algebra.reorderTriples = list  # type: ignore[assignment]  # mypy wants to know a list of what
    try:
        yield
    finally:
        algebra.reorderTriples = usual


def _sort_columns(query: Any, text: str) -> None:
    """Those of ``SELECT *`` in the order of the text; rdflib has them in none."""
    part = query.p if query.name == "SelectQuery" else None
    while part is not None and part.name in ("Slice", "Distinct", "Reduced", "OrderBy"):
        part = part.p
    if part is not None and part.name == "Project":
        part["PV"] = [Variable(name) for name in columns([str(each) for each in part.PV], text)]


def _algebra(text: str, prefixes: dict[str, str]) -> Any:
    try:
        return algebra.translateQuery(parseQuery(text), initNs=prefixes).algebra
    except RecursionError:
        raise QueryError(TOO_DEEP) from None
    except Exception as error:  # rdflib raises whatever it likes for what only the engine can read
        raise QueryError(f"the query can be run, but not be taken apart: {error}"[:300]) from error


def answer(asked: dict[str, Any], text: str) -> dict[str, Any]:
    """One message answered; errors become a message too."""
    try:
        return {"explained": as_json(explained(text, asked["prefixes"]))}
    except MalformedQueryError as error:
        return {"malformed": str(error), "at": [error.line, error.column], "hint": error.hint}
    except QueryError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "the query is too large to be explained"}
    except Exception as error:  # a mistake of ours; the service notes it and says so
        return {"fault": repr(error)}


def main() -> None:
    """Answer until the other side hangs up."""
    isolate(int(sys.argv[2]), 1 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(RECURSION)
    link = socket.socket(fileno=int(sys.argv[1]))
    receiver = Receiver(link)
    send(link, Frame({"ready": os.getpid()}))
    while True:
        asked = receiver.receive(None)
        send(link, Frame(answer(asked.fields, asked.body.decode())))


if __name__ == "__main__":
    try:
        main()
    except (EOFError, ConnectionError):
        os._exit(0)
