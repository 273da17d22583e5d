"""Publishes the current snapshot again with a compacted store, while others read and write."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from graph import sidecar
from graph.errors import StoreError
from graph.snapshot.aside import aside
from graph.snapshot.layout import require_data
from graph.snapshot.manifest import read_manifest
from graph.snapshot.publish import AT_ONCE, COMPACTED, publish
from graph.store import Snapshot, Writer
from graph.store.compact import compact as compact_store
from graph.store.faults import explained
from graph.store.folder import CURRENT
from graph.store.origin import link_store


def is_large(data: Path) -> bool:
    """Whether the current snapshot is large, and was not compacted when it was published."""
    said = read_manifest(data / CURRENT)
    return said.triples >= AT_ONCE and not said.extra.get(COMPACTED)


def compact(data: Path) -> int:
    """Publish what is current once more, its store compacted; gives the new snapshot's number.

    Readers go on meanwhile, and so do writers, except in the last second. Raises ``StoreError`` where there is nothing,
    where the disk is too full, or where something else was published meanwhile.
    """
    require_data(data)
    before = (data / CURRENT).resolve()
    said = read_manifest(before)

    def index(path: Path, _: Mapping[str, int]) -> dict[str, int]:
        shutil.copyfile(before / sidecar.NAME, path)
        return said.counts

    with explained(data, "compacting"), aside(data) as folder:
        with Snapshot.open(before):  # so that nobody deletes it
            link_store(before / "store", folder / "store")
            compact_store(folder / "store")
        with Writer(data) as writer:
            if (data / CURRENT).resolve() != before:
                raise StoreError(f"{data} has changed while it was compacted; run `filmgraph snapshots compact` again")
            return publish(
                data, writer, manifest_extra={**said.extra, COMPACTED: True}, index=index, store=folder / "store"
            )
