"""What tells people of one name apart: a film that each of them acts in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from webapp.site import View


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One row of ``known-for``."""

    person: str
    films: int
    title: str


def known_for(view: View, people: Iterable[str]) -> dict[str, str]:
    """For each of some people, one film and how many more, such as ``in Salt and 3 more``; actors only.

    A film that they lead comes before others. People are given and told by IRI.
    """
    asked = [URIRef(iri) for iri in people]
    rows = query.rows(view.source, "known-for", KnownRow, person=asked) if asked else []
    return {row.person: f"in {row.title}{_more(row.films - 1)}" for row in rows}


def _more(films: int) -> str:
    return f" and {films:,} more" if films else ""
