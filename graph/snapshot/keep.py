"""What becomes of old snapshots: listed, made current again, deleted when no process has them open."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph.errors import StoreError
from graph.snapshot.aside import sweep
from graph.snapshot.layout import BACK, STAGING, TRASH, current, folder_of, open_number, require_data
from graph.snapshot.manifest import MANIFEST, Manifest, read_manifest
from graph.store import writer_lock
from graph.store.faults import explained
from graph.store.folder import CURRENT, NEXT, snapshot_numbers


def list_snapshots(data: Path) -> list[Manifest]:
    """The manifests of all snapshots that have a readable one, oldest first."""
    return [manifest for _, manifest in survey(data) if manifest is not None] if snapshot_numbers(data) else []


def survey(data: Path) -> Iterator[tuple[int, Manifest | None]]:
    """Every snapshot by number, oldest first, with its manifest, None where that cannot be read.

    Raises ``StoreError`` where there are none.
    """
    require_data(data)
    for number in snapshot_numbers(data):
        try:
            yield number, read_manifest(folder_of(data, number))
        except StoreError:
            yield number, None


def rollback(data: Path, number: int) -> None:
    """Make an existing snapshot current again; the newer ones stay, and numbering goes on after them."""
    folder = folder_of(data, number)
    open_number(data, number).close()
    read_manifest(folder)
    with writer_lock(data), explained(data, "rolling back"):
        link = data / BACK
        link.unlink(missing_ok=True)
        link.symlink_to(folder.relative_to(data))
        link.rename(data / CURRENT)


def prune(data: Path, keep: int) -> list[int]:
    """Delete all but the newest ``keep`` snapshots; gives the numbers deleted.

    The current one and those that any process has open stay as well, however old. The newest always stays, so that
    no number is ever given twice. Raises ``StoreError`` where there is nothing.
    """
    require_data(data)
    with writer_lock(data), explained(data, "deleting old snapshots"):
        return prune_locked(data, keep)


def prune_locked(data: Path, keep: int) -> list[int]:
    """``prune`` for a caller that holds the writer's lock."""
    served = current(data)
    old = [folder_of(data, number) for number in snapshot_numbers(data)[: -max(keep, 1)]]
    return [int(folder.name) for folder in old if folder != served and _delete(folder)]


def clean_leftovers(data: Path) -> None:
    """Remove what a killed process left half done. Needless before ``publish``, which does it itself."""
    with writer_lock(data), explained(data, "cleaning up"):
        clean_locked(data)


def clean_locked(data: Path) -> None:
    """``clean_leftovers`` for a caller that holds the writer's lock."""
    snapshots = data / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    announced = data / NEXT
    if announced.is_symlink():
        shutil.rmtree(data / announced.readlink(), ignore_errors=True)  # it never became current
        announced.unlink()
    (data / BACK).unlink(missing_ok=True)
    sweep(data)
    for entry in snapshots.iterdir():
        if entry.name == STAGING or entry.name.startswith(TRASH):
            shutil.rmtree(entry)


def _delete(folder: Path) -> bool:
    """Delete a snapshot unless it is open somewhere; out of sight first, so that nobody opens half of it."""
    try:
        lock = os.open(folder / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        lock = None
    try:
        if lock is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        trash = folder.with_name(TRASH + folder.name)
        folder.rename(trash)
        shutil.rmtree(trash)
    except BlockingIOError:
        return False
    finally:
        if lock is not None:
            os.close(lock)
    return True
