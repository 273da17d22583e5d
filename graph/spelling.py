"""What a query misspells, and what was probably meant: words of SPARQL, and terms of our own vocabulary.

To the engine a misspelt term of ours is a term like any other, which no triple has.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from graph.store import MalformedQueryError
from graph.store.syntax import tokens
from graph.vocabulary import CLASSES, PROPERTIES

_TERM = re.compile(r"(?<![\w:])film:([A-Za-z]\w*)")
_KNOWN = frozenset({*CLASSES, *PROPERTIES})
WORDS = frozenset(
    """
    A ABS ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY
    DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS
    IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE LIMIT MAX MD5 MIN MINUS MINUTES
    MONTH NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS
    SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG
    STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES WHERE YEAR
    """.split()  # noqa: SIM905  # a word a line would be four times as long
)
"""Every word of SPARQL."""
LOOKALIKES = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—−", "-"),
    "？": "?",
    "\xa0": "a blank",
}
"""Signs that word processors and web pages put in the place of others."""


def misspelt_term(query: str) -> str | None:
    """A sentence on the first term of ours that does not exist, with the nearest that does; None where all exist.

    >>> misspelt_term("SELECT * { ?role film:perfomer ?who }")
    'film:perfomer is no term of this vocabulary; did you mean film:performer?'
    """
    for name in _TERM.findall(query) if "film:" in query else ():
        if name not in _KNOWN:
            near = get_close_matches(name, sorted(_KNOWN), n=1, cutoff=0.6)
            hint = f"did you mean film:{near[0]}?" if near else "/ontology lists them"
            return f"film:{name} is no term of this vocabulary; {hint}"
    return None


def misspelt_word(query: str) -> str | None:
    """The first word that is none of SPARQL but much like one, or a term of ours; None where there is none.

    >>> misspelt_word("SELECT * { ?s ?p 'FLITER' FLITER(?o > 1) }")
    'FLITER is no word of SPARQL; did you mean FILTER?'
    >>> misspelt_word("SELECT * { ?who name ?name }")
    'name stands alone; did you mean film:name?'
    """
    for kind, token in tokens(query):
        if kind == "word" and len(token) > 2 and token.upper() not in WORDS:
            if token in _KNOWN:
                return f"{token} stands alone; did you mean film:{token}?"
            near = get_close_matches(token.upper(), sorted(WORDS), n=1, cutoff=0.7)
            if near:
                return f"{token} is no word of SPARQL; did you mean {near[0]}?"
    return None


def lookalike(query: str, line: int | None, column: int | None) -> str | None:
    """A sentence on a sign at a place, from 1, that only looks like one of SPARQL; None where it is another.

    >>> lookalike("ASK { ?who film:name “Kevin” }", 1, 22)
    '“ only looks like "; type that in its place'
    """
    lines = query.split("\n")
    found = lines[line - 1][column - 1 : column] if line and column and line <= len(lines) else ""
    return f"{found} only looks like {LOOKALIKES[found]}; type that in its place" if found in LOOKALIKES else None


def hint(error: MalformedQueryError, query: str) -> str:
    """What to try with a query that cannot be read; empty where nothing is known."""
    near = (lookalike(query, error.line, error.column), misspelt_word(query), misspelt_term(query))
    return "; ".join(dict.fromkeys(filter(None, (*near, error.hint))))
