"""What those who begin with SPARQL write in place of it, and what to write.

Only tokens are looked at, in the order in which they stand; no grammar is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from graph.spelling import WORDS, misspelt_term, misspelt_word
from graph.store import MalformedQueryError
from graph.store.messages import GENERAL
from graph.store.syntax import tokens

Token = tuple[str, str]
"""Kind and text; words of SPARQL in capitals."""

_AGGREGATES = frozenset(["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"])
_AFTER = ("GROUP", "HAVING", "ORDER", "LIMIT")
"""What may stand behind the patterns, in this order; OFFSET goes where LIMIT does."""
_TERMS = frozenset(["variable", "iri", "prefixed", "string", "number"])
_FOLDERS = frozenset(["film", "person", "character", "role", "review", "genre"])
_COMPUTED = "what is computed stands in brackets in SELECT, with a name: SELECT (COUNT(?x) AS ?count)"
SHOWN = 5
"""Variables that are repeated to who wrote them."""
LONGEST = 60
"""Characters of a token that are."""
LOOKALIKES = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—−", "-"),
    "？": "?",
    "\xa0": "a blank",
}
"""Signs that word processors and web pages put in the place of others."""


def hint(error: MalformedQueryError, query: str) -> str:
    """What to try with a query that cannot be read; empty where nothing is known."""
    near = (lookalike(query, error.line, error.column), mistake(query), misspelt_term(query))
    found = list(filter(None, near))
    return "; ".join(found if found and error.hint in GENERAL else dict.fromkeys(filter(None, (*found, error.hint))))


def lookalike(query: str, line: int | None, column: int | None) -> str | None:
    """A sentence on a sign at a place, from 1, that only looks like one of SPARQL; None where it is another.

    >>> lookalike("ASK { ?who film:name “Kevin” }", 1, 22)
    '“ only looks like "; type that in its place'
    """
    lines = query.split("\n")
    found = lines[line - 1][column - 1 : column] if line and column and line <= len(lines) else ""
    return f"{found} only looks like {LOOKALIKES[found]}; type that in its place" if found in LOOKALIKES else None


def mistake(query: str) -> str | None:
    """A sentence on the first thing that SPARQL says in another way; None where nothing is known.

    >>> mistake("SELECT ?film, ?title { ?film film:title ?title }")
    'in SELECT variables stand side by side, without commas: SELECT ?film ?title'
    """
    read = list(_read(query))
    looks = (_selected, _equality, _braces, _filter, _address, _order)
    return _first(looks, read) or misspelt_word(query) or _first((_word, _statements), read)


def _first(looks: Iterable[Callable[[Sequence[Token]], str | None]], read: Sequence[Token]) -> str | None:
    return next((said for look in looks if (said := look(read))), None)


def _read(query: str) -> Iterator[Token]:
    for kind, sign in tokens(query):
        upper = sign.upper()
        yield (kind, upper) if kind == "word" and upper in WORDS else (kind, sign[:LONGEST])


def _selected(read: Sequence[Token]) -> str | None:
    """Commas, bare words and nameless figures between SELECT and the patterns."""
    depth, named, variables = 0, False, [sign for kind, sign in _head(read) if kind == "variable"]
    for kind, sign in _head(read):
        if depth == 0 and sign == ",":
            return f"in SELECT variables stand side by side, without commas: SELECT {' '.join(variables[:SHOWN])}"
        if depth == 0 and kind == "word" and sign in _AGGREGATES:
            return _COMPUTED
        if depth == 0 and kind == "word" and _strange(sign):
            return f"{sign} stands alone; a variable begins with a question mark: ?{sign}"
        named = sign == "AS" or (named and depth > 0)
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0 and not named:
            return _COMPUTED
    return None


def _strange(word: str) -> bool:
    """Whether this is no word of SPARQL, nor a slip of the pen in one that may stand behind SELECT."""
    return word not in WORDS and not get_close_matches(word.upper(), ["DISTINCT", "REDUCED"], n=1, cutoff=0.7)


def _head(read: Sequence[Token]) -> Iterator[Token]:
    """The tokens between the first SELECT and its patterns."""
    start = next((place for place, (_, sign) in enumerate(read) if sign == "SELECT"), len(read))
    for kind, sign in read[start + 1 :]:
        if sign in ("{", "WHERE", "FROM"):
            return
        if sign not in ("DISTINCT", "REDUCED"):
            yield kind, sign


def _equality(read: Sequence[Token]) -> str | None:
    twice = any(one[1] == other[1] == "=" for one, other in pairwise(read))
    return "equal is one sign: FILTER(?x = ?y)" if twice else None


def _braces(read: Sequence[Token]) -> str | None:
    """Patterns that stand in no braces."""
    started = any(sign in ("SELECT", "ASK") for _, sign in read)
    bare = any(one[1] == "WHERE" and other[1] != "{" for one, other in pairwise(read))
    if started and (bare or all(sign != "{" for _, sign in read)):
        return "the patterns stand in braces: WHERE { ?film film:title ?title }"
    return None


def _filter(read: Sequence[Token]) -> str | None:
    bare = any(one[1] == "FILTER" and other[0] in _TERMS for one, other in pairwise(read))
    return 'a filter has its condition in brackets: FILTER(?title = "Skyfall")' if bare else None


def _address(read: Sequence[Token]) -> str | None:
    for one, other in pairwise(read):
        if one[0] == "word" and one[1] in _FOLDERS and other[1] == "/":
            return f"an address stands in pointed brackets: <{one[1]}/…>"
    return None


def _word(read: Sequence[Token]) -> str | None:
    """A word among the patterns that is none of SPARQL."""
    start = next((place for place, (_, sign) in enumerate(read) if sign == "{"), len(read))
    for kind, sign in read[start:]:
        if kind == "word" and sign not in WORDS:
            return f'{sign} stands alone; a text has quotation marks, "{sign}", a variable begins with ?, ?{sign}'
    return None


def _order(read: Sequence[Token]) -> str | None:
    """What stands behind the patterns, in another order than the one there is."""
    end = max((place for place, (_, sign) in enumerate(read) if sign == "}"), default=len(read))
    found = [_AFTER.index(sign) for kind, sign in read[end:] if kind == "word" and sign in _AFTER]
    if found == sorted(found):
        return None
    return "behind the patterns come GROUP BY, HAVING, ORDER BY and LIMIT, in this order"


@dataclass(slots=True)
class _Place:
    """Where one is among statements: the terms since the last sign, how many there may be, and what is left out."""

    room: int = 3
    terms: int = 0
    plain: bool = True
    """Whether there were terms alone, no paths, conditions or words of SPARQL."""
    braces: int = 0
    brackets: int = 0
    listed: bool = False
    """Whether this is a list of VALUES."""

    def after(self, sign: str) -> None:
        """Go on behind a sign between statements."""
        self.room, self.terms, self.plain = _ROOM[sign], 0, True
        self.braces += (sign == "{") - (sign == "}")
        self.listed &= sign != "}"

    def skip(self, sign: str) -> None:
        """Pass what is no plain term."""
        self.brackets += (sign in "([") - (sign in ")]")
        self.listed |= sign == "VALUES"
        self.plain = False


_ROOM = {".": 3, ";": 2, ",": 1, "{": 3, "}": 3}
"""How many terms may follow a sign until the next one."""


def _statements(read: Sequence[Token]) -> str | None:
    """Missing dots, and commas in the place of semicolons."""
    at = _Place()
    for kind, sign in read:
        if sign in _ROOM and at.brackets <= 0:
            at.after(sign)
        elif kind in _TERMS or sign == "A":
            at.terms += at.brackets <= 0
            if at.plain and at.braces > 0 and not at.listed and at.terms > at.room:
                return _too_many(at.room, sign)
        else:
            at.skip(sign)
    return None


def _too_many(room: int, sign: str) -> str:
    if room == 1:
        return "a comma leads to another value of the same property; to another property leads a semicolon"
    return f"a statement has three parts: thing, property, value; a dot may be missing before {sign}"
