"""A snapshot's list of its graphs with the size and digest of each, by which a changed graph is told from another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "graphs.tsv"
"""A snapshot's list of its graphs: IRI, triples, SHA-256 of the N-Quads it was loaded from."""


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """What the catalogue says of one graph: its number of triples and the SHA-256 of its N-Quads."""

    triples: int
    sha256: str


def entry(nquads: bytes | Path) -> GraphEntry:
    """Size and digest of N-Quads; a line is a triple."""
    if isinstance(nquads, bytes):
        return GraphEntry(nquads.count(b"\n"), hashlib.sha256(nquads).hexdigest())
    digest, lines = hashlib.sha256(), 0
    with nquads.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            lines += piece.count(b"\n")
    return GraphEntry(lines, digest.hexdigest())


def write(entries: Mapping[str, GraphEntry], folder: Path) -> None:
    """Write the list into a snapshot's folder, sorted by IRI."""
    lines = (f"{iri}\t{entry.triples}\t{entry.sha256}\n" for iri, entry in sorted(entries.items()))
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def read(folder: Path) -> dict[str, GraphEntry]:
    """Read the list of a snapshot; raises ``ValueError`` for what ``write`` did not write."""
    entries = {}
    for line in (folder / NAME).read_text(encoding="utf-8").splitlines():
        iri, triples, sha256 = line.split("\t")
        entries[iri] = GraphEntry(int(triples), sha256)
    return entries
