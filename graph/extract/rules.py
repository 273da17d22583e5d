"""Word lists and patterns: the TOML files beside this module, each read once and only when asked for."""

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
def words(name: str, key: str) -> frozenset[str]:
    """One word list, as a set."""
    return frozenset(load(name)[key])
