"""Films by their title and year in one text, as pages and the command line write them: ``Casablanca (1942)``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from graph.sidecar.fold import fold

_YEAR = re.compile(r"[12][0-9]{3}")
LOOKED_AT = 10_000
"""Names that hold the words of a title, those of which most is said, of which the year is looked at."""


def dated(ask: Callable[..., list[Any]], text: str, limit: int) -> list[Any]:
    """The films that are called by all words but the last, where that is their year; those of the very title first."""
    title, _, year = fold(text).rpartition(" ")
    if not title or not _YEAR.fullmatch(year):
        return []
    whole = ask(_WHOLE, title, year, limit)
    return whole + ask(_PART, f'"{title}"', year, limit, LOOKED_AT)


_WHOLE = """
  SELECT iri, kind, label, detail, weight, folded FROM named
  WHERE folded = ?1 AND kind = 'film' AND instr(detail, ?2) ORDER BY id LIMIT ?3
"""
_PART = """
  SELECT iri, kind, label, detail, weight, named.folded
  FROM (SELECT rowid FROM name_word WHERE name_word MATCH ?1 ORDER BY rowid LIMIT ?4) AS word
  JOIN named ON named.id = word.rowid
  WHERE kind = 'film' AND instr(detail, ?2) ORDER BY word.rowid LIMIT ?3
"""
