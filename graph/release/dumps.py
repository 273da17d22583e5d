"""The statements of a release: N-Quads with the graph of each source, their merge as Turtle; always the same bytes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from graph.release.sorting import sorted_lines
from graph.store import Snapshot, write_turtle
from graph.vocabulary import FILM

LEVEL = 6
_TEXT = f"> <{FILM.text}> "
"""What every statement holds that carries the whole text of a review, and hardly any other does."""


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """A file of gzip without name and time in its head, so that the same content gives the same bytes."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as stream:
        yield cast("IO[bytes]", stream)


def write_quads(snapshot: Snapshot, target: Path, allowed: frozenset[str], folder: Path) -> int:
    """Every statement but texts that may not be passed on, as sorted N-Quads; gives their number.

    ``allowed`` are the IRIs of the reviews whose whole texts are written.
    """
    raw, count = folder / "all.nq", 0
    snapshot.dump_to(raw)
    with packed(target) as out:
        for line in _without_texts(sorted_lines(raw, folder), allowed):
            out.write(line.encode() + b"\n")
            count += 1
    raw.unlink()
    return count


def write_merge(
    snapshot: Snapshot, target: Path, allowed: frozenset[str], prefixes: dict[str, str], folder: Path
) -> int:
    """The statements of all graphs, each once, as Turtle in the order of their subjects; gives their number."""
    raw, triples = folder / "all.nt", folder / "sorted.nt"
    snapshot.dump_triples(raw, ())
    count = 0
    with triples.open("wb") as out:
        for line in _without_texts(sorted_lines(raw, folder), allowed):
            out.write(line.encode() + b"\n")
            count += 1
    raw.unlink()
    with packed(target) as out:
        write_turtle(triples, out, prefixes)
    triples.unlink()
    return count


def _without_texts(lines: Iterator[str], allowed: frozenset[str]) -> Iterator[str]:
    for line in lines:
        if _TEXT in line and line.partition(" ")[0][1:-1] not in allowed and line.split(" ", 2)[1] == _TEXT[2:-1]:
            continue
        yield line


def sha256(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
