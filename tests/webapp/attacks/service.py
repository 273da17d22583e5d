"""A started service, and a look at it from outside: its answers, its processes."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.client import family

FULL = os.environ.get("FILMGRAPH_ATTACKS") == "full"
MEMORY = 2500
"""Megabytes for the whole service."""
PATIENT = 40
"""Seconds that a query may run where its client asks for so many."""
LONGEST = 60.0
"""Seconds that an answer may take on a machine however loaded."""
CAST = "SELECT ?n { ?r film:inFilm ?f ; film:performer/film:name ?n } LIMIT 3"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS}"


@dataclass
class Service:
    """A started service."""

    host: str
    port: int

    def post(self, query: str | bytes, **more: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to a query."""
        line = http.client.HTTPConnection(self.host, self.port, timeout=LONGEST)
        path = "/sparql" + (f"?{urlencode(more)}" if more else "")
        body = query.encode() if isinstance(query, str) else query
        line.request("POST", path, body, {"Content-Type": "application/sparql-query"})
        answer = line.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        line.close()
        return found

    def cast(self, most: int = 3) -> int:
        """The status of the answer to a quick query, which has as long as any other."""
        return self.post(CAST.replace("3", str(most)))[0]

    def raw(self, data: bytes, wait: float = LONGEST) -> bytes:
        """What the server says to these bytes, to the end of the connection, or as far as it comes in time."""
        with socket.create_connection((self.host, self.port), timeout=wait) as line, suppress(OSError):
            line.sendall(data)
            return b"".join(iter(lambda: line.recv(65536), b""))
        return b""

    def web(self) -> set[int]:
        """The processes of the site, without those for queries."""
        words = {pid: words_of(pid) for pid in family(self.main())}
        return {pid for pid, said in words.items() if b"serve" in said or any(b"multiprocessing" in it for it in said)}

    def main(self) -> int:
        """The process that was started first."""
        return next(pid for pid in family(os.getpid()) if str(self.port).encode() in words_of(pid))


def wait_until(happened: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def words_of(pid: int) -> list[bytes]:
    """The command line of a process, empty where there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []


def problem(found: tuple[int, dict[str, str], bytes], *statuses: int) -> dict[str, object]:
    """The problem document of an answer with one of these statuses."""
    status, headers, body = found
    assert status in statuses, (status, body[:300])
    assert headers["content-type"] == "application/problem+json"
    said: dict[str, object] = json.loads(body)
    assert said["detail"]
    return said
