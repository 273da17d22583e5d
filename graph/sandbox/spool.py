"""Answers on their way: kept small ones in memory, large ones in an unnamed file, all of them bounded."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO

INLINE = 64_000
"""Up to this many bytes an answer stays in memory."""
PIECE = 1 << 16


class OverflowedError(Exception):
    """An answer passed its bound while it was written; ``limit`` is the bound's name."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Spool(io.RawIOBase):
    """Takes an answer piece by piece and stops it at its bounds."""

    def __init__(self, media_type: str, max_bytes: int, max_rows: int) -> None:
        super().__init__()
        self.size = 0
        self.file: IO[bytes] = io.BytesIO()
        self.max_bytes, self.max_rows = max_bytes, max_rows
        self.counter = _COUNTERS.get(media_type, RowCounter)()
        self.rows = -1 if media_type in _WITH_HEADER else 0

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # narrower: the engine gives bytes
        """Take a piece; raises ``OverflowedError`` where the answer is larger than allowed."""
        self.size += len(data)
        self.rows += self.counter.count(data)
        if self.size > self.max_bytes:
            raise OverflowedError("result_bytes")
        if self.rows > self.max_rows:
            raise OverflowedError("result_rows")
        if self.size > INLINE and isinstance(self.file, io.BytesIO):
            self._spill()
        self.file.write(data)
        return len(data)

    @property
    def descriptor(self) -> int | None:
        """The file's descriptor, at its start; None while the answer is in memory."""
        if isinstance(self.file, io.BytesIO):
            return None
        self.file.flush()
        os.lseek(self.file.fileno(), 0, os.SEEK_SET)
        return self.file.fileno()

    def read_all(self) -> bytes:
        """The answer, while it is in memory."""
        return self.file.getvalue() if isinstance(self.file, io.BytesIO) else b""

    def _spill(self) -> None:
        kept = self.read_all()
        self.file = tempfile.TemporaryFile(prefix="filmgraph-")  # noqa: SIM115  # closed with the spool
        self.file.write(kept)

    def close(self) -> None:
        """Forget the answer."""
        self.file.close()
        super().close()


class RowCounter:
    """Counts no rows; for formats without rows."""

    def count(self, data: bytes) -> int:
        """How many rows begin or end in this piece."""
        del data
        return 0


class _Pattern(RowCounter):
    """Counts a pattern of fixed length that stands once in every row, and never inside a value."""

    pattern = re.compile(rb"\n")
    length = 1

    def __init__(self) -> None:
        self.rest = b""
        """The end of the last piece, too short to hold the pattern."""

    def count(self, data: bytes) -> int:
        whole = self.rest + data
        self.rest = whole[max(len(whole) - self.length + 1, 0) :]
        return len(self.pattern.findall(whole))


class _Json(_Pattern):
    """A row begins with a brace and a quotation mark; inside a value the mark would be escaped, or end the value."""

    pattern = re.compile(rb'[\[,]\{"[^},]')
    length = 4


class _Xml(_Pattern):
    pattern = re.compile(rb"<result>")
    length = 8


class _Csv(RowCounter):
    """Line ends outside quotation marks; a doubled mark opens and closes again."""

    def __init__(self) -> None:
        self.quoted = 0

    def count(self, data: bytes) -> int:
        parts = data.split(b'"')
        found = sum(part.count(b"\n") for part in parts[self.quoted :: 2])
        self.quoted = (self.quoted + len(parts) - 1) % 2
        return found


_WITH_HEADER = frozenset({"text/csv", "text/tab-separated-values"})
"""Formats whose first line holds the variables."""
_COUNTERS: dict[str, type[RowCounter]] = {
    "application/sparql-results+json": _Json,
    "application/sparql-results+xml": _Xml,
    "text/csv": _Csv,
    "text/tab-separated-values": _Pattern,
}


@dataclass(slots=True)
class SpooledResult:
    """A complete answer: its size in bytes, its rows (0 where it has none), and how long the query took in seconds."""

    media_type: str
    size: int
    rows: int
    seconds: float
    file: IO[bytes]

    def read(self) -> bytes:
        """The whole answer, from its start."""
        self.file.seek(0)
        return self.file.read()

    def pieces(self) -> Iterator[bytes]:
        """The answer in pieces, from its start; closes it after the last."""
        self.file.seek(0)
        with self.file:
            while piece := self.file.read(PIECE):
                yield piece

    def close(self) -> None:
        """Give the file back."""
        self.file.close()

    def __enter__(self) -> SpooledResult:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
