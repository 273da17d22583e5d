"""The ways from one film to others, from the search index where there is one, else from the store."""

from __future__ import annotations

from rdflib import Literal, URIRef

from graph import query
from graph.dossier import Dossier
from graph.sidecar import Company, Other
from webapp.site import View


def by_directors(view: View, film: URIRef, known: Dossier) -> list[Other]:
    """Other films of the film's directors."""
    directors = [(row.name, row.person) for row in known.credits if row.job == "director"]
    if view.sidecar and view.sidecar.tells_of_films:
        return view.sidecar.by_directors(film, directors)
    return query.rows(view.source, "film-same-director", Other, film=film) if directors else []


def with_cast(view: View, film: URIRef, known: Dossier) -> list[Company]:
    """Other films in which much of the cast meets again."""
    if view.sidecar and view.sidecar.tells_of_films:
        actors = [*(row.person for row in known.roles), *(row.person for row in known.credits if row.job == "actor")]
        return view.sidecar.with_cast(film, actors)
    return query.rows(view.source, "film-same-cast", Company, film=film)


def with_names(view: View, film: URIRef, known: Dossier) -> list[Other]:
    """Other films with a character of the same name as one of this film's roles has."""
    names = sorted({row.whom for row in known.roles if row.character and row.whom})
    if view.sidecar and view.sidecar.tells_of_films:
        return view.sidecar.with_names(film, names)
    literals = [Literal(name) for name in names]
    return query.rows(view.source, "characters-elsewhere", Other, film=film, name=literals) if names else []
