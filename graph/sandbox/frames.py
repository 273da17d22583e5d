"""Messages between the pool and its processes, over a socket pair: a JSON object, bytes after it, maybe a file.

Bytes and not pickles: nothing that comes out of a process that ran a stranger's query is ever executed.
"""

from __future__ import annotations

import json
import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

_HEAD = struct.Struct("!II")


@dataclass(slots=True)
class Frame:
    """One message: its fields, its body, and the descriptor of a file that came with it."""

    fields: dict[str, Any]
    body: bytes = b""
    file: int | None = None


def send(link: socket.socket, frame: Frame) -> None:
    """Send a message; ``OSError`` where the other side is gone."""
    fields = json.dumps(frame.fields).encode()
    head = _HEAD.pack(len(fields), len(frame.body))
    if frame.file is None:
        link.sendall(head + fields + frame.body)
        return
    sent = socket.send_fds(link, [head], [frame.file])
    link.sendall(head[sent:] + fields + frame.body)


@dataclass(slots=True)
class Receiver:
    """Receives messages; what has come in before a time-out is kept for the next attempt."""

    link: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    file: int | None = None

    def receive(self, timeout: float | None) -> Frame:
        """The next message; ``TimeoutError`` if it is not complete in time, ``EOFError`` if the other side is gone."""
        self.link.settimeout(timeout)
        head = self._wait_for(_HEAD.size)
        fields, body = _HEAD.unpack_from(head)
        whole = self._wait_for(_HEAD.size + fields + body)
        start = _HEAD.size + fields
        frame = Frame(json.loads(bytes(whole[_HEAD.size : start])), bytes(whole[start : start + body]), self.file)
        self.file = None
        del self.buffer[: start + body]
        return frame

    def _wait_for(self, size: int) -> bytearray:
        while len(self.buffer) < size:
            data, files, _, _ = socket.recv_fds(self.link, 1 << 16, 1)
            if files:
                self.file = files[0]
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
