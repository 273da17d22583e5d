"""What a snapshot says of itself: its number, its counts, its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.store.folder import CURRENT

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record beside a snapshot's data.

    ``created`` is ISO 8601 in UTC; ``triples`` counts the triples of all graphs; ``digest`` is the SHA-256 over the
    names and digests of the graphs: equal digests mean equal data. ``extra`` is what the publisher added.
    """

    number: int
    created: str
    triples: int
    graphs: int
    digest: str
    counts: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a snapshot's folder."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot; raises ``StoreError`` where it is missing or no longer what was written."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"the snapshot in {folder} is damaged: its manifest cannot be read ({error})") from error


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
