"""Messages between the pool and its processes, over a socket pair: a JSON object, bytes after it, maybe a file.

Bytes and not pickles: nothing that comes out of a process that ran a stranger's query is ever executed.
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_HEAD = struct.Struct("!II")
_ANSWER = struct.Struct("!cqqdd")
_MARK = b"\0"
"""Begins the fields of an answer; those in JSON begin with a brace."""
_ROOM = socket.CMSG_SPACE(struct.calcsize("i"))
"""Bytes beside a message that hold one descriptor."""
PIECE = 1 << 16
"""Bytes that are taken at a time: no less than a message without a file has as a rule."""


@dataclass(slots=True)
class Frame:
    """One message: its fields, its body, and the descriptor of a file that came with it."""

    fields: dict[str, Any]
    body: bytes = b""
    file: int | None = None


@dataclass(slots=True)
class Letter:
    """A message whose fields were written before, as ``written`` and ``told`` do."""

    fields: bytes
    body: bytes
    file: int | None = None


def told(size: int, rows: int, seconds: float, worked: float) -> bytes:
    """The fields of an answer, which every query has: numbers of fixed length in place of JSON."""
    return _ANSWER.pack(_MARK, size, rows, seconds, worked)


def read(fields: bytes) -> dict[str, Any]:
    """Fields as they were sent.

    >>> read(told(9, 1, 0.5, 2.0)), read(written({"error": "memory"}))
    ({'size': 9, 'rows': 1, 'seconds': 0.5, 'worked': 2.0}, {'error': 'memory'})
    """
    if fields[:1] != _MARK:
        found: dict[str, Any] = json.loads(fields)
        return found
    _, size, rows, seconds, worked = _ANSWER.unpack(fields)
    return {"size": size, "rows": rows, "seconds": seconds, "worked": worked}


def written(fields: dict[str, Any]) -> bytes:
    """Fields as they are sent."""
    return json.dumps(fields).encode()


def send(link: socket.socket, frame: Frame | Letter, patience: float | None = None) -> None:
    """Send a message; ``OSError`` where the other side is gone, or takes nothing for so many seconds."""
    fields = frame.fields if isinstance(frame.fields, bytes) else written(frame.fields)
    head = _HEAD.pack(len(fields), len(frame.body))
    if frame.file is None:
        _put(link, b"".join((head, fields, frame.body)), patience)
        return
    sent = socket.send_fds(link, [head], [frame.file])
    _put(link, head[sent:] + fields + frame.body, patience)


def _put(link: socket.socket, data: bytes, patience: float | None) -> None:
    """Send bytes; as a rule all of them go at once, and the socket need not be told of a time-out."""
    try:
        sent = link.send(data, socket.MSG_DONTWAIT)
    except BlockingIOError:
        sent = 0
    if sent < len(data):
        link.settimeout(patience)
        try:
            link.sendall(data[sent:])
        finally:
            link.settimeout(None)


class Receiver:
    """Receives messages over a blocking socket; what has come in before a time-out is kept for the next attempt.

    ``read`` tells how fields are read.
    """

    def __init__(self, link: socket.socket, read: Callable[[bytes], dict[str, Any]] = read) -> None:
        self.link, self.read = link, read
        self.buffer = b""
        self.file: int | None = None
        self._news = select.poll()
        self._news.register(link, select.POLLIN)

    def receive(self, timeout: float | None) -> Frame:
        """The next message; ``TimeoutError`` if it is not complete in time, ``EOFError`` if the other side is gone."""
        whole = self._wait_for(_HEAD.size, timeout)
        fields, body = _HEAD.unpack_from(whole)
        start = _HEAD.size + fields
        whole = self._wait_for(start + body, timeout)
        frame = Frame(self.read(whole[_HEAD.size : start]), whole[start : start + body], self.file)
        self.file = None
        self.buffer = whole[start + body :]
        return frame

    def _wait_for(self, size: int, timeout: float | None) -> bytes:
        while len(self.buffer) < size:
            if timeout is not None and not self._news.poll(timeout * 1000):
                raise TimeoutError
            data, more, _, _ = self.link.recvmsg(PIECE, _ROOM)
            if more:
                self.file = int.from_bytes(more[0][2], sys.byteorder)
            if not data:
                raise EOFError
            self.buffer = self.buffer + data if self.buffer else data
        return self.buffer

    def close(self) -> None:
        """Close the link, and a file that nobody took."""
        self.link.close()
        if self.file is not None:
            os.close(self.file)
            self.file = None
