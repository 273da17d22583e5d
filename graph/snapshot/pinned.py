"""Older snapshots, opened for those who ask for a state by its number."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from graph.snapshot.layout import open_number
from graph.store import Snapshot


class Pinned:
    """Opens snapshots by number and keeps the last one open. Safe to share between threads."""

    def __init__(self, data: Path, prefixes: Mapping[str, str] | None = None) -> None:
        self._data = data
        self._prefixes = prefixes
        self._lock = threading.Lock()
        self._last: tuple[int, Snapshot] | None = None

    def get(self, number: int) -> Snapshot:
        """The snapshot with this number; who still uses another may finish with it.

        Raises ``StoreError``, which names those that there are, where it is missing.
        """
        with self._lock:
            if self._last is not None and self._last[0] == number:
                return self._last[1]
            snapshot = open_number(self._data, number, self._prefixes)
            self._last = (number, snapshot)
            return snapshot
