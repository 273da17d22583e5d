"""What the tests of snapshots look at in a data folder."""

from __future__ import annotations

from pathlib import Path

from graph import snapshot


def numbers(data: Path) -> list[int]:
    """The numbers of the snapshots that there are."""
    return [manifest.number for manifest in snapshot.list_snapshots(data)]


def film(folder: Path, number: int) -> Path:
    """The folder of a snapshot."""
    return folder / "snapshots" / f"{number:06d}"
