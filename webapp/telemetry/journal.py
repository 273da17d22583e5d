"""Takes notes of requests from the event loop, and in a thread of its own writes them down and counts them."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable

from webapp.telemetry.counts import Counts
from webapp.telemetry.lines import OFF, request_line
from webapp.telemetry.note import Note

TICK = 0.25
"""Seconds that a note waits before it is written."""
SAVED = 2.0
"""Seconds after which the numbers are written for the other workers."""
WAITING = 100_000
"""Notes that wait at most; of a log that nobody takes, the oldest lines are lost."""
AT_ONCE = 4_096
"""Bytes that the system writes to a pipe without lines of another worker in between."""


class Journal:
    """The log of one worker's requests."""

    def __init__(
        self, counts: Counts, form: str, write: Callable[[bytes], object] = lambda data: os.write(1, data)
    ) -> None:
        self.counts, self.form, self._write = counts, form, write
        self._notes: deque[Note] = deque(maxlen=WAITING)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._saved = 0.0

    def start(self) -> None:
        """Begin to write."""
        threading.Thread(target=self._keep, name="journal", daemon=True).start()

    def add(self, note: Note) -> None:
        """Take a note; costs next to nothing."""
        self._notes.append(note)

    def close(self) -> None:
        """Write what is left."""
        self._ended.set()
        self.drain()
        self.counts.save()

    def drain(self) -> None:
        """Write and count what waits."""
        with self._lock:
            notes = [self._notes.popleft() for _ in range(len(self._notes))]
            self.counts.count(notes)
            if self.form != OFF:
                self._put([request_line(it, self.form).encode("utf-8", "replace") for it in notes])

    def _put(self, lines: list[bytes]) -> None:
        block = b""
        try:
            for line in lines:
                if block and len(block) + len(line) > AT_ONCE:
                    self._write(block)
                    block = b""
                block += line
            if block:
                self._write(block)
        except OSError:
            return  # nobody reads the log any more; the site goes on

    def _keep(self) -> None:
        while not self._ended.wait(TICK):
            self.drain()
            if time.monotonic() - self._saved >= SAVED:
                self._saved = time.monotonic()
                self.counts.save()
