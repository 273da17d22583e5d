"""The page of releases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file to download: its path in the release, what it holds, its size in bytes, its SHA-256 and its address."""

    path: str
    title: str
    size: int
    sha256: str
    href: str


@dataclass(frozen=True, slots=True)
class Dump:
    """A frozen snapshot: its number, when it was published (ISO 8601), and its files."""

    number: int
    published: str
    files: tuple[DumpFile, ...]


@dataclass(frozen=True, slots=True)
class DumpsPage:
    """The releases, the newest first."""

    dumps: tuple[Dump, ...]
