"""A started service under attack: each is a clean error, no process of the site dies, memory stays within its bound.

With FILMGRAPH_ATTACKS=full in the environment everything is sent at full size.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from graph import build
from tests.benchmarks.client import cpu_seconds, family, memory
from tests.benchmarks.service import served

FULL = os.environ.get("FILMGRAPH_ATTACKS") == "full"
MEMORY = 2500
"""Megabytes for the whole service."""
DEADLINE = 3
PATIENT = 40
"""Seconds that a query may run where its client asks for so many."""
LONGEST = 60.0
"""Seconds that an answer may take on a machine however loaded."""
CAST = "SELECT ?n { ?r film:inFilm ?f ; film:performer/film:name ?n } LIMIT 3"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"

pytestmark = pytest.mark.xdist_group("attacks")


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

    def raw(self, data: bytes, wait: float = LONGEST) -> bytes:
        """What the server says to these bytes, to the end of the connection, or as far as it comes in time."""
        with socket.create_connection((self.host, self.port), timeout=wait) as line, suppress(OSError):
            line.sendall(data)
            return b"".join(iter(lambda: line.recv(65536), b""))
        return b""

    def web(self) -> set[int]:
        """The processes of the site, without those for queries."""
        me = os.getpid()
        return {pid for pid in family(me) if b"serve" in _words(pid) and str(self.port).encode() in _words(pid)} | {
            pid for pid in family(me) if any(b"multiprocessing" in word for word in _words(pid))
        }

    def main(self) -> int:
        """The process that was started first."""
        return next(pid for pid in family(os.getpid()) if str(self.port).encode() in _words(pid))


def _words(pid: int) -> list[bytes]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []


@pytest.fixture(scope="module")
def service(sample: build.Place) -> Iterator[Service]:
    """The sample, served with small bounds."""
    with served(
        sample.data, memory=str(MEMORY), timeout=str(DEADLINE), max_timeout=str(PATIENT), slow_seconds="0"
    ) as address:
        host, port = address.removeprefix("http://").strip("/").split(":")
        yield Service(host, int(port))


@pytest.fixture(autouse=True)
def unharmed(service: Service, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each attack the same processes serve, within their memory, and answer at once."""
    before = service.web()
    assert len(before) >= 3  # the first process and two workers
    yield
    if "killed_worker" not in request.node.name:
        assert before <= service.web()
    assert memory(service.main()) < MEMORY << 20
    status, _, body = service.post(CAST)
    assert (status, len(json.loads(body)["results"]["bindings"])) == (200, 3)


def problem(found: tuple[int, dict[str, str], bytes], *statuses: int) -> dict[str, object]:
    """The problem document of an answer with one of these statuses."""
    status, headers, body = found
    assert status in statuses, (status, body[:300])
    assert headers["content-type"] == "application/problem+json"
    said: dict[str, object] = json.loads(body)
    assert said["detail"]
    return said


TEN_THOUSAND = 10_000 if FULL else 2_000
TEXTS = {
    "long text": "SELECT * { ?s ?p '" + "x" * (10_000_000 if FULL else 500_000) + "' }",
    "brackets": "SELECT * {" + "(" * (100_000 if FULL else 5_000),
    "nested groups": "SELECT * " + "{" * TEN_THOUSAND + "}" * TEN_THOUSAND,
    "unions": "SELECT * {" + " {} UNION" * TEN_THOUSAND + " {} }",
    "optionals": "SELECT * {" + " OPTIONAL { ?s ?p ?o" * TEN_THOUSAND + " }" * (TEN_THOUSAND + 1),
    "sums": "SELECT (1" + "+1" * (100_000 if FULL else 50_000) + " AS ?x) {}",
    "minus signs": "SELECT (" + "-" * 50_000 + "1 AS ?x) {}",
    "exclamation marks": "SELECT * { FILTER(" + "!" * 100_000 + "true) }",
    "path": "SELECT * { ?s " + "/".join(["film:inFilm"] * TEN_THOUSAND) + " ?o }",
    "semicolons": "SELECT * { ?s " + "; " * 100_000 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[ ?q " * TEN_THOUSAND + "1" + "]" * TEN_THOUSAND + " }",
    "collections": "SELECT * { ?s ?p " + "(" * TEN_THOUSAND + ")" * TEN_THOUSAND + " }",
    "subqueries": "SELECT * " + "{ SELECT * " * TEN_THOUSAND + "{}" + "}" * TEN_THOUSAND,
    "functions": "SELECT (" + "STR(" * TEN_THOUSAND + "1" + ")" * TEN_THOUSAND + " AS ?x) {}",
    "prefixes": "".join(f"PREFIX p{n}: <urn:{n}> " for n in range(12_000)) + "ASK { p:x ?p ?o",
    "open string": "SELECT * { ?s ?p '''" + "'" * 100_000,
    "comments": "#" * 100_000 + "\n" + "# x\n" * 30_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_monstrous_text_is_refused(service: Service, name: str) -> None:
    """A text that is too long, too deep or too complex is told so, and never crashes what answers."""
    found = service.post(TEXTS[name])
    if found[0] != 200:
        problem(found, 400, 413, 503)


