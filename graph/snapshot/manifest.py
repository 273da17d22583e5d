"""What a snapshot says of itself: its number, its counts, its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.store.folder import CURRENT

MANIFEST = "manifest.json"
SEAL = "seal"
"""The key of the SHA-256 over all that a manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record beside a snapshot's data.

    ``created`` is ISO 8601 in UTC; ``triples`` counts the triples of all graphs; ``digest`` is the SHA-256 over the
    names and digests of the graphs: equal digests mean equal data. ``files`` is the SHA-256 of the list of files.
    ``extra`` is what the publisher added.
    """

    number: int
    created: str
    triples: int
    graphs: int
    digest: str
    counts: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    files: str = ""

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a snapshot's folder, with a seal by which a later change is noticed."""
        said = asdict(self)
        text = json.dumps({**said, SEAL: _seal(said)}, indent=1, sort_keys=True, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot; raises ``StoreError`` where it is missing or no longer what was written."""
    start = f"the snapshot in {folder} is damaged: its manifest"
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        seal = said.pop(SEAL, None)  # a manifest of an earlier version has none
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{start} cannot be read ({error})") from error
    if seal is not None and seal != _seal(said):
        raise StoreError(f"{start} was changed after it was published")
    strange = ", ".join(sorted(said.keys() - {entry.name for entry in fields(Manifest)}))
    if strange:
        raise StoreError(f"the snapshot in {folder} was made by another version of filmgraph, which wrote {strange}")
    try:
        manifest = Manifest(**said)
    except TypeError as error:
        raise StoreError(f"{start} lacks what it should say ({error})") from error
    if folder.name.isdigit() and manifest.number != int(folder.name):
        raise StoreError(f"{start} is that of snapshot {manifest.number}")
    return manifest


def _seal(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def published_base(data: Path) -> str | None:
    """The IRI under which the current snapshot was published; None where there is none that can be read."""
    try:
        base = read_manifest(data / CURRENT).extra.get("base")
    except StoreError:
        return None
    return base if isinstance(base, str) else None


def digest_of(graphs: Mapping[str, str]) -> str:
    """One digest for a set of graphs, given the digest of each."""
    lines = "".join(f"{iri} {sha256}\n" for iri, sha256 in sorted(graphs.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
