"""Which known film a source means."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import URIRef

from graph.facts import Facts
from graph.resolve.known import Known, KnownFilm, Match, name_key, title_key

ENOUGH = 4
"""Where a source names at least so many people of a film whose cast is known at least so well, some must be shared."""


def find_film(facts: Facts, title: str, known: Known) -> tuple[KnownFilm, Match] | None:
    """The one film that is meant, and why; None where none or several could be."""
    year = facts.film.year.value if facts.film.year else None
    titles = [title, *([facts.film.original_title.value] if facts.film.original_title else [])]
    films = list({film.iri: film for name in titles for film in known.films.get(title_key(name), [])}.values())
    said = {name_key(role.actor) for role in facts.roles} | {name_key(credit.person) for credit in facts.credits}
    shared = {film.iri: len(said & known.cast.get(film.iri, {}).keys()) for film in films}
    same = [film for film in films if year is None or film.year == year]
    if len(same) == 1 and not _contradicts(same[0], said, shared[same[0].iri], known):
        why = "the same title and year" if year is not None else "the only film of this title"
        return _found(same[0], why, shared[same[0].iri], 0.97 if year is not None else 0.9)
    near = [film for film in films if film in same or (not same and _near(film.year, year))]
    return _by_people(near, shared)


def _by_people(films: Sequence[KnownFilm], shared: dict[URIRef, int]) -> tuple[KnownFilm, Match] | None:
    """The film that shares people with the source, if there is one that shares more than any other."""
    counts = sorted((shared[film.iri] for film in films), reverse=True)
    if not counts or not counts[0] or (len(counts) > 1 and counts[0] < counts[1] + 2 and counts[1]):
        return None
    film = next(film for film in films if shared[film.iri] == counts[0])
    return _found(film, "the same title and people", counts[0], 0.9)


def _found(film: KnownFilm, why: str, shared: int, confidence: float) -> tuple[KnownFilm, Match]:
    people = f", {shared} shared {'person' if shared == 1 else 'people'}" if shared else ""
    return film, Match(film.iri, why + people, min(0.99, round(confidence + 0.02 * shared, 2)))


def _contradicts(film: KnownFilm, said: set[str], shared: int, known: Known) -> bool:
    """Whether two well-known casts have nobody in common: another film of the same name and year."""
    return not shared and len(said) >= ENOUGH and len(known.cast.get(film.iri, {})) >= ENOUGH


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) == 1
