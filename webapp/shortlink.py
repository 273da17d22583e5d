"""Short links to queries: the whole query, packed, in the link itself.

Nothing is stored, so a link works for ever, on every replica and on a site that cannot write. A code is the number of
the dictionary, then base64url of a checksum and of the query as raw DEFLATE data with that dictionary. A dictionary
never changes; a better one gets a new number.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from functools import cache
from pathlib import Path

CURRENT = "1"
"""The dictionary of new links."""
LONGEST = 20_000
"""Bytes of a query."""
_BASE = "\x01"
"""Stands for the service's base IRI."""
_CHECK = 2
"""Bytes of the checksum."""


def make(text: str, base: str) -> str:
    """The code of a query; ``base`` is the service's base IRI, which takes no room.

    >>> make("SELECT ?who { ?who film:played ?whom }", "http://localhost:8000/")
    '1hreDMUA-rMbl0VoA'
    """
    plain = text.replace(_BASE, " ").replace(base, _BASE).encode("utf-8", "replace")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=_dictionary(CURRENT))
    packed = packer.compress(plain) + packer.flush()
    return CURRENT + base64.urlsafe_b64encode(_check(plain) + packed).decode().rstrip("=")


def read(code: str, base: str) -> str | None:
    """The query of a code; None where the code is damaged or the query too long.

    >>> read("1hreDMUA-rMbl0VoA", "http://localhost:8000/")
    'SELECT ?who { ?who film:played ?whom }'
    """
    number, letters = code[:1], code[1:]
    if number != CURRENT or not letters.isascii():
        return None
    try:
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(-15, zdict=_dictionary(number))
        plain = unpacker.decompress(packed[_CHECK:], LONGEST)
        if not unpacker.eof or unpacker.unused_data or _check(plain) != packed[:_CHECK]:
            return None
        return plain.decode().replace(_BASE, base)
    except (binascii.Error, zlib.error, ValueError):
        return None


def _check(plain: bytes) -> bytes:
    return zlib.crc32(plain).to_bytes(4, "big")[:_CHECK]


@cache
def _dictionary(number: str) -> bytes:
    """What is frequent in queries, the most frequent last."""
    return Path(__file__).with_name(f"shortlink-{number}.txt").read_bytes()
