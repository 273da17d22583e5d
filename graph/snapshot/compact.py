"""Publishes the current snapshot again with a compacted store."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from graph import sidecar
from graph.snapshot.layout import require_data
from graph.snapshot.manifest import read_manifest
from graph.snapshot.publish import publish
from graph.store import Writer
from graph.store.folder import CURRENT


def compact(data: Path) -> int:
    """Publish what is current once more, its store compacted; gives the new snapshot's number.

    Raises ``StoreError`` where there is nothing, or the disk is too full.
    """
    require_data(data)
    with Writer(data) as writer:
        before = (data / CURRENT).resolve()
        said = read_manifest(before)

        def index(path: Path, _: Mapping[str, int]) -> dict[str, int]:
            shutil.copyfile(before / sidecar.NAME, path)
            return said.counts

        return publish(data, writer, manifest_extra=said.extra, index=index, compacted=True)
