"""What is said beside an answer: terms of ours that there are not, and values that nothing of ours can have.

To the engine these are no errors; it finds nothing.
"""

from __future__ import annotations

import re
from itertools import islice

from graph.namespaces import mistaken
from graph.spelling import misspelt_term

NAMED = {
    **dict.fromkeys(("director", "actor", "performer", "person", "workedWith", "played", "character", "genre"), "name"),
    **dict.fromkeys(("actedIn", "inFilm", "reviewOf"), "title"),
}
"""Properties that lead to things, never to texts, and what tells the name of such a thing."""

MOST = 5
"""Years of a query that are looked at."""
_TEXT = r"""(?P<mark>["'])(?P<text>[^"'\n]{1,99})(?P=mark)"""
_AS_VALUE = re.compile(rf"film:(?P<term>{'|'.join(NAMED)})\s+{_TEXT}")
_AS_THING = re.compile(rf"[{{.]\s*+{_TEXT}(?:@[\w-]+)?\s+film:")
_IN_LANGUAGE = re.compile(rf"(?P<term>film:(?:name|title))\s+{_TEXT}@")
_YEAR = re.compile(r"""film:year\s+(?:["']?(?P<year>\d{4})\b(?!["']\^)|\?(?P<name>\w+))""")


def remark(query: str) -> str | None:
    """A sentence on why a query can find nothing, and what to write; None where nothing is known against it.

    >>> remark('SELECT * { ?film film:director "Agnes Varda" }')
    'film:director leads to a thing, not to a text; ask for its name: film:director/film:name "Agnes Varda"'
    >>> remark("SELECT * { ?film film:year 1942 }")
    'film:year has years, not numbers or texts: "1942"^^xsd:gYear'
    """
    if ("filmgraph" in query or "schema" in query or "<film:" in query) and (said := mistaken(query)):
        return said
    if "film:" not in query:
        return None
    quoted = '"' in query or "'" in query  # looked for first: this is asked of every query that is served
    return (
        misspelt_term(query)
        or (_text_for_thing(query) if quoted else None)
        or (_no_language(query) if '"@' in query or "'@" in query else None)
        or (_no_year(query) if "film:year" in query else None)
    )


def _text_for_thing(query: str) -> str | None:
    if (found := _AS_VALUE.search(query)) is not None:
        term, text = found["term"], found["text"]
        return f'film:{term} leads to a thing, not to a text; ask for its name: film:{term}/film:{NAMED[term]} "{text}"'
    if (found := _AS_THING.search(query)) is not None:
        text = found["text"]
        return f'a statement cannot begin with a text; ask for what is called so: ?thing film:name "{text}"'
    return None


def _no_language(query: str) -> str | None:
    found = _IN_LANGUAGE.search(query)
    return found and f'{found["term"]} has texts without a language: {found["term"]} "{found["text"]}"'


def _no_year(query: str) -> str | None:
    for found in islice(_YEAR.finditer(query), MOST):
        year = found["year"] or _compared(query, found["name"])
        if year:
            return f'film:year has years, not numbers or texts: "{year}"^^xsd:gYear'
    return None


def _compared(query: str, name: str) -> str | None:
    """The number, or text, with which a variable is compared."""
    found = re.search(rf"""\?{name}\s*(?:[<>]=?|!?=)\s*["']?(?P<year>\d{{4}})\b(?!["']\^)""", query)
    return found["year"] if found else None
