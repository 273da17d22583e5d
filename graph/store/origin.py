"""Copies of a store's folder: the store from which a writer begins, and the one that it leaves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store import catalogue, files
from graph.store.catalogue import GraphEntry
from graph.store.faults import is_full


def copy_store(data: Path, current: Path, folder: Path) -> dict[str, GraphEntry]:
    """Make a store in a new folder from the current snapshot, by hard links; gives the catalogue of its graphs.

    Raises ``StoreError`` that says what to do where the snapshot is damaged.
    """
    try:
        files.check(current.resolve(), to_build=True)
        Store.read_only(str(current / "store")).backup(str(folder))
        return catalogue.read(current)
    except (OSError, ValueError, RuntimeError, StoreError) as error:
        if isinstance(error, OSError) and is_full(error):
            raise
        raise StoreError(
            f"the current snapshot of {data} is damaged ({error}); `filmgraph snapshots verify` shows which others are "
            "whole, `filmgraph snapshots rollback N` goes back to one of them"
        ) from error


def link_store(folder: Path, copy: Path) -> None:
    """Copy a store that nobody has open: by hard links what the engine never changes, else the bytes.

    The engine's own way waits, with a store loaded at one stroke for minutes, until it has tidied that.
    """
    copy.mkdir()
    for path in folder.iterdir():
        if path.suffix == ".sst":
            _link(path, copy / path.name)
        elif path.name != "LOCK" and not path.name.startswith("LOG"):
            shutil.copyfile(path, copy / path.name)
            with (copy / path.name).open("rb") as file:
                os.fsync(file)


def frozen(folder: Path, copy: Path) -> Store:
    """A store that nobody has open, as it is now, to be read whatever becomes of it; ``copy`` is where it is kept."""
    shutil.rmtree(copy, ignore_errors=True)
    link_store(folder, copy)
    return Store.read_only(str(copy))


def _link(path: Path, copy: Path) -> None:
    try:
        copy.hardlink_to(path)
    except OSError as error:
        if is_full(error):
            raise
        shutil.copyfile(path, copy)
