"""The names that things, types and properties have in reconciliation: the ends of their IRIs."""

from __future__ import annotations

import re

from graph.vocabulary import FILM
from webapp.site import site

SCHEMA = str(FILM.Film).removesuffix("Film")
"""What the ids of types and properties are short for: the ontology."""
NAMES = {"film": "Film", "person": "Person", "character": "Character", "review": "Review", "genre": "Genre"}
"""The types by the kinds of things."""
_WHOLE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def id_of(iri: str) -> str:
    """The id of a thing: its path on this site, or the whole IRI of what is named elsewhere."""
    return site().iris.path(iri) or iri


def iri_of(name: str) -> str:
    """The IRI of a thing by its id."""
    return name if _WHOLE.match(name) else site().iris.base + name.lstrip("/")


def type_of(kind: str) -> dict[str, str]:
    """A type, as candidates and lists name it."""
    return {"id": NAMES[kind], "name": NAMES[kind]}
