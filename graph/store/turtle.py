"""Turtle of any length, from sorted N-Triples, in a stream."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, parse, serialize


def write_turtle(ntriples: Path, output: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the triples of a file of N-Triples as Turtle, in their order."""
    quads = parse(path=str(ntriples), format=RdfFormat.N_TRIPLES)
    serialize((quad.triple for quad in quads), output, RdfFormat.TURTLE, prefixes=dict(prefixes))
