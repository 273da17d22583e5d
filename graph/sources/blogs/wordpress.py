"""WordPress's export (WXR, "Tools, Export"): RSS with every post, its author, its date and its state.

Format: the elements that WordPress itself writes, in any version of the name space ``wordpress.org/export``. The file
is read twice in a stream, first to see that it is whole; memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.facts import Metadata
from graph.sources.blogs.fragment import words_of
from graph.sources.blogs.post import Entry, Skipped, Wanted, document

_NAMESPACE = "http://wordpress.org/export/"
_NO_DATE = "0000-00-00"


def read_wordpress(path: Path, wanted: Wanted) -> Iterator[Entry]:
    """The published posts of an export; pages, drafts and posts under a password are skipped.

    Raises InputError, before the first post is given, for a file that is no such export or is not whole.
    """
    check(path)
    site: dict[str, str] = {}
    authors: dict[str, str] = {}
    for element in _elements(path):
        kind = _name(element)
        if kind == "author":
            told = _fields(element)
            authors[told.get("author_login", "")] = told.get("author_display_name") or told.get("author_login", "")
        elif kind == "item":
            yield _entry(path, element, authors, site.get("title"), wanted)
        elif _name(element.getparent()) == "channel":
            site[kind] = (element.text or "").strip()
        _forget(element)


def check(path: Path) -> None:
    """Read the whole file; raises InputError, with the line, where it is broken off or is no WordPress export."""
    found = False
    for element in _elements(path):
        found = found or str(element.tag).startswith("{" + _NAMESPACE) or _is_export(element)
        _forget(element)
    if not found:
        raise InputError(
            f"{path}: is no WordPress export; expected the file that Tools, Export, All content gives "
            "(a feed is read by `filmgraph import feed`)"
        )


def _is_export(element: Any) -> bool:
    return _name(element) == "item" and element.find("{*}post_type") is not None


def _elements(path: Path) -> Iterator[Any]:
    from lxml import etree  # slow to import

    tags = ("{*}author", "{*}title", "{*}wxr_version", "item")
    try:
        yield from (
            element
            for _, element in etree.iterparse(
                str(path), events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
            )
            if _name(element) == "item" or _name(element.getparent()) != "item"
        )
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}:{error.lineno}: is not well-formed XML: {error.msg}; export it again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _name(element: Any) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _forget(element: Any) -> None:
    """Let go of what was read, and of what stood before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _fields(element: Any) -> dict[str, str]:
    """The text of each child by its local name; ``content`` and ``excerpt`` are called ``encoded`` in the file."""
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            name = "content" if child.tag.endswith("/content/}encoded") else _name(child)
            found.setdefault(name, (child.text or "").strip())
    return found


def _entry(path: Path, item: Any, authors: dict[str, str], outlet: str | None, wanted: Wanted) -> Entry:
    told = _fields(item)
    name = f"{path}: post {told.get('post_id') or '?'} ({told.get('title') or 'untitled'})"
    filed = tuple((each.text or "").strip() for each in item.iterfind("category"))
    reason = _why_not(told, filed, wanted)
    if reason:
        return Skipped(name, reason)
    metadata = Metadata(
        headline=told.get("title") or None,
        author=authors.get(told.get("creator", "")) or told.get("creator") or None,
        outlet=outlet or None,
        published=_date(told),
        url=told.get("link") or None,
    )
    return document(name, words_of(told.get("content", "")), wanted.added(metadata))


def _why_not(told: dict[str, str], filed: tuple[str, ...], wanted: Wanted) -> str | None:
    if told.get("post_type", "post") != "post":
        return f"is no post but of the kind {told['post_type']}"
    if told.get("status", "publish") != "publish":
        return f"is not published ({told['status']})"
    if told.get("post_password"):
        return "is under a password"
    return None if wanted.takes(filed) else "is in none of the categories that were asked for"


def _date(told: dict[str, str]) -> str | None:
    """The day of publication; a post that WordPress never dated has none."""
    day = (told.get("post_date") or "")[:10]
    if day and day != _NO_DATE:
        return day
    try:
        return parsedate_to_datetime(told.get("pubDate", "")).date().isoformat()
    except ValueError:
        return None
