"""From paths to documents: which files a folder gives, and the reader for each kind of file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import InputError
from graph.facts import Document
from graph.sources import json_lines, sheet, text
from graph.sources.recode import declared_encoding, recoded

MAX_BYTES = 10_000_000
"""The greatest size of one review: a file, or a line of a file that holds several."""

NAMED = 10
"""Skipped files of a folder that are named for each reason."""
STANDARD_INPUT = "-"


def _html(data: bytes, name: str) -> Document:
    from graph.sources import html  # trafilatura and extruct take half a second to import

    return html.read_html(data, name)


Reader = Callable[[bytes, str], Document]

READERS: dict[str, Reader] = {
    ".txt": text.read_text,
    ".md": text.read_markdown,
    ".markdown": text.read_markdown,
    ".html": _html,
    ".htm": _html,
}
"""From a file's suffix to the reader of the one review that it holds."""

SUFFIXES = (*READERS, ".json", ".jsonl", ".csv", ".tsv")
"""The kinds of files that are read; the last four may hold several reviews."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is no review, and why."""

    path: Path
    reason: str


def skipped_lines(folder: str, skipped: Iterable[Skipped]) -> Iterator[str]:
    """What to say of what was skipped in a folder: the first of each reason by name, the others by their number."""
    seen: Counter[str] = Counter()
    for each in skipped:
        seen[each.reason] += 1
        if seen[each.reason] <= NAMED:
            yield f"{each.path}: skipped: {each.reason}"
    yield from (f"{folder}: {n - NAMED:,} more skipped: each {reason}" for reason, n in seen.items() if n > NAMED)


def find_files(path: Path) -> Iterator[Path | Skipped]:
    """The files to read: the path itself, or all files below a folder in sorted order, without hidden ones."""
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(path, f"cannot be read: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from [Skipped(entry, "is a link to a folder")] if entry.is_symlink() else find_files(entry)
        elif entry.suffix.lower() in SUFFIXES:
            yield entry
        else:
            yield Skipped(entry, f"is not a review: a name ends in {', '.join(SUFFIXES)}")


def read(
    path: Path | str, stdin: BinaryIO | None = None, suffix: str = ".txt", encoding: str | None = None
) -> Iterator[Document | InputError]:
    """The documents of one file, or of standard input for ``-``, which is read as a file with ``suffix``.

    A name without a suffix is plain text. What is not UTF-8 and declares nothing is read in ``encoding``, if one is
    given. What cannot be read comes as an InputError that names the file (and the line or the place in a list); nothing
    is raised, so that the caller keeps what is good.
    """
    name = "standard input" if str(path) == STANDARD_INPUT else str(path)
    kind = suffix if str(path) == STANDARD_INPUT else Path(name).suffix.lower() or ".txt"
    try:
        with _open(str(path), kind, stdin) as stream:
            if kind == ".jsonl":
                yield from json_lines.read_json_lines(_lines(stream, name, encoding), name, MAX_BYTES)
            elif kind == ".json":
                yield from json_lines.read_json(recoded(_bytes(stream, name), encoding, name), name)
            elif kind in (".csv", ".tsv"):
                yield from sheet.read_sheet(_lines(stream, name, encoding), name)
            else:
                yield READERS[kind](_recoded(_bytes(stream, name), encoding, name, kind), name)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{name}: cannot be read: {error.strerror or error}")


def _open(name: str, kind: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    """The bytes behind a name; raises InputError for a kind of file that has no reader."""
    if kind not in SUFFIXES:
        raise InputError(f"{name}: is not a review: a name ends in {', '.join(SUFFIXES)}")
    if name == STANDARD_INPUT:
        return nullcontext(stdin if stdin is not None else sys.stdin.buffer)
    if Path(name).is_dir():
        raise InputError(f"{name}: is a folder, not a file")
    if Path(name).exists() and not Path(name).is_file():
        raise InputError(f"{name}: is a pipe or a device, not a file")
    return Path(name).open("rb")


def _bytes(stream: BinaryIO, name: str) -> bytes:
    """All bytes of one review; never more than the bound is read."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        several = "; put several reviews into a .jsonl file, one a line" if name.endswith(".json") else ""
        raise InputError(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB, the bound for one review{several}")
    return data


def _recoded(data: bytes, encoding: str | None, name: str, kind: str) -> bytes:
    """The bytes of one review in UTF-8; a page that declares its encoding is left as it is."""
    declared = kind in (".html", ".htm") and declared_encoding(data) not in (None, "utf-8", "utf8")
    return data if declared else recoded(data, encoding, name)


def _lines(stream: BinaryIO, name: str, encoding: str | None) -> Iterator[bytes]:
    """The lines of a stream, each cut off just after the bound, so that no line fills the memory."""
    while line := stream.readline(MAX_BYTES + 1):
        yield recoded(line, encoding, name)
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)
