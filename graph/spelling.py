"""What a query misspells, and what was probably meant: words of SPARQL, and terms of our own vocabulary.

To the engine a misspelt term of ours is a term like any other, which no triple has.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import islice

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
MEANT = {
    **dict.fromkeys(("movie", "movies", "films"), "Film"),
    **dict.fromkeys(("cast", "castmember", "actors", "star", "stars", "starring"), "actor"),
    **dict.fromkeys(("date", "releasedate", "releaseyear", "datepublished"), "year"),
    **dict.fromkeys(("duration", "length"), "runtime"),
    **dict.fromkeys(("plays", "portrays"), "played"),
    **dict.fromkeys(("appearsin", "starredin"), "actedIn"),
    "people": "Person",
    "role": "Role",
    "roles": "Role",
    "label": "name",
    "filmtitle": "title",
    "playedby": "performer",
    "directedby": "director",
    "score": "rating",
}
"""What others call our terms, or we in another form, in small letters; most are spelt unlike them, or like others."""
MOST = 20
"""Words that are compared with those of SPARQL; of a text that is none, not all are."""


def misspelt_term(query: str) -> str | None:
    """A sentence on the first term of ours that does not exist, with the nearest that does; None where all exist.

    >>> misspelt_term("SELECT * { ?role film:perfomer ?who }")
    'film:perfomer is no term of this vocabulary; did you mean film:performer?'
    >>> misspelt_term("SELECT * { ?film a film:Movie }")
    'film:Movie is no term of this vocabulary; did you mean film:Film?'
    """
    for name in _TERM.findall(query) if "film:" in query else ():
        if name not in _KNOWN:
            near = _meant(name)
            hint = f"did you mean film:{near}?" if near else "/ontology lists them"
            return f"film:{name} is no term of this vocabulary; {hint}"
    return None


def _meant(name: str) -> str | None:
    """The term of ours that this name is likely to stand for."""
    plain = name.lower().replace("_", "")
    meant = MEANT.get(plain) or MEANT.get(plain.removeprefix("has"))
    return meant or next(iter(get_close_matches(name, sorted(_KNOWN), n=1, cutoff=0.6)), None)


def misspelt_word(query: str) -> str | None:
    """The first word that is none of SPARQL but much like one, or a term of ours; None where there is none.

    >>> misspelt_word("SELECT * { ?s ?p 'FLITER' FLITER(?o > 1) }")
    'FLITER is no word of SPARQL; did you mean FILTER?'
    >>> misspelt_word("SELECT * { ?who name ?name }")
    'name stands alone; did you mean ?name or film:name?'
    """
    read = list(tokens(query))
    variables = {token for kind, token in read if kind == "variable"}
    strangers = (token for kind, token in read if kind == "word" and len(token) > 2 and token.upper() not in WORDS)
    for word in islice(strangers, MOST):
        meant = [f"?{word}"] * (f"?{word}" in variables) + [f"film:{word}"] * (word in _KNOWN)
        if meant:
            return f"{word} stands alone; did you mean {' or '.join(meant)}?"
        near = get_close_matches(word.upper(), sorted(WORDS), n=1, cutoff=0.7)
        if near:
            return f"{word} is no word of SPARQL; did you mean {near[0]}?"
    return None
