"""Reads whole snapshots again and says what is no longer as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph import sidecar
from graph.errors import StoreError
from graph.snapshot.layout import folder_of, require_data
from graph.snapshot.manifest import Manifest, digest_of, read_manifest
from graph.store import Snapshot, catalogue, files
from graph.store.folder import snapshot_numbers


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one snapshot: its size, and what is wrong with it, one sentence each."""

    number: int
    files: int
    size: int
    faults: tuple[str, ...]
    listed: bool = True
    """False for a snapshot of an earlier version, which has no digests."""


def verify(data: Path, number: int | None = None) -> Iterator[Verified]:
    """Look at one snapshot, or at all, oldest first; a file that snapshots share is read once.

    Raises ``StoreError`` where there is no such snapshot.
    """
    require_data(data)
    known = snapshot_numbers(data)
    if number is not None and number not in known:
        raise StoreError(f"there is no snapshot {number} in {data}; there are: {', '.join(map(str, known))}")
    seen: files.Seen = {}
    for each in known if number is None else [number]:
        yield _verified(each, folder_of(data, each), seen)


def _verified(number: int, folder: Path, seen: files.Seen) -> Verified:
    listed = files.has_list(folder)
    found = files.faults(folder, seen) if listed else []
    try:
        manifest = read_manifest(folder)
        if listed and manifest.files != files.list_digest(folder):
            found.append(f"{files.NAME} is not as it was published")
    except StoreError as error:
        return Verified(number, 0, 0, (*found, str(error)), listed)
    if not found:  # a damaged store may take the process with it
        found = list(_contradictions(folder, manifest))
    count, size = files.total(folder) if listed and not found else (0, 0)
    return Verified(number, count, size, tuple(found), listed)


def _contradictions(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Where the manifest, the catalogue, the store and the search index tell different things."""
    try:
        graphs = catalogue.read(folder)
        triples = sum(entry.triples for entry in graphs.values())
        said = (manifest.graphs, manifest.triples, manifest.digest)
        if said != (len(graphs), triples, digest_of({iri: entry.sha256 for iri, entry in graphs.items()})):
            yield f"the manifest and {catalogue.NAME} tell of different graphs"
        with Snapshot.open(folder, checked=True) as opened:
            if opened.graphs() != sorted(graphs):
                yield f"the store and {catalogue.NAME} tell of different graphs"
        sidecar.Sidecar.open(folder / sidecar.NAME).check()
    except (StoreError, OSError, ValueError) as error:
        yield str(error)
