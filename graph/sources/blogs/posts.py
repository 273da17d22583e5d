"""A folder of posts, as Jekyll and Hugo keep them: front matter, names with dates, drafts, the site's own settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.sources import fields, markdown, text
from graph.sources.blogs.blog import Blog, read_blog
from graph.sources.blogs.fragment import without_templates, words_of
from graph.sources.blogs.post import Entry, Skipped, Wanted, document, opened
from graph.sources.read import MAX_BYTES

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm")
_NO_POSTS = {"node_modules", "public", "themes", "layouts", "archetypes", "vendor", "resources", "static", "assets"}
_DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")


def read_posts(folder: Path, wanted: Wanted) -> Iterator[Entry]:
    """The published posts below a folder, by path; drafts and pages without front matter are skipped.

    Raises InputError for a folder that cannot be read, that holds no post, or whose settings are no YAML or TOML.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: is no folder; expected a blog's folder of posts")
    blog, found = read_blog(folder), False
    for path in _files(folder):
        found = True
        yield _entry(path, blog, wanted)
    if not found:
        raise InputError(f"{folder}: holds no posts; their names end in {', '.join(_MARKDOWN + _HTML)}")


def _files(folder: Path) -> Iterator[Path]:
    """What may be a post, in sorted order; the folders of a site's theme and of what it builds are left out."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror or error}") from error
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink() and not _is_aside(entry.name):
                yield from _files(entry)
        elif entry.suffix.lower() in _MARKDOWN + _HTML and not entry.name.startswith("."):
            yield entry


def _is_aside(name: str) -> bool:
    return name.startswith(".") or name in _NO_POSTS or (name.startswith("_") and name != "_posts")


def _entry(path: Path, blog: Blog, wanted: Wanted) -> Entry:
    try:
        source = text.decode(opened(path, MAX_BYTES), str(path))
        record, body = text.front_matter(source, str(path))
    except InputError as error:
        return error
    reason = _why_not(path, record, wanted)
    if record is None or reason:
        return Skipped(str(path), reason or "has no front matter, so it is no post")
    return _post(path, record, without_templates(body), blog, wanted)


def _post(path: Path, record: Mapping[str, Any], body: str, blog: Blog, wanted: Wanted) -> Entry:
    told = fields.from_front_matter(record)
    metadata = replace(
        told,
        author=told.author or blog.author,
        outlet=told.outlet or blog.title,
        published=told.published or day_of(path),
        url=blog.address(path, record, told.published or day_of(path)),
        licence=told.licence or blog.licence,
    )
    if path.suffix.lower() in _HTML:
        return document(str(path), words_of(body), wanted.added(metadata))
    return document(str(path), markdown.plain(body), wanted.added(metadata))


def _why_not(path: Path, record: Mapping[str, Any] | None, wanted: Wanted) -> str | None:
    if record is None:
        return "has no front matter, so it is no post"
    if path.stem == "_index":
        return "is a list of posts, not a post"
    if record.get("draft") is True or record.get("published") is False:
        return "is a draft"
    return None if wanted.takes(categories(record)) else "is in none of the categories that were asked for"


def categories(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The names under which a post is filed: its categories and tags, each a list, or words in one text."""
    found: list[str] = []
    for key in ("categories", "category", "tags", "tag"):
        value = record.get(key)
        if isinstance(value, str):
            found += [value, *re.split(r"[,\s]+", value)]
        elif isinstance(value, list):
            found += [item for item in value if isinstance(item, str)]
    return tuple(found)


def day_of(path: Path) -> str | None:
    """The date with which Jekyll's file names begin.

    >>> day_of(Path("_posts/2019-04-11-the-last-house.md"))
    '2019-04-11'
    """
    match = _DATED.match(path.name)
    return match["day"] if match else None
