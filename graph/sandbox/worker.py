"""The process that runs queries: ``python -m graph.sandbox.worker DESCRIPTOR PARENT MAX_FILE``.

It locks itself in, then answers one message after the other until the socket closes.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import FilmgraphError
from graph.sandbox.frames import Frame, Letter, Receiver, send, told
from graph.sandbox.isolate import bound_memory, isolate, unbound_memory
from graph.sandbox.spool import OverflowedError, Spool
from graph.store import MalformedQueryError, RefusedQueryError, Snapshot


class Worker:
    """Keeps the last snapshot open and runs queries on it."""

    def __init__(self, prefixes: dict[str, str], memory: int) -> None:
        self.prefixes = prefixes
        self.memory = memory
        self.snapshot: Snapshot | None = None
        self.path = ""
        """Where the open snapshot is."""
        self.spool: Spool | None = None
        """The last answer, kept until it is sent: its file lives as long as somebody has it open."""

    def answer(self, asked: dict[str, Any], query: str) -> Frame | Letter:
        """Run one query; errors become a message too."""
        spool = self.spool = Spool(asked["type"], asked["bytes"], asked["rows"])
        started = time.perf_counter()
        try:
            snapshot = self.opened(asked["snapshot"])
            refuse_strangers(snapshot, asked["from"])
            snapshot.write(
                query,
                asked["type"],
                spool,
                default_graphs=asked["default"],
                named_graphs=asked["named"],
                base=asked["base"],
            )
        except OverflowedError as error:
            return _failed({"error": "overflow", "limit": error.limit})
        except MemoryError:
            return _failed({"error": "memory"})
        except FilmgraphError as error:
            return _failed(failure(error))
        fields = told(spool.size, spool.rows, time.perf_counter() - started, time.process_time())
        return Letter(fields, spool.read_all(), spool.descriptor)

    def forget(self) -> None:
        """Let go of the last answer."""
        if self.spool is not None:
            self.spool.close()
            self.spool = None

    def opened(self, path: str) -> Snapshot:
        """The snapshot, opened if it is not the one of the last query."""
        if self.snapshot is None or self.path != path:
            unbound_memory()
            if self.snapshot is not None:
                self.snapshot.close()
            self.snapshot = Snapshot.open(Path(path), self.prefixes, checked=True)  # by the process that serves it
            self.path = path
            self.snapshot.ask("ASK { ?s ?p ?o }")  # the engine sets itself up before memory is bounded
            bound_memory(self.memory)
        return self.snapshot


def refuse_strangers(snapshot: Snapshot, graphs: list[str]) -> None:
    """Refuse graphs of FROM that are web addresses and not in the store, instead of answering from nothing."""
    for graph in graphs:
        if graph.startswith(("http://", "https://")) and not snapshot.has_graph(graph):
            raise RefusedQueryError(
                f"FROM <{graph}>: there is no such graph here, and nothing is fetched from the web; "
                "SELECT ?g { GRAPH ?g {} } lists the graphs"
            )


def _failed(said: dict[str, Any]) -> Frame:
    return Frame({**said, "worked": time.process_time()})


def failure(error: FilmgraphError) -> dict[str, Any]:
    """An error as the fields of a message."""
    if isinstance(error, MalformedQueryError):
        return {"error": "malformed", "say": str(error), "at": [error.line, error.column], "hint": error.hint}
    return {"error": type(error).__name__, "say": str(error)}


def main() -> None:
    """Answer until the other side hangs up."""
    isolation = isolate(int(sys.argv[2]), int(sys.argv[3]))  # the engine starts its threads later, with a snapshot
    link = socket.socket(fileno=int(sys.argv[1]))
    receiver = Receiver(link, lru_cache(16)(json.loads))  # one query after the other has the same
    hello = receiver.receive(None).fields
    worker = Worker(hello["prefixes"], hello["memory"])
    gc.freeze()  # what is there now stays; a query leaves hardly anything that only a search would find
    send(link, Frame({"ready": os.getpid(), "isolation": isolation, "worked": time.process_time()}))
    while True:
        asked = receiver.receive(None)
        send(link, worker.answer(asked.fields, asked.body.decode()))
        worker.forget()


if __name__ == "__main__":
    try:
        main()
    except (EOFError, ConnectionError):
        os._exit(0)
