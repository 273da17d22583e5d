"""Where things are in a data folder, and opening what is current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError
from graph.store import Snapshot

CURRENT = "current"
STAGING = ".new"
"""The folder, inside ``snapshots/``, in which a snapshot is built before it gets its number."""
TRASH = ".old-"
"""What a snapshot's folder name begins with while it is being deleted."""
NEXT = "current.new"
"""The link to a snapshot that is about to become current for the first time."""
BACK = "current.back"
"""The link to a snapshot that is about to become current again."""


def folder_of(data: Path, number: int) -> Path:
    """The folder of a numbered snapshot."""
    return data / "snapshots" / f"{number:06d}"


def numbers(data: Path) -> list[int]:
    """The numbers of all snapshots, ascending."""
    folder = data / "snapshots"
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit()) if folder.is_dir() else []


def current(data: Path) -> Path | None:
    """The folder of the current snapshot, None where nothing was ever published."""
    link = data / CURRENT
    return data / link.readlink() if link.is_symlink() else None


def open_current(data: Path, prefixes: Mapping[str, str] | None = None) -> Snapshot:
    """Open the current snapshot read-only; the ``StoreError`` of a missing or damaged one says what to run."""
    folder = current(data)
    if folder is None:
        raise StoreError(f"there is no data in {data}; run `filmgraph add FILE…`, or `make run` for the sample")
    with advised(data, folder):
        return Snapshot.open(folder, prefixes)


@contextmanager
def advised(data: Path, folder: Path) -> Iterator[None]:
    """Adds to a ``StoreError`` about the current snapshot what can be done."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{error}; {advice(data, folder)}") from error


def advice(data: Path, folder: Path) -> str:
    """What to do about a damaged current snapshot."""
    others = [number for number in numbers(data) if folder_of(data, number) != folder]
    if not others:
        return f"there is no other snapshot: delete {data} and add the sources again"
    return f"go back to the one before with `filmgraph snapshots rollback {others[-1]}`"
