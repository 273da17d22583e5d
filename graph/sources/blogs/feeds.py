"""RSS and Atom files, of any version that feedparser knows; nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from time import strftime
from typing import Any

from graph.errors import InputError
from graph.facts import Metadata
from graph.sources.blogs.fragment import words_of
from graph.sources.blogs.post import Entry, Skipped, Wanted, document, opened

LARGEST = 50_000_000
"""Bytes of a feed; a larger one is refused."""

_SHORTEST = 400
"""A summary with fewer letters is a teaser of the review, not the review."""


def read_feed(path: Path, wanted: Wanted) -> Iterator[Entry]:
    """The entries of a feed with author, date, address and rights; those with only a teaser are skipped.

    Raises InputError, before the first is given, for what is no feed, or is broken off.
    """
    import feedparser  # slow to import

    data = opened(path, LARGEST)
    if b"<!ENTITY" in data:
        raise InputError(f"{path}: defines entities (<!ENTITY), which no feed needs; take them out")
    found = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=True)
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        line = getattr(found.bozo_exception, "getLineNumber", lambda: None)()
        at = f"{path}:{line}" if line else str(path)
        raise InputError(f"{at}: is no well-formed feed: {_complaint(found.bozo_exception)}; get it again")
    if not found.version:
        raise InputError(f"{path}: is no feed; expected RSS or Atom")
    for number, entry in enumerate(found.entries, start=1):
        yield _entry(f"{path}: entry {number} ({entry.get('title') or 'untitled'})", entry, found.feed, wanted)


def _complaint(error: Exception) -> str:
    said = getattr(error, "getMessage", lambda: None)()
    return str(said or error)


def _entry(name: str, entry: Any, feed: Any, wanted: Wanted) -> Entry:
    if not wanted.takes(tuple(tag.term or "" for tag in entry.get("tags", ()))):
        return Skipped(name, "is in none of the categories that were asked for")
    words = _words(entry)
    if words is None:
        return Skipped(name, "holds only a teaser; import the page itself, or the blog's export")
    published = entry.get("published_parsed") or entry.get("updated_parsed")
    metadata = Metadata(
        headline=words_of(entry.get("title", "")) or None,
        author=entry.get("author_detail", {}).get("name") or entry.get("author") or feed.get("author") or None,
        outlet=words_of(feed.get("title", "")) or None,
        published=strftime("%Y-%m-%d", published) if published else None,
        url=entry.get("link") or None,
        licence=entry.get("license") or entry.get("rights") or feed.get("license") or feed.get("rights") or None,
    )
    return document(name, words, wanted.added(metadata))


def _words(entry: Any) -> str | None:
    """The text of the longest content; a short summary without any is a teaser."""
    whole = [words_of(each.value) for each in entry.get("content", ()) if each.get("value")]
    if any(whole):
        return max(whole, key=len)
    summary = words_of(entry.get("summary", ""))
    return summary if len(summary) >= _SHORTEST else None
