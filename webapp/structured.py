"""Pages as schema.org JSON-LD, for search engines: what the page says and no more, no invented totals."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from webapp.pages import CastLine, CharacterPage, FilmPage, FilmRef, ListPage, PersonPage, Rating, Ref, ReviewPage

Node = dict[str, Any]
LONGEST = 100
"""Roles of one film that are told; the rest is in its JSON-LD file."""


def script(node: Node | None) -> Markup | None:
    """A node as the content of a script element; ``<`` is escaped, so that no text can end the element."""
    if node is None:
        return None
    text = json.dumps({"@context": "https://schema.org", **_known(node)}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  # escaped just here


def film(page: FilmPage) -> Node:
    """A film as a Movie with its actors, directors and genres."""
    return {
        "@type": "Movie",
        "@id": page.iri,
        "url": page.iri,
        "name": page.title,
        "alternateName": [said.value for said in page.original_titles if said.value != page.title],
        "datePublished": str(page.year) if page.year else None,
        "description": page.description,
        "genre": [genre.label for genre in page.genres],
        "countryOfOrigin": [{"@type": "Country", "name": said.value} for said in page.countries],
        "director": [_person(person) for person in page.directors],
        "actor": [_role(line) for line in page.cast[:LONGEST]],
        "review": [
            _known(
                {
                    "@type": "Review",
                    "@id": review.iri,
                    "name": review.label,
                    "author": {"@type": "Person", "name": review.reviewer} if review.reviewer else None,
                    "datePublished": review.published,
                }
            )
            for review in page.reviews
        ],
        "aggregateRating": next((_aggregate(rating) for rating in page.ratings if rating.count), None),
    }


def person(page: PersonPage) -> Node:
    """A person with the films they worked on."""
    parts = [part for year in (*page.roles, *page.credits) for part in year.parts]
    films = {part.film.iri: part.film for part in parts}
    return {
        "@type": "Person",
        "@id": page.iri,
        "url": page.iri,
        "name": page.name,
        "alternateName": list(page.other_names),
        "jobTitle": list(page.jobs),
        "performerIn": [_film(each) for each in list(films.values())[:LONGEST]],
    }


def character(page: CharacterPage) -> Node:
    """A character as a fictional person."""
    return {"@type": "Person", "@id": page.iri, "url": page.iri, "name": page.name, "subjectOf": _film(page.film)}


def review(page: ReviewPage) -> Node:
    """A review of its film."""
    return {
        "@type": "Review",
        "@id": page.iri,
        "url": page.iri,
        "name": page.label,
        "author": {"@type": "Person", "name": page.reviewer} if page.reviewer else None,
        "publisher": {"@type": "Organization", "name": page.outlet} if page.outlet else None,
        "datePublished": page.published,
        "itemReviewed": _film(page.film) if page.film else None,
        "sameAs": page.url,
        "license": page.licence,
    }


def listing(page: ListPage) -> Node:
    """A list of links."""
    entries = [
        {"@type": "ListItem", "position": place, "url": entry.iri, "name": entry.label}
        for place, entry in enumerate(page.entries, start=1)
    ]
    return {"@type": "ItemList", "name": page.title, "numberOfItems": page.total, "itemListElement": entries}


def website(base: str) -> Node:
    """The site, and how to search it."""
    find = {"@type": "EntryPoint", "urlTemplate": base + "search?q={search_term_string}"}
    action = {"@type": "SearchAction", "target": find, "query-input": "required name=search_term_string"}
    return {"@type": "WebSite", "@id": base, "url": base, "name": "filmgraph", "potentialAction": action}


def _person(ref: Ref) -> Node:
    return {"@type": "Person", "@id": ref.iri, "name": ref.label}


def _film(ref: FilmRef) -> Node:
    year = str(ref.year) if ref.year else None
    return _known({"@type": "Movie", "@id": ref.iri, "name": ref.label, "datePublished": year})


def _role(line: CastLine) -> Node:
    return _known(
        {"@type": "PerformanceRole", "@id": line.iri, "actor": _person(line.person), "characterName": line.whom}
    )


def _aggregate(rating: Rating) -> Node:
    """What readers gave, as a source counted it."""
    return {
        "@type": "AggregateRating",
        "ratingValue": rating.value,
        "bestRating": rating.best,
        "ratingCount": rating.count,
    }


def _known(node: Node) -> Node:
    """The node without anything that is not known."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}
