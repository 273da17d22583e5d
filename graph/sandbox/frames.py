"""Messages between the pool and its processes, over a socket pair: a JSON object, bytes after it, maybe a file.

Bytes and not pickles: nothing that comes out of a process that ran a stranger's query is ever executed.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_HEAD = struct.Struct("!II")
_ROOM = socket.CMSG_SPACE(struct.calcsize("i"))
"""Bytes beside a message that hold one descriptor."""
PIECE = 1 << 17
"""Bytes that are taken at a time."""


@dataclass(slots=True)
class Frame:
    """One message: its fields, its body, and the descriptor of a file that came with it."""

    fields: dict[str, Any]
    body: bytes = b""
    file: int | None = None


@dataclass(slots=True)
class Letter:
    """A message whose fields were written before, as ``written`` does; it has no file."""

    fields: bytes
    body: bytes
    file: None = None


def written(fields: dict[str, Any]) -> bytes:
    """Fields as they are sent."""
    return json.dumps(fields).encode()


def send(link: socket.socket, frame: Frame | Letter) -> None:
    """Send a message; ``OSError`` where the other side is gone."""
    fields = frame.fields if isinstance(frame.fields, bytes) else written(frame.fields)
    head = _HEAD.pack(len(fields), len(frame.body))
    if frame.file is None:
        link.sendall(b"".join((head, fields, frame.body)))
        return
    sent = socket.send_fds(link, [head], [frame.file])
    link.sendall(head[sent:] + fields + frame.body)


@dataclass(slots=True)
class Receiver:
    """Receives messages; what has come in before a time-out is kept for the next attempt."""

    link: socket.socket
    read: Callable[[bytes], dict[str, Any]] = json.loads
    """How fields are read."""
    buffer: bytearray = field(default_factory=bytearray)
    file: int | None = None

    def receive(self, timeout: float | None) -> Frame:
        """The next message; ``TimeoutError`` if it is not complete in time, ``EOFError`` if the other side is gone."""
        self.link.settimeout(timeout)
        head = self._wait_for(_HEAD.size)
        fields, body = _HEAD.unpack_from(head)
        whole = self._wait_for(_HEAD.size + fields + body)
        start = _HEAD.size + fields
        frame = Frame(self.read(bytes(whole[_HEAD.size : start])), bytes(whole[start : start + body]), self.file)
        self.file = None
        del self.buffer[: start + body]
        return frame

    def _wait_for(self, size: int) -> bytearray:
        while len(self.buffer) < size:
            data, more, _, _ = self.link.recvmsg(PIECE, _ROOM)
            if more:
                self.file = int.from_bytes(more[0][2], sys.byteorder)
            if not data:
                raise EOFError
            self.buffer += data
        return self.buffer

    def close(self) -> None:
        """Close the link, and a file that nobody took."""
        self.link.close()
        if self.file is not None:
            os.close(self.file)
            self.file = None
