"""Addresses that are nearly those of the vocabularies in use: to the engine they are other ones, which nothing has."""

from __future__ import annotations

import re

from graph.vocabulary import CLASSES, PROPERTIES

_RIGHT = {"w3id.org/filmgraph": ("film", "https://w3id.org/filmgraph#"), "schema.org": ("schema", "http://schema.org/")}
"""By what they have in common with those that are nearly the same: the prefix, and the address that it stands for."""
_NEARLY = re.compile(
    rf"<(?P<address>https?://(?:www\.)?(?P<of>{'|'.join(map(re.escape, _RIGHT))})(?![\w.-])[#/]?)(?P<term>\w*)>"
)
_IN_BRACKETS = re.compile(r"<(?P<name>(?:film|schema):\w+)>")
_OURS = frozenset({*CLASSES, *PROPERTIES, ""})


def mistaken(query: str) -> str | None:
    """A sentence on the first address that is nearly one of a vocabulary; None where there is none.

    >>> mistaken("PREFIX schema: <https://schema.org/> ASK { ?s schema:name ?n }")
    'schema: is <http://schema.org/> here, not <https://schema.org/>; it needs no PREFIX'
    >>> mistaken("ASK { ?film a <film:Film> }")
    '<film:Film> is an address as it stands; a name with a prefix has no brackets: film:Film'
    """
    for found in _NEARLY.finditer(query):
        prefix, right = _RIGHT[found["of"]]
        if found["address"] != right and (prefix != "film" or found["term"] in _OURS):
            return f"{prefix}: is <{right}> here, not <{found['address']}>; it needs no PREFIX"
    if (bracketed := _IN_BRACKETS.search(query)) is not None:
        name = bracketed["name"]
        return f"<{name}> is an address as it stands; a name with a prefix has no brackets: {name}"
    return None
