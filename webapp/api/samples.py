"""Resources of the loaded graph by which the interface is shown: each example is an address that answers."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from rdflib import URIRef

from graph import query
from webapp import shortlink
from webapp.fill import lists
from webapp.fill.films import film_page
from webapp.fill.reviews import review_page
from webapp.links import SAFE
from webapp.pages import FilmPage, ReviewPage, Source
from webapp.site import View

SHORT = "SELECT ?who { ?who film:played ?whom } LIMIT 3"


def samples(view: View) -> Mapping[str, str]:
    """Addresses and pieces of addresses by name, so far as the graph has such a thing."""
    reviews, films = lists.reviews(view).entries[:1], lists.films(view).entries[:1]
    review = review_page(view, URIRef(reviews[0].iri)) if reviews else None
    chosen = review.film.iri if review and review.film else films[0].iri if films else None
    film = film_page(view, URIRef(chosen)) if chosen else None
    datasets = query.rows(view.source, "list-sources", Source, limit=1)
    found = {
        **(_of_film(film) if film else {}),
        "review": review.iri if review else None,
        "dataset": datasets[0].iri if datasets else None,
        "graph": view.iris.graph(datasets[0].iri.rsplit("/", 1)[-1]) if datasets else None,
    }
    named = {name: _place(view, iri) for name, iri in found.items() if iri}
    people = [line.person.iri for line in film.cast] if film else []
    ends = dict(zip(("person_id", "other_id"), (_end(iri) for iri in dict.fromkeys(people)), strict=False))
    years = {"year": f"{film.year:04}", "decade": f"{film.year // 10 * 10:04}"} if film and film.year else {}
    code = {"film_id": named["film"].strip("/")} if "film" in named else {}
    code |= {"short": shortlink.make(SHORT, view.iris.base), **({"film_iri": film.iri} if film else {})}
    return {**named, **ends, **years, **code, **(_byline(review) if review else {})}


def _of_film(film: FilmPage) -> dict[str, str | None]:
    roles = [line for line in film.cast if line.character] or list(film.cast)
    credit = next((credit.iri for line in film.jobs for credit in line.credits), None)
    proofs = [proof.evidence for line in film.cast for proof in line.proofs]
    return {
        "film": film.iri,
        "person": roles[0].person.iri if roles else None,
        "character": roles[0].character.iri if roles and roles[0].character else None,
        "role": roles[0].iri if roles else None,
        "credit": credit,
        "genre": film.genres[0].iri if film.genres else None,
        "evidence": proofs[0] if proofs else None,
    }


def _byline(review: ReviewPage) -> dict[str, str]:
    for facet, name in (("outlet", review.outlet), ("reviewer", review.reviewer)):
        if name:
            return {"byline": f"/{facet}/{quote(name, safe=SAFE)}"}
    return {}


def _place(view: View, iri: str) -> str:
    return "/" + quote(view.iris.path(iri) or "", safe=SAFE)


def _end(iri: str) -> str:
    return quote(iri.rsplit("/", 1)[-1], safe="")
