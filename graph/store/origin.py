"""The store from which a writer begins."""

from __future__ import annotations

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
