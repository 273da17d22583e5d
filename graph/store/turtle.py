"""Turtle from sorted N-Triples: of any length in a stream, or short and for reading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, parse, serialize


def write_turtle(ntriples: Path, output: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the triples of a file of N-Triples as Turtle, in their order."""
    quads = parse(path=str(ntriples), format=RdfFormat.N_TRIPLES)
    serialize((quad.triple for quad in quads), output, RdfFormat.TURTLE, prefixes=dict(prefixes))


def readable_turtle(ntriples: bytes, prefixes: Mapping[str, str], base: str | None = None) -> bytes:
    """Triples as Turtle with those of the prefixes that occur in them; IRIs under ``base`` are relative to it."""
    used = {name: space for name, space in prefixes.items() if b"<" + space.encode() in ntriples}
    triples = (quad.triple for quad in parse(ntriples, format=RdfFormat.N_TRIPLES))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=used, base_iri=base) or b""
