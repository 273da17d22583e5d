"""A set of slots as bits, packed for the file: whole lists are narrowed and counted by a few operations on numbers."""

from __future__ import annotations

import zlib


def pack(bits: int) -> bytes:
    """The bits as they are kept."""
    return zlib.compress(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), 1)


def unpack(packed: bytes) -> int:
    """The bits that were kept.

    >>> unpack(pack(0b1011)), unpack(pack(0))
    (11, 0)
    """
    return int.from_bytes(zlib.decompress(packed), "little")


def first(bits: int, start: int, count: int) -> list[int]:
    """The first slots from a start on, so many at most.

    >>> first(0b101101, 1, 2)
    [2, 3]
    """
    found: list[int] = []
    rest, place = bits >> start, start
    while rest and len(found) < count:
        step = (rest & -rest).bit_length()
        found.append(place + step - 1)
        rest, place = rest >> step, place + step
    return found
