"""How to ask the same with less work: told to those whose query was stopped."""

from __future__ import annotations

import re
from itertools import islice

MOST = 5
"""Variables of a GROUP BY that are looked at."""
_GROUPED = re.compile(r"\bGROUP\s+BY\s+(?P<variables>(?:[?$]\w+\s*)+)", re.IGNORECASE)
_LOOKED_INTO = re.compile(r"\b(?:REGEX|CONTAINS|STRSTARTS|STRENDS|LCASE|UCASE)\s*\(", re.IGNORECASE)
_LAST = (
    "count by the thing itself and ask for its {term} last: SELECT ?{name} ?n { { SELECT ?thing (COUNT(*) AS ?n) "
    "{ … } GROUP BY ?thing ORDER BY DESC(?n) LIMIT 20 } ?thing film:{term} ?{name} }"
)
_SEARCHED = (
    "a filter on a part of a text looks at every text; /search finds names by their parts, "
    'and one that is written in full is found at once: ?thing film:name "Ann Bell"'
)


def quicker(query: str) -> str | None:
    """A sentence on what makes a query slow, and what to write; None where nothing is known.

    >>> quicker('SELECT ?who { ?who film:name ?name FILTER(REGEX(?name, "bell", "i")) }')[:44]
    'a filter on a part of a text looks at every '
    >>> quicker("SELECT ?film { ?film film:title ?title }") is None
    True
    """
    return _grouped_by_text(query) or (_SEARCHED if _LOOKED_INTO.search(query) else None)


def _grouped_by_text(query: str) -> str | None:
    """Groups of a name: all things must be named before the first of them is counted."""
    found = _GROUPED.search(query)
    for variable in islice(found["variables"].replace("$", "?").split("?")[1:], MOST) if found else ():
        name = variable.strip()
        term = re.search(rf"film:(name|title)\s+[?$]{name}\b", query)
        if term:
            return _LAST.replace("{term}", term[1]).replace("{name}", name)
    return None
