"""Names of characters as datasets write them: remarks in brackets, people who appear as themselves, empty names."""

from __future__ import annotations

import re

_REMARK = re.compile(
    r"\s*[(\[](?:as |also as |credited as |(?:[\w-]+ ){0,3}(?:voice|uncredited|unbilled|archive footage|archive sound|"
    r"credit only|scenes deleted|segment|cameo|rumored|attached|singing voice|motion capture|voice over)\b)[^()\[\]]*"
    r"[)\]]\s*$",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:him|her|them|it|one)?sel(?:f|ves)\b", re.IGNORECASE)
_NOTHING = frozenset({"", "n/a", "none", "null", "unknown", "tba", "-", "?", "(uncredited)", "\\n"})


def read_character(name: str) -> tuple[str | None, str | None]:
    """The character's name, or the description of a part without one; both None where nothing is said.

    >>> read_character("Woody (voice)"), read_character("Self - Host"), read_character(" ")
    (('Woody', None), (None, 'Self - Host'), (None, None))
    >>> read_character("Dr. Strangelove (as P. Sellers) (uncredited)")
    ('Dr. Strangelove', None)
    """
    bare, before = " ".join(name.split()), None
    while bare != before:
        before, bare = bare, _REMARK.sub("", bare)
    if bare.casefold() in _NOTHING or not re.search(r"\w", bare):
        return None, None
    return (None, bare) if _SELF.match(bare) else (bare, None)
