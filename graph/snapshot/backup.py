"""Copies a snapshot into another data folder, and back, each file checked after it was written.

A backup is a data folder itself: it can be served, listed and verified, and copied on by any tool that keeps links. A
second backup into the same folder shares with the first what has not changed.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from graph.errors import StoreError
from graph.snapshot.keep import clean_locked
from graph.snapshot.layout import STAGING, current, folder_of, open_current, open_number
from graph.snapshot.manifest import MANIFEST, Manifest, published_base, read_manifest
from graph.snapshot.publish import next_number, switch
from graph.store import Snapshot, check_folder, files, writer_lock
from graph.store.faults import explained
from graph.store.folder import snapshot_numbers


def backup(data: Path, target: Path, number: int | None = None) -> tuple[int, bool]:
    """Copy a snapshot, the current one by default, to the data folder ``target``, and make it current there.

    Gives its number, and whether it was new there. Raises ``StoreError`` where the snapshot is damaged, the copy did
    not arrive whole, or the target holds something else.
    """
    with open_current(data) if number is None else open_number(data, number) as opened:
        manifest = read_manifest(opened.folder)
        if target.exists() and not target.is_dir():
            raise StoreError(f"{target} is a file; a backup goes to a folder of its own")
        with writer_lock(target), explained(target, "backing up"):
            clean_locked(target)
            there = folder_of(target, manifest.number)
            if not there.exists():
                _take_over(opened.folder, target, manifest)
                return manifest.number, True
            if read_manifest(there) != manifest:
                raise StoreError(
                    f"{target} holds another snapshot {manifest.number}: it is no backup of {data}; choose another "
                    "folder"
                )
            return manifest.number, False


def restore(data: Path, source: Path) -> int:
    """Make a backup the current snapshot of a data folder; gives its number there.

    ``source`` is a data folder, of which the current snapshot is taken, or the folder of one snapshot. What the data
    folder held stays as earlier snapshots. Raises ``StoreError`` where the backup is damaged or of another base.
    """
    with _opened(source) as opened:
        manifest = read_manifest(opened.folder)
        base, here = manifest.extra.get("base"), published_base(data)
        if here is not None and base != here:
            raise StoreError(f"{source} was published under {base}, {data} under {here}; restore to another folder")
        with writer_lock(data), explained(data, "restoring"):
            clean_locked(data)
            number = next_number(data) if snapshot_numbers(data) else manifest.number
            _take_over(opened.folder, data, replace(manifest, number=number))
            return number


def _opened(source: Path) -> Snapshot:
    if (source / MANIFEST).is_file():
        return Snapshot.open(source)
    if not source.is_dir():
        raise StoreError(f"there is no backup at {source}")
    check_folder(source)
    folder = current(source)
    if folder is None:
        raise StoreError(f"{source} is no backup: it has neither a current snapshot nor a {MANIFEST}")
    return Snapshot.open(folder)


def _take_over(folder: Path, data: Path, manifest: Manifest) -> None:
    """Copy a snapshot's files under a manifest of their own, check them, and make them current."""
    staging = data / "snapshots" / STAGING
    try:
        _copy(folder, staging, current(data))
        manifest.write(staging)
        _check(folder, staging)
        _to_disk(staging)
        switch(data, manifest.number)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _check(folder: Path, staging: Path) -> None:
    damage = files.faults(staging, {}) if files.has_list(staging) else []
    if damage:
        raise StoreError(f"the copy of {folder} is not whole: {damage[0]}; `filmgraph snapshots verify` shows more")


def _copy(folder: Path, staging: Path, before: Path | None) -> None:
    """Files that the snapshot before has already, by their digests, are linked, not copied."""
    same = files.common(folder, before) if before is not None else frozenset()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        target = staging / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() or path.name == MANIFEST:
            continue
        if before is not None and name.as_posix() in same:
            os.link(before / name, target)
        else:
            shutil.copyfile(path, target)


def _to_disk(staging: Path) -> None:
    for path in [*staging.rglob("*"), staging]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
