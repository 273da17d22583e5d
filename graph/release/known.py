"""The releases that lie in a folder, as their RO-Crates describe them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CRATE = "ro-crate-metadata.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a release: its path in it, what it holds, its media type, size in bytes and SHA-256."""

    path: str
    title: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Known:
    """A release on disk: the snapshot that it froze, when that was published (ISO 8601), its folder and files."""

    number: int
    created: str
    folder: Path
    parts: tuple[Part, ...]

    def part(self, path: str) -> Part | None:
        """The file at a path of the release; None where it is none of its files."""
        return next((part for part in self.parts if part.path == path), None)


def releases(folder: Path) -> tuple[Known, ...]:
    """The releases in a folder, the newest snapshot first; of two of one snapshot the last by name.

    A folder that is no release, or is being written, is passed over.
    """
    found: dict[int, Known] = {}
    for path in sorted(folder.glob(f"[!.]*/{CRATE}")):
        known = _read(path.parent)
        if known is not None:
            found[known.number] = known
    return tuple(found[number] for number in sorted(found, reverse=True))


def _read(folder: Path) -> Known | None:
    try:
        nodes = {node["@id"]: node for node in json.loads((folder / CRATE).read_text(encoding="utf-8"))["@graph"]}
        root = nodes["./"]
        parts = tuple(_part(nodes[each["@id"]]) for each in root["hasPart"])
        return Known(int(root["version"]), str(root["datePublished"]), folder, parts)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _part(node: dict[str, Any]) -> Part:
    media = node["encodingFormat"]
    packed = media[-1] if isinstance(media, list) else media
    return Part(node["@id"], node["name"], packed, int(node["contentSize"]), node["sha256"])
