"""A published snapshot on disk, opened read-only."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store import files
from graph.store.embedded import Oxigraph, short


class Snapshot(Oxigraph):
    """A published state. The file lock that it holds keeps the folder from being deleted while it is open."""

    def __init__(self, store: Store, folder: Path, prefixes: Mapping[str, str] | None, lock: int | None) -> None:
        super().__init__(store, str(int(folder.name)) if folder.name.isdigit() else folder.name, prefixes)
        self.folder = folder
        self._lock = lock

    @classmethod
    def open(cls, path: Path, prefixes: Mapping[str, str] | None = None, *, checked: bool = False) -> Snapshot:
        """Open a snapshot's folder (``…/snapshots/000007``) read-only; ``prefixes`` need no declaration in queries.

        With ``checked`` the caller knows that its files are as they were published.
        """
        lock = _hold(path)
        try:
            if not checked:
                files.check(path)
            store = Store.read_only(str(path / "store"))
        except (OSError, RuntimeError, StoreError) as error:
            if lock is not None:
                os.close(lock)
            if isinstance(error, StoreError):
                raise
            raise StoreError(f"the snapshot in {path} is damaged ({short(error)})") from error
        return cls(store, path, prefixes, lock)

    def refresh(self) -> None:
        """Open the files anew, and close them as they were open when the last query on them has ended.

        The engine keeps blocks of its files, and what tells where they are, up to several hundred megabytes of a large
        store, and cannot be told of a bound. Opening takes some 20 ms. Raises ``StoreError`` where that fails; then all
        stays as it was.
        """
        try:
            self.turn_to(Store.read_only(str(self.folder / "store")))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the snapshot in {self.folder} cannot be opened again ({short(error)})") from error

    def close(self) -> None:
        """Let go of the engine and of the lock."""
        super().close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_lock", None) is not None:
            self.close()


def _hold(path: Path) -> int | None:
    """A shared lock on the snapshot's manifest; ``prune`` deletes only what it can lock alone."""
    manifest = path / "manifest.json"
    try:
        lock = os.open(manifest, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        if not (path / "store").is_dir():
            raise StoreError(f"there is no snapshot in {path}") from None
        return None
    if not manifest.exists() or not os.path.samestat(os.fstat(lock), manifest.stat()):
        os.close(lock)
        raise StoreError(f"the snapshot in {path} was deleted a moment ago; try again")
    return lock
