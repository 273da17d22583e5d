"""Gives a long-running process the snapshot that is current now."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError
from graph.sidecar import NAME, Sidecar
from graph.snapshot.layout import advised, open_current
from graph.snapshot.manifest import Manifest, read_manifest
from graph.store import Snapshot
from graph.store.folder import CURRENT

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot with all that belongs to it; its files are given back when the last reference to it is gone."""

    folder: Path
    snapshot: Snapshot
    sidecar: Sidecar
    manifest: Manifest

    @property
    def version(self) -> str:
        """The snapshot's number."""
        return self.snapshot.version


class Follower:
    """The open snapshot of a process, renewed when ``current`` moves.

    ``get`` costs one readlink. Safe to share between threads: who still uses an older ``Opened`` may finish with it.
    """

    def __init__(self, data: Path, prefixes: Mapping[str, str] | None = None) -> None:
        self._data = data
        self._link = str(data / CURRENT)
        self._prefixes = prefixes
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._target = ""
        self._refused = ""

    def get(self) -> Opened:
        """The current snapshot, opened.

        Raises ``StoreError`` if there is none. If a newer one turns out to be damaged, the one that is open goes on
        serving, and the fault is logged once.
        """
        target = self.target()
        opened = self._opened
        if opened is not None and target in (self._target, self._refused):
            return opened
        with self._lock:
            if self._opened is not None and target in (self._target, self._refused):
                return self._opened
            return self._renew(target)

    def at_hand(self) -> Opened | None:
        """What ``get`` would give, None where it would have to be opened."""
        return self._opened if self.target() in (self._target, self._refused) else None

    def refresh(self) -> None:
        """Let go of what the engine keeps in memory of the snapshot that is open; queries that run end undisturbed."""
        with self._lock:
            if self._opened is not None:
                self._opened.snapshot.refresh()

    @property
    def version(self) -> str | None:
        """The number of the snapshot that is open, None before the first request."""
        return None if self._opened is None else self._opened.version

    def _renew(self, target: str) -> Opened:
        try:
            opened = self._opened = self._open()
        except StoreError as error:
            if self._opened is None:
                raise
            self._refused = target
            log.error("snapshot %s stays in use: %s", self._opened.version, error)  # noqa: TRY400  # no bug of ours
            return self._opened
        self._target, self._refused = target, ""
        return opened

    def _open(self) -> Opened:
        snapshot = open_current(self._data, self._prefixes)
        folder = snapshot.folder
        with advised(self._data, folder):
            return Opened(folder, snapshot, Sidecar.open(folder / NAME), read_manifest(folder))

    def target(self) -> str:
        """What ``current`` leads to just now; the name of a snapshot is never given twice."""
        try:
            return os.readlink(self._link)  # noqa: PTH115  # for every request: Path takes five times as long
        except OSError:
            return ""
