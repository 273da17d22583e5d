"""Makes the writer's state the next snapshot, so that at every moment either the old or the new one is current."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph import sidecar
from graph.snapshot import changes
from graph.snapshot.keep import clean_locked, prune_locked
from graph.snapshot.layout import STAGING, current, folder_of
from graph.snapshot.manifest import Manifest, digest_of
from graph.store import Writer
from graph.store import files as file_list
from graph.store.catalogue import write as write_catalogue
from graph.store.compact import compact
from graph.store.faults import explained
from graph.store.folder import CURRENT, NEXT, snapshot_numbers

KEEP = 10
"""How many snapshots stay, besides those that a process has open."""
MUCH = 200_000
"""New statements that are worth compacting the store for."""
AT_ONCE = 3_000_000
"""Statements up to which that is done by itself, in seconds; ``snapshots compact`` does it for larger graphs."""
CROWD = 21_000_000
"""Statements loaded at one stroke from which on it must be done before others can be added, in minutes.

The engine leaves a file of each index for every million, and names for every half, and writes nothing while there are
more than 36 of one kind: the next review would wait until all of them are merged.
"""
COMPACTED = "compacted"
"""What the manifest of a snapshot says of a store that was compacted for it."""


Index = Callable[[Path, Mapping[str, int]], dict[str, int]]
"""Writes the sidecar of the writer's state, with some further figures, to a new file; gives all its figures."""


def publish(
    data: Path,
    writer: Writer,
    *,
    manifest_extra: Mapping[str, Any] | None = None,
    keep: int = KEEP,
    index: Index | None = None,
    store: Path | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> int:
    """Publish what the writer holds; gives the new snapshot's number.

    ``index`` makes the sidecar; by default it is made from all that the store holds. ``store`` is a folder that holds
    the writer's state already and becomes part of the snapshot. ``told`` is told of steps that take long. Raises
    ``StoreError`` where the disk is full or the folder cannot be written; then what was current stays so.
    """
    with explained(data, "publishing"):
        clean_locked(data)
        number = next_number(data)
        _build(data / "snapshots" / STAGING, number, writer, dict(manifest_extra or {}), index, store, told)
        switch(data, number)
        prune_locked(data, keep)
    return number


def next_number(data: Path) -> int:
    """One that no snapshot ever had: pages in caches are told apart by it."""
    served = current(data)
    return max([0, *snapshot_numbers(data), *([int(served.name)] if served and served.name.isdigit() else [])]) + 1


def _build(
    folder: Path,
    number: int,
    writer: Writer,
    extra: dict[str, Any],
    index: Index | None,
    store: Path | None,
    told: Callable[[str], None],
) -> None:
    folder.mkdir(parents=True)
    try:
        if store is not None:
            store.rename(folder / "store")
        else:
            writer.backup(folder / "store")
            if _worth_while(writer):
                told("compacting the store")
                compact(folder / "store")
                extra[COMPACTED] = True
        catalogue = writer.catalogue
        write_catalogue(catalogue, folder)
        triples = sum(entry.triples for entry in catalogue.values())
        make = index or (lambda path, counts: sidecar.build(path, writer.source(), counts))
        counts = make(folder / sidecar.NAME, {"triples": triples, "graphs": len(catalogue)})
        digest = digest_of({iri: entry.sha256 for iri, entry in catalogue.items()})
        created = datetime.now(UTC).isoformat(timespec="seconds")
        before = current(folder.parent.parent)
        changes.write(folder, before, number, created, writer.start, catalogue)
        files = file_list.write(folder, earlier=[before] if before else [])
        Manifest(number, created, triples, len(catalogue), digest, counts, extra, files).write(folder)
        _to_disk(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _worth_while(writer: Writer) -> bool:
    """Whether so much has come that the store should be compacted, and it is small enough to do it now, or must be."""
    before, now = (sum(entry.triples for entry in each.values()) for each in (writer.start, writer.catalogue))
    return (now - before > MUCH and now < AT_ONCE) or writer.loaded > CROWD


def switch(data: Path, number: int) -> None:
    """The link is made before the folder gets its name: a crash in between leaves a trace that tells them apart."""
    folder = folder_of(data, number)
    (data / NEXT).symlink_to(folder.relative_to(data))
    (data / "snapshots" / STAGING).rename(folder)
    _sync(folder.parent)
    (data / NEXT).rename(data / CURRENT)
    _sync(data)


def _to_disk(folder: Path) -> None:
    """Everything of the snapshot on the disk before it becomes current; the engine has synced its own files."""
    for path in folder.iterdir():
        if path.is_file():
            _sync(path)
    _sync(folder / "store")
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
