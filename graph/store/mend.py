"""Repairs, on the way out, what the engine writes that is not well-formed."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Protocol

from graph.errors import QueryError

_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What no XML 1.0 document may hold: most control characters, U+FFFE and U+FFFF."""
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()
_NO_NAME = re.compile(rb"<[\w.-]+:[ />]")
"""An element without a local name: the engine's way to write a property that RDF/XML has no name for."""


class Output(Protocol):
    """Where an answer goes: a file, or anything else that takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take a piece."""
        ...


class Sink(Output, Protocol):
    """What the engine writes into."""

    def flush(self) -> None:
        """Pass on what is held back."""
        ...

    def close(self) -> None:
        """Pass on the rest; the output below stays open."""
        ...


class _Plain:
    """Hands everything through."""

    def __init__(self, output: Output) -> None:
        self.output = output

    def write(self, data: bytes, /) -> int:
        self.output.write(data)
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class _Xml(_Plain):
    """Replaces characters that XML forbids by U+FFFD; the last tag waits, so that nothing is cut in two."""

    longest = 1 << 16

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self.rest = b""

    def write(self, data: bytes, /) -> int:
        whole = self.rest + bytes(data)
        cut = whole.rfind(b"<") if len(whole) < self.longest else len(whole) - 4
        while cut > 0 and whole[cut] & 0xC0 == 0x80:
            cut -= 1
        cut = max(cut, 0)
        self.output.write(self.repaired(whole[:cut]))
        self.rest = whole[cut:]
        return len(data)

    def close(self) -> None:
        self.output.write(self.repaired(self.rest))
        self.rest = b""

    def repaired(self, data: bytes) -> bytes:
        return _FORBIDDEN.sub(_REPLACEMENT, data)


class _RdfXml(_Xml):
    """Refuses, besides, a property whose IRI does not end in an XML name."""

    def repaired(self, data: bytes) -> bytes:
        if _NO_NAME.search(data):
            raise QueryError("a property in this answer has no name that RDF/XML can write; ask for text/turtle")
        return super().repaired(data)


_SINKS = {"application/sparql-results+xml": _Xml, "application/rdf+xml": _RdfXml}


def mended(media_type: str, output: Output) -> Sink:
    """A sink that writes to the output what the engine meant."""
    return _SINKS.get(media_type, _Plain)(output)


def mended_bytes(media_type: str, data: bytes) -> bytes:
    """The same for an answer that is in memory already."""
    output = BytesIO()
    sink = mended(media_type, output)
    sink.write(data)
    sink.close()
    return output.getvalue()
