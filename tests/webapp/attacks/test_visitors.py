"""Attacks by how visitors come: malformed heads, slow clients, crowds; and killed processes."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlencode

import pytest

from tests.benchmarks.client import cpu_seconds, family, memory
from tests.webapp.attacks.service import ENDLESS, FULL, LONGEST, MEMORY, PATIENT, Service, wait_until, words_of

PROMPT = 5
"""Seconds within which others are served."""
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


@pytest.mark.measured
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
        assert service.cast() == 200
        assert time.monotonic() - started < PROMPT


@pytest.mark.measured
def test_slow_readers_hold_up_nobody(service: Service) -> None:
    """While clients ask for large answers and do not take them, others are served, and no answer waits in memory."""
    big = f"SELECT * {{ VALUES ?n {{ {'1 ' * 10} }} ?a ?b ?c }} LIMIT 15000"
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
        assert service.cast() == 200
        assert time.monotonic() - started < PROMPT
        assert memory(family(service.main())) < MEMORY << 20


@pytest.mark.measured
def test_who_hangs_up_frees_the_place(service: Service) -> None:
    """The queries of clients who have gone are ended long before their deadline, running or waiting."""
    for n in range(6):
        body = ENDLESS.replace("?a ?b", f"?a ?b{n}")
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


@pytest.mark.measured
def test_crowd_of_heavy_queries_leaves_room(service: Service) -> None:
    """While eight clients send queries that never end, a film's cast comes, and everyone gets some answer."""
    for n in range(20):  # so that both workers know it for quick
        assert service.cast(100 + n) == 200
    stop = threading.Event()
    statuses: list[int] = []

    def bother(number: int) -> None:
        while not stop.is_set():
            statuses.append(service.post(ENDLESS.replace("?a ?b", f"?a ?b{number}"))[0])

    threads = [threading.Thread(target=bother, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(statuses) >= len(threads))  # by now it is known how slow these are
    times = []
    for n in range(30):
        started = time.monotonic()
        assert service.cast(3 + n) == 200
        times.append(time.monotonic() - started)
    stop.set()
    for thread in threads:
        thread.join()
    assert sorted(times)[15] < 2
    assert set(statuses) <= {429, 503}


def test_killed_query_processes_are_replaced_unnoticed(service: Service) -> None:
    """When every process for queries is killed, the next queries are answered all the same."""
    for pid in family(service.main()):
        if any(word == b"graph.sandbox.worker" for word in words_of(pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert [service.cast(n) for n in range(40, 50)] == [200] * 10


def test_killed_worker_of_the_site_is_replaced(service: Service) -> None:
    """When a worker of the site is killed, new connections are served by the others, and soon by a fresh one."""
    before = service.web()
    victim = max(pid for pid in before if pid != service.main() and b"serve" in words_of(pid))
    os.kill(victim, signal.SIGKILL)
    end = time.monotonic() + LONGEST
    answered = 0
    while time.monotonic() < end and (answered < 20 or len(service.web()) < len(before)):
        with suppress(OSError, http.client.HTTPException):  # what was on its way to the dead one
            assert service.cast() == 200
            answered += 1
        time.sleep(0.05)
    assert answered >= 20
    assert len(service.web()) == len(before)
