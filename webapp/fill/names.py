"""The names of resources in an answer, and how well roles among them are proved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from webapp.site import View

MOST = 400
"""IRIs whose names are looked up for one answer."""
_NEVER = set(' <>"{}|\\^`')


@dataclass(frozen=True, slots=True)
class Name:
    """What a resource is called, and how many passages prove it if it is a role."""

    label: str
    proofs: int


def names(view: View, iris: Iterable[str]) -> dict[str, Name]:
    """The names of resources, so far as they have one; of IRIs that no query can hold nothing is known."""
    wanted = [URIRef(iri) for iri in dict.fromkeys(iris) if iri and not set(iri) & _NEVER and min(iri) > " "][:MOST]
    if not wanted:
        return {}
    rows = view.source.select(query.fill("labels", thing=wanted)).rows
    return {
        str(iri): Name(str(label), int(proofs or 0) if roles else 0)
        for iri, label, proofs, roles in rows
        if iri and label is not None
    }