def test_huge_values_are_answered_or_refused(service: Service) -> None:
    """A list of values as long as a text may be is no attack."""
    status, _, body = service.post("SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 120_000 + "} }")
    assert (status, b'"120000"' in body) == (200, True)


COSTLY = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "sorted cross product": f"SELECT * {CROSS} ORDER BY ?a ?h",
    "distinct cross product": f"SELECT DISTINCT * {CROSS}",
    "paths over everything": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
    "values that multiply": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?x{n} {{ {'1 ' * 200} }}" for n in range(6))
    + "}",
    "text that doubles": "SELECT (STRLEN(?x40) AS ?n) { BIND('x' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    + "}",
    "text that is joined": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d))) AS ?x) {CROSS}",
    "pattern that backtracks": "SELECT (COUNT(*) AS ?n) { VALUES ?t { '" + "a" * 5_000 + "!' } ?a ?b ?c . ?d ?e ?f . "
    "?g ?h ?i FILTER REGEX(CONCAT(?t, STR(?c)), '^(a+)+$') }",
    "pattern that is large": "SELECT (REGEX('x', '(((((a{100}){100}){100}){100}){100})') AS ?x) {}",
    "rows without end": f"SELECT * {CROSS}",
    "triples without end": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.mark.parametrize("name", COSTLY)
def test_costly_query_meets_a_limit(service: Service, name: str) -> None:
    """What would run for days or fill the memory ends in time with the limit that it met, or in an answer."""
    started = time.monotonic()
    found = service.post(COSTLY[name])
    assert time.monotonic() - started < LONGEST
    if found[0] != 200:
        said = problem(found, 400, 413, 503)
        assert said["status"] == 400 or said["limit"] in ("timeout", "memory", "result_bytes", "result_rows", "chain")


@pytest.mark.parametrize(
    "text", [b"SELECT ('\xff\xfe' AS ?x) {}", b"ASK { \0 }", b"\xef\xbb\xbf\xed\xa0\x80", b"\xff" * 1000, b"\0" * 1000]
)
def test_bytes_that_are_no_text_are_refused(service: Service, text: bytes) -> None:
    """Bad UTF-8, surrogates and NULs are the client's fault, told as such."""
    problem(service.post(text), 400)


