"""Files as they come, packed by gzip or not: opened by what they are, and read in lines that have an end."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from graph.errors import InputError

LONGEST = 16_000_000
"""Bytes or letters of one line, or of one text, that are read; a longer one is no data but a mistake or an attack."""
_MAGIC = b"\x1f\x8b"


def open_file(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked if it is packed.

    Raises InputError where it cannot be opened, is empty, or is packed and not named so, or the other way round.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
        check_head(path, head)
        return cast("IO[bytes]", gzip.open(path)) if head == _MAGIC else path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def check_head(path: Path, head: bytes) -> None:
    """Refuse a file whose first bytes do not fit its name."""
    named = path.name.endswith(".gz")
    if not head:
        raise InputError(f"{path}: is empty")
    if named and not head.startswith(_MAGIC):
        raise InputError(f"{path}: is not packed by gzip, though its name ends in .gz; rename it, or get it again")
    if not named and head.startswith(_MAGIC):
        raise InputError(f"{path}: is packed by gzip; give it a name that ends in .gz")


def lines(file: IO[str], path: Path) -> Iterator[str]:
    """The lines of a text.

    Raises InputError, with the line's number, for one that is too long and for one that holds a NUL.
    """
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise InputError(f"{path}:{number}: a line of more than {LONGEST:,} letters; this is no such file")
        if "\0" in line:
            raise InputError(f"{path}:{number}: holds a NUL character, so this is no text file; get it again")
        yield line
