"""A web page: its main text, and apart from it the facts that the page's markup gives.

The parser stops at 256 nested elements, so that no page can exhaust the stack; ``MAX_ELEMENTS`` bounds the work.
Nothing is fetched: neither stylesheets nor the contexts that JSON-LD names.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from graph.errors import InputError
from graph.facts import Document, Metadata
from graph.sources import page_marks, schema_org, text
from graph.sources.recode import declared_encoding

MAX_ELEMENTS = 60_000
"""A page with more elements than this is refused."""

SHORTEST_TEXT = 80
"""A page whose main text has fewer characters is taken to have none."""

LONGEST_CELL = 400
"""Characters of a table's cell; what is longer is an article that the table only arranges."""

_PARAGRAPH = re.compile(r"\n(?![-|\n])")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_html(data: bytes, name: str) -> Document:
    """The main text of a page with its metadata; raises InputError if there is no text to be found."""
    source = _decode(data, name)
    tree = _parse(source, name)
    body = _main_text(tree, name)
    return Document(name, body, _metadata(source, tree))


def _decode(data: bytes, name: str) -> str:
    """The page's characters, in the encoding that it declares, else in UTF-8."""
    encoding = declared_encoding(data) or "utf-8"
    if (
        encoding in ("utf-8", "utf8")
        or encoding.startswith("utf-16")
        or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    ):
        return text.decode(data, name)
    try:
        return text.checked(data.decode(encoding), name)
    except (LookupError, UnicodeError) as error:
        raise InputError(
            f"{name}: declares the encoding {encoding} but is not in it; save the page again as UTF-8"
        ) from error


def _parse(source: str, name: str) -> Any:
    from lxml import etree, html  # comes with trafilatura, and is as slow to import

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"{name}: is not HTML") from error
    if sum(1 for _ in zip(range(MAX_ELEMENTS + 1), tree.iter(), strict=False)) > MAX_ELEMENTS:
        raise InputError(f"{name}: has more than {MAX_ELEMENTS:,} elements; save the review's part of the page only")
    return tree


def _main_text(tree: Any, name: str) -> str:
    """The text of the article, without menus, comments and advertisements."""
    import trafilatura

    found = trafilatura.extract(
        _without_frames(copy.deepcopy(tree)),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    if found is None or len(found.strip()) < SHORTEST_TEXT:
        raise InputError(f"{name}: has no main text (a page of links, or one that only a script fills)")
    return text.checked(_PARAGRAPH.sub("\n\n", found), name)


def _is_frame(table: Any) -> bool:
    """Whether a table holds an article: a long cell, and headings, paragraphs or tables within."""
    inner = any(each is not table for each in table.iter("p", "h1", "h2", "h3", "table"))
    return inner and any(len(cell.text_content()) > LONGEST_CELL for cell in table.iter("td"))


def _without_frames(tree: Any) -> Any:
    """The page with tables that only arrange it, as old pages have them, as plain parts; tables of facts stay."""
    frames = [table for table in tree.iter("table") if _is_frame(table)]
    cells = [part for frame in frames for part in frame.iter("td", "th", "tr", "tbody")]
    for part in [*frames, *cells]:
        part.tag = "div"
    return tree


def _metadata(source: str, tree: Any) -> Metadata:
    """What JSON-LD, microdata and RDFa say, in this order of trust; then meta elements and class names."""
    import extruct

    nodes = [_nodes(lambda: extruct.JsonLdExtractor().extract_items(tree))]
    if "itemscope" in source:
        nodes.append(_nodes(lambda: extruct.MicrodataExtractor().extract_items(tree, base_url="")))
    if "typeof" in source:
        nodes.append(_nodes(lambda: extruct.RDFaExtractor().extract(source)))
    return _filled([*map(schema_org.read_nodes, nodes), _of_meta(tree), page_marks.read_marks(tree)])


def _nodes(find: Callable[[], Iterable[object]]) -> list[schema_org.Node]:
    """What an extractor finds; malformed or too deeply nested markup gives nothing, for the text matters more."""
    try:
        return schema_org.nodes_of(find())
    except (ValueError, RecursionError):
        return []


def _filled(found: list[Metadata]) -> Metadata:
    """The first known value of each field."""
    result = found[0]
    for other in found[1:]:
        missing = {name: getattr(other, name) for name in Metadata.__slots__ if not getattr(result, name)}
        result = replace(result, **missing)
    return result


def _of_meta(tree: Any) -> Metadata:
    """What ``title``, ``meta`` and ``link`` elements say."""
    metas = {
        (meta.get("property") or meta.get("name") or "").lower(): " ".join(meta.get("content", "").split())
        for meta in tree.iterfind(".//meta")
    }
    published = metas.get("article:published_time") or metas.get("date") or ""
    canonical = [link.get("href", "") for link in tree.iterfind(".//link") if link.get("rel") == "canonical"]
    title = tree.findtext(".//title") or ""
    return Metadata(
        headline=metas.get("og:title") or " ".join(title.split()) or None,
        author=_person(metas.get("author") or metas.get("article:author") or ""),
        outlet=metas.get("og:site_name") or None,
        published=match[0] if (match := _ISO_DATE.match(published)) else None,
        url=next(iter(canonical), None) or metas.get("og:url") or None,
        language=tree.get("lang") or None,
    )


def _person(author: str) -> str | None:
    return author if author and not author.startswith(("http://", "https://", "@")) else None
