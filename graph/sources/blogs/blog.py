"""What a blog's own settings say of it: its name, address and author, and how it makes a post's address."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from graph.errors import InputError

_JEKYLL = ("_config.yml", "_config.yaml")
_HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml")
_FAR_UP = 4
"""So many folders above the posts the settings may stand."""

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}
"""Jekyll's names for patterns of addresses."""


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog as its settings describe it; ``root`` is the folder that holds them, None where there are none."""

    root: Path | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    pattern: str | None = None
    """Jekyll's pattern of addresses; a Hugo blog has none."""

    def address(self, path: Path, record: Mapping[str, Any], day: str | None) -> str | None:
        """Where a post is published; None where neither it nor the settings say so."""
        said = next((record[key] for key in ("canonical_url", "permalink", "url") if _is_text(record.get(key))), None)
        if said and said.startswith(("http://", "https://")):
            return str(said)
        if not self.url or self.root is None:
            return None
        place = said if said and ":" not in said else self._place(path, record, day)
        return urljoin(self.url.rstrip("/") + "/", place.lstrip("/")) if place else None

    def _place(self, path: Path, record: Mapping[str, Any], day: str | None) -> str | None:
        slug = record.get("slug") if _is_text(record.get("slug")) else None
        if self.pattern is not None:
            return _jekyll_place(self.pattern, slug or re.sub(r"^\d{4}-\d{2}-\d{2}-", "", path.stem), record, day)
        return _hugo_place(path, self.root, slug)


def _jekyll_place(pattern: str, slug: str, record: Mapping[str, Any], day: str | None) -> str | None:
    year, month, date = [*(day or "")[:10].split("-"), "", "", ""][:3]
    filed = record.get("categories") or record.get("category") or []
    names = filed.split() if isinstance(filed, str) else filed if isinstance(filed, list) else []
    words = {
        "categories": "/".join(str(name).lower().replace(" ", "-") for name in names),
        "year": year, "month": month, "day": date, "title": slug, "slug": slug,
    }  # fmt: skip
    place = re.sub(r":([a-z_]+)", lambda match: words.get(match[1], ":"), pattern)
    if ":" in place or ("-" not in (day or "") and ":year" in pattern):
        return None
    return re.sub(r"/{2,}", "/", place)


def _hugo_place(path: Path, root: Path | None, slug: str | None) -> str | None:
    content = (root or path) / "content"
    if not path.is_relative_to(content):
        return None
    parts = path.relative_to(content).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "index" else parts
    ends = (*parts[:-1], slug) if slug and parts else parts
    return "/".join(part.lower().replace(" ", "-") for part in ends) + "/"


def read_blog(folder: Path) -> Blog:
    """The settings nearest to a folder of posts; raises InputError where they are no YAML or TOML."""
    here = folder.resolve()
    for root in (here, *here.parents[:_FAR_UP]):
        for name in _JEKYLL + _HUGO:
            if (root / name).is_file():
                return _blog(root, _loaded(root / name), jekyll=name in _JEKYLL)
        if (root / ".git").exists():
            break
    return Blog()


def _loaded(path: Path) -> dict[str, Any]:
    try:
        source = path.read_text(encoding="utf-8")
        told = tomllib.loads(source) if path.suffix == ".toml" else yaml.safe_load(source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        raise InputError(f"{path}: the blog's settings cannot be read: {error}") from error
    return {str(key).lower(): value for key, value in told.items()} if isinstance(told, dict) else {}


def _blog(root: Path, told: Mapping[str, Any], *, jekyll: bool) -> Blog:
    params = told.get("params")
    inner = {str(key).lower(): value for key, value in params.items()} if isinstance(params, dict) else {}
    author = told.get("author") or inner.get("author")
    author = author.get("name") if isinstance(author, dict) else author
    url = told.get("url") or told.get("baseurl")
    address = f"{url}{told.get('baseurl') or ''}" if jekyll and told.get("url") else url
    pattern = told.get("permalink") if _is_text(told.get("permalink")) else "date"
    return Blog(
        root,
        _text(told.get("title")),
        address if _is_text(address) and str(address).startswith(("http://", "https://")) else None,
        _text(author),
        _text(told.get("license") or told.get("licence") or inner.get("license") or inner.get("licence")),
        _STYLES.get(str(pattern), str(pattern)) if jekyll else None,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(value: object) -> str | None:
    return " ".join(value.split()) if isinstance(value, str) and value.strip() else None
