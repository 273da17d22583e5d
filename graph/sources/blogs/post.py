"""A post on its way to a document: what every kind of export knows of it, and what its reader may add."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import InputError
from graph.facts import Document, Metadata
from graph.sources import text


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry of an export that becomes no document, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says of the posts: who wrote those that name nobody, their licence, and which to take.

    ``categories`` are names of categories or tags, one of which a post must have; empty takes all.
    """

    author: str | None = None
    outlet: str | None = None
    licence: str | None = None
    categories: tuple[str, ...] = ()

    def takes(self, categories: tuple[str, ...]) -> bool:
        """Whether a post under these categories is wanted; case makes no difference."""
        named = {name.casefold() for name in categories}
        return not self.categories or any(name.casefold() in named for name in self.categories)

    def added(self, metadata: Metadata) -> Metadata:
        """The metadata with what the user says where the post itself says nothing."""
        return replace(
            metadata,
            author=metadata.author or self.author,
            outlet=metadata.outlet or self.outlet,
            licence=metadata.licence or self.licence,
        )


Entry = Document | InputError | Skipped


def document(name: str, words: str, metadata: Metadata) -> Entry:
    """The document of a post; without words it is skipped, and with words that are no text it is an error."""
    if not words.strip():
        return Skipped(name, "has no text")
    try:
        return Document(name, text.checked(words, name), metadata)
    except InputError as error:
        return error


def opened(path: Path, limit: int) -> bytes:
    """All bytes of an export; raises InputError if it cannot be read, is empty, or holds more than ``limit`` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not data.strip():
        raise InputError(f"{path}: is empty")
    if len(data) > limit:
        raise InputError(f"{path}: is larger than {limit // 1_000_000} MB, the bound for such a file")
    return data
