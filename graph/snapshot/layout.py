"""Where things are in a data folder, and opening what is current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError
from graph.store import Snapshot, check_folder
from graph.store.folder import CURRENT, snapshot_numbers

STAGING = ".new"
"""The folder, inside ``snapshots/``, in which a snapshot is built before it gets its number."""
TRASH = ".old-"
"""What a snapshot's folder name begins with while it is being deleted."""
BACK = "current.back"
"""The link to a snapshot that is about to become current again."""


def folder_of(data: Path, number: int) -> Path:
    """The folder of a numbered snapshot."""
    return data / "snapshots" / f"{number:06d}"


def current(data: Path) -> Path | None:
    """The folder of the current snapshot, None where nothing was ever published."""
    link = data / CURRENT
    return data / link.readlink() if link.is_symlink() else None


def open_current(data: Path, prefixes: Mapping[str, str] | None = None) -> Snapshot:
    """Open the current snapshot read-only; the ``StoreError`` of a missing or damaged one says what to run."""
    check_folder(data)
    folder = current(data)
    if folder is None:
        raise _empty(data)
    with advised(data, folder):
        return Snapshot.open(folder, prefixes)


def open_number(data: Path, number: int, prefixes: Mapping[str, str] | None = None) -> Snapshot:
    """Open a snapshot by its number; raises ``StoreError`` with those there are where it is missing."""
    folder = folder_of(data, number)
    if not folder.is_dir():
        known = ", ".join(map(str, snapshot_numbers(data))) or "none"
        raise StoreError(f"there is no snapshot {number} in {data}; there are: {known}")
    return Snapshot.open(folder, prefixes)


def require_data(data: Path) -> None:
    """Raises ``StoreError`` where no snapshot was ever published."""
    if data.exists() and not data.is_dir():
        check_folder(data)
    if not snapshot_numbers(data):
        raise _empty(data)


def _empty(data: Path) -> StoreError:
    return StoreError(f"there is no data in {data}; run `filmgraph add FILE…`, or `make run` for the sample")


@contextmanager
def advised(data: Path, folder: Path) -> Iterator[None]:
    """Adds to a ``StoreError`` about the current snapshot what can be done."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{error}; {advice(data, folder)}") from error


def advice(data: Path, folder: Path) -> str:
    """What to do about a damaged current snapshot."""
    others = [number for number in snapshot_numbers(data) if folder_of(data, number) != folder]
    if not others:
        return f"there is no other snapshot: `filmgraph restore` a backup, or delete {data} and add the sources again"
    return (
        f"go back to the one before with `filmgraph snapshots rollback {others[-1]}`, or look with `filmgraph "
        "snapshots verify` which are whole"
    )
