"""A lean client for measurements: one connection that is kept alive, so that little but the server is measured."""

from __future__ import annotations

import os
import select
import socket
import urllib.parse
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ACCEPT = "application/sparql-results+json"


class Connection:
    """One connection to a SPARQL endpoint, or to a site."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        self.path, self.host = parts.path, parts.netloc
        self.place = parts.hostname or "", parts.port or 80
        self.socket = self._connected()
        self.buffer = b""
        self.over = False
        """Whether the server said that it would answer no more here."""

    def _connected(self) -> socket.socket:
        made = socket.create_connection(self.place, timeout=120)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def wake(self) -> None:
        """Connect again where the server has closed a connection that lay idle."""
        if self.over or select.select([self.socket], [], [], 0)[0]:
            self.socket.close()
            self.socket, self.buffer, self.over = self._connected(), b"", False

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, query: str, status: int = 200) -> bytes:
        """The body of the answer; raises ``RuntimeError`` where its status is another."""
        terms = urllib.parse.urlencode({"query": query})
        return self.get(f"{self.path}?{terms}", ACCEPT, status)

    def get(self, path: str, accept: str = "text/html", status: int = 200) -> bytes:
        """The body of the answer at a path; raises ``RuntimeError`` where its status is another."""
        if self.over:
            self.wake()
        head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: {accept}\r\n\r\n"
        self.socket.sendall(head.encode())
        said, fields = self._head()
        self.over = fields.get("connection") == "close"
        body = (
            self._chunks()
            if "chunked" in fields.get("transfer-encoding", "")
            else self._exactly(int(fields["content-length"]))
        )
        if said != status:
            raise RuntimeError(f"{said}: {body[:300]!r}")
        return body

    def _head(self) -> tuple[int, dict[str, str]]:
        lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        fields = (line.split(":", 1) for line in lines[1:])
        return int(lines[0].split(" ", 2)[1]), {name.lower(): value.strip().lower() for name, value in fields}

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            body += self._exactly(size)
            self._exactly(2)
        self._until(b"\r\n")
        return body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        found, self.buffer = self.buffer.split(mark, 1)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def _more(self) -> None:
        data = self.socket.recv(1 << 20)
        if not data:
            raise RuntimeError("the server closed the connection")
        self.buffer += data


def listener(address: str) -> int:
    """The process that was started for an address: a child of this one."""
    port = address.rsplit(":", 1)[1].strip("/")
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"serve" in words and port.encode() in words:
                return int(folder.name)
    raise RuntimeError(f"no process serves {address}")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its descendants, those that have ended included."""
    ticks = 0
    for each in family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15] if each == pid else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def cpu_nanoseconds(pid: int) -> int:
    """Processor time that the living threads of a process and its descendants have had, to the nanosecond."""
    total = 0
    for each in family(pid):
        for path in Path(f"/proc/{each}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(path.read_text().split()[0])
    return total


def workers(pid: int) -> list[int]:
    """The processes of a service that answer requests, without those that they have queries run by."""
    names = {each: Path(f"/proc/{each}/cmdline").read_bytes().split(b"\0") for each in family(pid)[1:]}
    return [each for each, words in names.items() if b"serve" in words]


def memory(processes: Iterable[int]) -> int:
    """Bytes of memory that processes hold, shared pages counted in parts."""
    total = 0
    for each in processes:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total
