"""A snapshot's list of its files with the size and digests of each, by which damage is found before it is read.

The engine trusts the last bytes of its files: a flipped bit there can make it ask for all the memory there is, and the
process dies without a word. So nothing opens a store before ``check``: sizes and ends of files always, everything
where the store is small.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError

NAME = "files.tsv"
"""A snapshot's list of its files: path, bytes, SHA-256 of all, SHA-256 of the end."""
BUILT_UPON = 1_000_000_000
"""Up to so many bytes, a store is read whole before a writer builds on it: half a second."""
END = 4096
"""Bytes at the end of a file that are looked at each time: there the engine finds where everything else is."""
SMALL = 100_000_000
"""Up to so many bytes, a store is read whole before it is opened: a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: its size in bytes, the SHA-256 of its content and of its last ``END`` bytes."""

    size: int
    sha256: str
    end: str


Seen = dict[tuple[int, int], str]
"""The digest of each file that was read, by device and inode: snapshots share files."""


def write(folder: Path, earlier: Iterable[Path] = ()) -> str:
    """List the files of a snapshot; gives the SHA-256 of the list.

    A file that is one with that of an ``earlier`` snapshot (a hard link) keeps the digest it has there, and is not
    read: what it should be is what it was when it was written.
    """
    known = [(before, _read(before)) for before in earlier if (before / NAME).is_file()]
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    names = [path.relative_to(folder).as_posix() for path in paths]
    with ThreadPoolExecutor(2) as pool:  # hashing lets go of the interpreter's lock
        entries = pool.map(lambda path, name: _inherited(path, name, known) or _measured(path), paths, names)
        lines = [f"{name}\t{e.size}\t{e.sha256}\t{e.end}\n" for name, e in zip(names, entries, strict=True)]
    text = "".join(lines).encode()
    (folder / NAME).write_bytes(text)
    return hashlib.sha256(text).hexdigest()


def check(folder: Path, *, to_build: bool = False) -> None:
    """Look at a snapshot's store before it is opened; raises ``StoreError`` that names the first file that is damaged.

    ``to_build`` looks more closely, since a writer copies what it finds. A snapshot without a list, made by an earlier
    version, passes.
    """
    if not (folder / NAME).is_file():
        return
    entries = {name: entry for name, entry in _read(folder).items() if name != "sidecar.sqlite"}
    whole = sum(entry.size for entry in entries.values()) <= (BUILT_UPON if to_build else SMALL)
    found = next(iter(_faults(folder, entries, {}, whole=whole)), None)
    if found is not None:
        raise StoreError(f"the snapshot in {folder} is damaged: {found}")


def faults(folder: Path, seen: Seen) -> list[str]:
    """What is wrong with the files of a snapshot, one sentence a file, after reading all of them.

    ``seen`` is filled, and spares reading a file twice that snapshots share.
    """
    try:
        entries = _read(folder)
    except StoreError as error:
        return [str(error)]
    strangers = {path.relative_to(folder).as_posix() for path in (folder / "store").iterdir()} - entries.keys()
    found = [f"{name} does not belong to it" for name in sorted(strangers)]
    return found + list(_faults(folder, entries, seen, whole=True))


def common(folder: Path, other: Path) -> frozenset[str]:
    """The files that two snapshots list with the same digest."""
    if not (has_list(folder) and has_list(other)):
        return frozenset()
    theirs = _read(other)
    return frozenset(name for name, entry in _read(folder).items() if theirs.get(name) == entry)


def intact(path: Path) -> bool | None:
    """Whether a file of a snapshot's folder is as it was published; None where there is no list to tell."""
    entry = _read(path.parent).get(path.name) if has_list(path.parent) else None
    return None if entry is None else not _fault(path, entry, {}, whole=True)


def has_list(folder: Path) -> bool:
    """Whether a snapshot was published with a list of its files."""
    return (folder / NAME).is_file()


def list_digest(folder: Path) -> str:
    """The SHA-256 of the list; empty where there is none."""
    return _digest(folder / NAME) if has_list(folder) else ""


def total(folder: Path) -> tuple[int, int]:
    """How many files a snapshot has, and how many bytes."""
    entries = _read(folder)
    return len(entries), sum(entry.size for entry in entries.values())


def _faults(folder: Path, entries: Mapping[str, FileEntry], seen: Seen, *, whole: bool) -> Iterable[str]:
    for name, entry in entries.items():
        try:
            problem = _fault(folder / name, entry, seen, whole=whole)
        except FileNotFoundError:
            problem = "is missing"
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
        if problem:
            yield f"{name} {problem}"


def _fault(path: Path, entry: FileEntry, seen: Seen, *, whole: bool) -> str:
    stat = path.stat()
    if stat.st_size != entry.size:
        return f"has {stat.st_size:,} bytes, {entry.size:,} were published"
    if not whole:
        return "" if _end(path, entry.size) == entry.end else "is not as it was published"
    key = (stat.st_dev, stat.st_ino)
    if key not in seen:
        seen[key] = _digest(path)
    return "" if seen[key] == entry.sha256 else "is not as it was published"


def _inherited(path: Path, name: str, known: Iterable[tuple[Path, Mapping[str, FileEntry]]]) -> FileEntry | None:
    for before, entries in known:
        entry = entries.get(name)
        if entry is not None and (before / name).exists() and path.samefile(before / name):
            return entry
    return None


def _measured(path: Path) -> FileEntry:
    size = path.stat().st_size
    return FileEntry(size, _digest(path), _end(path, size))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _end(path: Path, size: int) -> str:
    with path.open("rb") as file:
        file.seek(max(size - END, 0), os.SEEK_SET)
        return hashlib.sha256(file.read(END)).hexdigest()


def _read(folder: Path) -> dict[str, FileEntry]:
    entries = {}
    try:
        for line in (folder / NAME).read_text(encoding="utf-8").splitlines():
            name, size, sha256, end = line.split("\t")
            entries[name] = FileEntry(int(size), sha256, end)
    except (OSError, ValueError) as error:
        raise StoreError(f"the snapshot in {folder} is damaged: its {NAME} cannot be read ({error})") from error
    return entries
