"""Which known film a source means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph.facts import Facts, Film
from graph.resolve.decisions import Match
from graph.resolve.known import NAMED, Known, KnownFilm, name_key, title_key

ENOUGH = 4
"""Where a source names at least so many people of a film whose cast is known at least so well, some must be shared."""
LISTED = 5
"""How many films that may be meant are listed."""


@dataclass(frozen=True, slots=True)
class FoundFilm:
    """The film that is meant, and why; or None and the films that may be meant, each with what speaks against it."""

    film: KnownFilm | None = None
    match: Match | None = None
    maybe: tuple[tuple[KnownFilm, str], ...] = ()


def find_film(facts: Facts, known: Known, own: KnownFilm | None = None) -> FoundFilm:
    """The one film that is meant; none where none or several could be.

    ``own`` is the film that these facts made when they were stored: only one of a better rank may take its place.
    """
    year = facts.film.year.value if facts.film.year else None
    films = _candidates(facts, known, own)
    said = {name_key(role.actor) for role in facts.roles} | {name_key(credit.person) for credit in facts.credits}
    shared = {film.iri: len(said & known.cast.get(film.iri, {}).keys()) for film in films}
    same = [film for film in films if year is None or film.year == year]
    near = [film for film in films if film in same or (not same and may_be_of(film, year))]
    if len(same) == 1 and not _contradicts(same[0], said, shared[same[0].iri], known):
        why = "the same title and year" if year is not None else "the only film of this title"
        found = _found(same[0], why, shared[same[0].iri], 0.97 if year is not None else 0.9)
    else:
        found = _by_people(near, shared)
    worst = NAMED if own is None else own.rank
    if found.film is None or (own is not None and found.film.rank >= worst):
        return FoundFilm(maybe=tuple(_maybe([film for film in near if film.rank < worst], year, shared)))
    return found


def titled(film: Film, known: Known) -> list[KnownFilm]:
    """The known films that bear one of these titles."""
    titles = [film.title, film.original_title, *film.other_titles]
    return [other for title in titles if title is not None for other in known.films.get(title_key(title.value), [])]


def _candidates(facts: Facts, known: Known, own: KnownFilm | None) -> list[KnownFilm]:
    """The films of these titles; of several of one year those that are told best, since they may well be one."""
    films = {film.iri: film for film in titled(facts.film, known) if own is None or film.iri != own.iri}
    best: dict[int | None, int] = {}
    for film in films.values():
        best[film.year] = min(film.rank, best.get(film.year, film.rank))
    surest = min(best.values(), default=0)
    return [
        film
        for film in films.values()
        if film.rank == best[film.year] and (film.year is not None or film.rank == surest)
    ]


def _by_people(films: Sequence[KnownFilm], shared: dict[URIRef, int]) -> FoundFilm:
    """The film that shares people with the source, if there is one that shares more than any other."""
    counts = sorted((shared[film.iri] for film in films), reverse=True)
    if not counts or not counts[0] or (len(counts) > 1 and counts[0] < counts[1] + 2 and counts[1]):
        return FoundFilm()
    film = next(film for film in films if shared[film.iri] == counts[0])
    return _found(film, "the same title and people", counts[0], 0.9)


def _found(film: KnownFilm, why: str, shared: int, confidence: float) -> FoundFilm:
    people = f", {shared} shared {'person' if shared == 1 else 'people'}" if shared else ""
    return FoundFilm(film, Match(film.iri, why + people, min(0.99, round(confidence + 0.02 * shared, 2))))


def _maybe(films: Sequence[KnownFilm], year: int | None, shared: dict[URIRef, int]) -> Iterable[tuple[KnownFilm, str]]:
    """Why it is not sure that each of these films is meant."""
    several = f"one of {len(films)} films of this title" if len(films) > 1 else ""
    for film in sorted(films, key=lambda film: (-shared[film.iri], film.iri))[:LISTED]:
        if year is not None and film.year == year:
            told = "the same title and year, but nobody in common"
        elif year is None or film.year is None:
            told = "the same title, but a year is not known"
        else:
            told = "the same title and a year apart, but nobody in common"
        yield film, several or told


def _contradicts(film: KnownFilm, said: set[str], shared: int, known: Known) -> bool:
    """Whether two well-known casts have nobody in common: another film of the same name and year."""
    return not shared and len(said) >= ENOUGH and len(known.cast.get(film.iri, {})) >= ENOUGH


def may_be_of(film: KnownFilm, year: int | None) -> bool:
    """Whether a film may be the one that a source dates so: of the same year, or one apart, or one is not known."""
    return film.year is None or year is None or abs(film.year - year) <= 1
