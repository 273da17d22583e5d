"""The store that a writer works on, and the views on it that others hold.

It is opened for reading until something is to be written: as soon as the engine may write, it begins to tidy what was
loaded at one stroke, which takes minutes of both processors and is thrown away with the writer's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store.embedded import Oxigraph
from graph.store.origin import frozen, link_store
from graph.store.threads import give_way
from graph.store.waiting import Draft


class Held:
    """A store in a folder of the writer's own, open for reading or for writing, or left to another process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._store: Store | None = None
        self._writes = False
        self._views: list[Oxigraph] = []

    @property
    def store(self) -> Store:
        """The open engine, perhaps for reading only."""
        if self._store is None:
            raise StoreError("the writer is closed; use it inside its with statement")
        return self._store

    def view(self, prefixes: Mapping[str, str] | None, write: Callable[[], object]) -> Oxigraph:
        """A view that follows the store; ``write`` is called before it is looked at."""
        view = Draft(self.store, prefixes, write)
        self._views.append(view)
        return view

    def to_read(self) -> None:
        """Go on with what the folder holds, for reading."""
        self._turn(None)
        self._turn(Store.read_only(str(self.folder)))

    def to_write(self) -> Store:
        """Go on with what the folder holds, for writing; gives the engine."""
        if not self._writes:
            self._turn(None)
            self._turn(Store(str(self.folder)))
            self._writes = True
        return self.store

    def move(self, folder: Path) -> None:
        """Go on with a new store in another folder."""
        self._turn(None)
        self.folder = folder
        self.to_write()

    def leave(self, copy: Path) -> None:
        """Leave the folder to another process; meanwhile views see a copy of what was there before."""
        self._turn(None)
        self._turn(frozen(self.folder, copy))

    def link(self, copy: Path) -> None:
        """Write the state to a new folder, as hard links where the file system can."""
        if self._writes:
            self._turn(None)
            self._turn(Store(str(self.folder)))  # puts into files what stood in its log
        self._turn(None)
        link_store(self.folder, copy)
        self.to_read()

    def close(self) -> None:
        """Let go of the engine and of all views."""
        for view in self._views:
            view.close()
        self._views.clear()
        self._store, self._writes = None, False

    def _turn(self, store: Store | None) -> None:
        self._store, self._writes = store, False
        for view in self._views:
            view.turn_to(store)
        give_way()
