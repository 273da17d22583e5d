"""What a data folder must be before anything is read from it or written to it."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreError
from graph.store.faults import explained

CURRENT = "current"
"""The link to the snapshot that readers see."""
NEXT = "current.new"
"""The link to a snapshot that is about to become current for the first time."""


def snapshot_numbers(data: Path) -> list[int]:
    """The numbers of all snapshots in a data folder, ascending."""
    folder = data / "snapshots"
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit()) if folder.is_dir() else []


def check_folder(data: Path) -> None:
    """Raises ``StoreError`` for a file, and for a folder that holds snapshots of which none is current.

    To go on from nothing would hide what is stored.
    """
    with explained(data, "looking into the folder"):
        _check(data)


def _check(data: Path) -> None:
    if data.exists() and not data.is_dir():
        raise StoreError(f"{data} is a file, not a data folder")
    if (data / CURRENT).is_symlink():
        return
    announced = (data / NEXT).readlink().name if (data / NEXT).is_symlink() else ""  # a first one, never finished
    whole = [number for number in snapshot_numbers(data) if f"{number:06d}" != announced]
    if whole:
        raise StoreError(f"{data} has no current snapshot; run `filmgraph snapshots rollback {whole[-1]}`")
