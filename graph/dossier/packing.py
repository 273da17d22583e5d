"""A dossier as the bytes that an index keeps of it, and back."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import Any

from graph.dossier.record import (
    CreditRow,
    Dossier,
    FactRow,
    GenreRow,
    Parts,
    RatingRow,
    ReviewRow,
    RoleRow,
    SourceRow,
)

_KNOWN = len(fields(RoleRow)) - 1
"""What a role's row tells beside its sources."""
_LEVEL = 2
"""Of zlib: names and IRIs repeat themselves so much that more effort makes little difference."""


def pack(parts: Parts) -> bytes:
    """The parts of a dossier in few bytes, the same each time."""
    return zlib.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack(packed: bytes) -> Dossier:
    """The dossier of some bytes."""
    return opened(json.loads(zlib.decompress(packed)))


def _billed(row: list[Any]) -> list[Any]:
    """A role's row; the indexes of earlier versions knew no billing."""
    return row if len(row) == _KNOWN else [*row, None]


def opened(parts: Parts) -> Dossier:
    """The dossier that some parts make."""
    proved, sources, facts, roles, credits_, genres, ratings, reviews = parts
    return Dossier(
        proved,
        tuple([SourceRow(*row) for row in sources]),
        tuple([FactRow(*row) for row in facts]),
        tuple([RoleRow(*[*_billed(row), tuple(numbers)]) for *row, numbers in roles]),
        tuple([CreditRow(*[*row, tuple(numbers)]) for *row, numbers in credits_]),
        tuple([GenreRow(*row) for row in genres]),
        tuple([RatingRow(*row) for row in ratings]),
        tuple([ReviewRow(*row) for row in reviews]),
    )