HEADS = {
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
    "length and chunks": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\n",
    "negative length": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "no number": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1e3\r\n\r\n",
    "enormous length": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "bad chunk": b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n0\r\n\r\n",
    "header of megabytes": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 3_000_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
    "address of megabytes": b"GET /sparql?query=" + b"a" * 3_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "line end in a value": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\rSet-Cookie: b\r\n\r\n",
    "NUL in a value": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "blank before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 300,
    "HTTP/2 unasked": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


@pytest.mark.parametrize("name", HEADS)
def test_tricks_with_headers_are_refused(service: Service, name: str) -> None:
    """A head that is malformed, ambiguous or too large ends the connection with a 4xx, or without a word."""
    said = service.raw(HEADS[name], wait=20)
    assert said[:10] in (b"", b"HTTP/1.1 4", b"HTTP/1.0 4"), said[:200]
    assert said.count(b"HTTP/1.1 ") <= 1


def test_line_ends_in_a_parameter_make_no_header(service: Service) -> None:
    """What comes in a parameter never becomes a header of the answer."""
    said = service.raw(b"GET /sparql?query=ASK%7B%7D&format=x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n"
                       b"Accept: text/csv%0d%0aX: y\r\nConnection: close\r\n\r\n")  # fmt: skip
    assert b"set-cookie" not in said.lower()


def test_slow_writers_hold_up_nobody(service: Service) -> None:
    """While many clients send their requests byte by byte, others are served at once."""
    count = 1500 if FULL else 300
    with ExitStack() as stack:
        for n in range(count):
            line = stack.enter_context(socket.create_connection((service.host, service.port), timeout=LONGEST))
            if n % 3:
                line.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n")
            if n % 3 == 1:
                line.sendall(b"Content-Length: 1000\r\n\r\nA")
        started = time.monotonic()
        assert service.post(CAST)[0] == 200
        assert time.monotonic() - started < 5


def test_slow_readers_hold_up_nobody(service: Service) -> None:
    """While clients ask for large answers and do not take them, others are served, and no answer waits in memory."""
    big = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 15000"
    request = f"GET /sparql?{urlencode({'query': big})} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with ExitStack() as stack:
        lines = []
        for _ in range(60 if FULL else 12):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(LONGEST)
            line.connect((service.host, service.port))
            line.sendall(request)
            lines.append(line)
        heads = [line.recv(100) for line in lines]
        assert any(head.startswith(b"HTTP/1.1 200") for head in heads)
        started = time.monotonic()
        assert service.post(CAST)[0] == 200
        assert time.monotonic() - started < 5
        assert memory(service.main()) < MEMORY << 20


def test_who_hangs_up_frees_the_place(service: Service) -> None:
    """The queries of clients who have gone are ended long before their deadline, running or waiting."""
    for n in range(6):
        body = COSTLY["cross product"].replace("?a ?b", f"?a ?b{n}")
        with socket.create_connection((service.host, service.port), timeout=LONGEST) as line:
            head = f"POST /sparql?timeout={PATIENT} HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
            time.sleep(0.05)
    end = time.monotonic() + PATIENT / 2
    while _work(service) > 0.1:
        assert time.monotonic() < end


def _work(service: Service) -> float:
    """Seconds of processor time that the service takes within one second."""
    before = cpu_seconds(service.main())
    time.sleep(1)
    return cpu_seconds(service.main()) - before


def test_crowd_of_heavy_queries_leaves_room(service: Service) -> None:
    """While eight clients send queries that never end, a film's cast comes, and everyone gets some answer."""
    for n in range(20):  # so that both workers know it for quick
        assert service.post(CAST.replace("3", str(100 + n)))[0] == 200
    stop = threading.Event()
    statuses: list[int] = []

    def bother(number: int) -> None:
        while not stop.is_set():
            statuses.append(service.post(COSTLY["cross product"].replace("?a ?b", f"?a ?b{number}"))[0])

    threads = [threading.Thread(target=bother, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    times = []
    for n in range(30):
        started = time.monotonic()
        assert service.post(CAST.replace("3", str(3 + n)))[0] == 200
        times.append(time.monotonic() - started)
    stop.set()
    for thread in threads:
        thread.join()
    assert sorted(times)[15] < 2
    assert set(statuses) <= {429, 503}


def test_killed_query_processes_are_replaced_unnoticed(service: Service) -> None:
    """When every process for queries is killed, the next queries are answered all the same."""
    for pid in family(service.main()):
        if any(word == b"graph.sandbox.worker" for word in _words(pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert [service.post(CAST.replace("3", str(n)))[0] for n in range(40, 50)] == [200] * 10


def test_killed_worker_of_the_site_is_replaced(service: Service) -> None:
    """When a worker of the site is killed, new connections are served by the others, and soon by a fresh one."""
    before = service.web()
    victim = max(pid for pid in before if pid != service.main() and b"serve" in _words(pid))
    os.kill(victim, signal.SIGKILL)
    end = time.monotonic() + LONGEST
    answered = 0
    while time.monotonic() < end and (answered < 20 or len(service.web()) < len(before)):
        with suppress(OSError, http.client.HTTPException):  # what was on its way to the dead one
            assert service.post(CAST)[0] == 200
            answered += 1
        time.sleep(0.05)
    assert answered >= 20
    assert len(service.web()) == len(before)
