"""Word lists and patterns: the TOML files of ``rules/``, each read once and only when asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of ``rules/<name>.toml``."""
    return tomllib.loads((files("graph.extract") / "rules" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def listed(name: str, key: str) -> tuple[str, ...]:
    """A list of phrases that are separated by commas, in their order."""
    return tuple(" ".join(phrase.split()) for phrase in load(name)[key].split(",") if phrase.strip())


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One word list as a set: an array of strings, or a string of words separated by blanks."""
    found = load(name)[key]
    return frozenset(found.split() if isinstance(found, str) else found)
