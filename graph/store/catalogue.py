"""A snapshot's list of its graphs with the size and digest of each, by which a changed graph is told from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "graphs.tsv"
"""A snapshot's list of its graphs: IRI, triples, SHA-256 of the N-Quads it was loaded from."""


@dataclass(frozen=True, slots=True)
class GraphEntry:
    """What the catalogue says of one graph: its number of triples and the SHA-256 of its N-Quads."""

    triples: int
    sha256: str


def digest_amended(sha256: str, lines: Iterable[bytes]) -> str:
    """The digest of a graph to which lines were added, or from which they were taken: twice, and it is as it was.

    It needs no reading of the rest, which may be gigabytes. The order of the lines, and of changes, does not matter.

    >>> once = digest_amended("0" * 64, [b"a", b"b"])
    >>> once == digest_amended(digest_amended("0" * 64, [b"b"]), [b"a"]), digest_amended(once, [b"a", b"b"]) == "0" * 64
    (True, True)
    """
    number = int(sha256 or "0", 16)
    for line in lines:
        number ^= int(hashlib.sha256(line).hexdigest(), 16)
    return f"{number:064x}"


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
