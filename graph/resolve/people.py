"""Which known people a source means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph.iris import Iris, slug
from graph.resolve.decisions import Doubt, Match
from graph.resolve.known import Known, name_key, rank

LISTED = 3
"""How many people who may be meant are listed."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """The IRI of a person: that of somebody known, and why; or an own one, with those who may be meant."""

    person: URIRef
    match: Match | None = None
    doubts: tuple[Doubt, ...] = ()


def find_person(
    name: str,
    film: URIRef | None,
    iris: Iris,
    known: Known,
    own: URIRef | None = None,
    *,
    by_name: bool = True,
    year: int | None = None,
) -> FoundPerson:
    """Who is meant by a name: in the film's cast or, with ``by_name``, anywhere, if only one bears it.

    ``year`` is the film's: somebody who would have made films for longer than a life is not meant by name alone.

    ``own`` is the person's IRI where they are stored already: only somebody of a better rank may take their place.
    """
    new = iris.person(name) if own is None else own
    cast = known.cast.get(film, {}) if film is not None else {}
    bearers = known.named.get(name_key(name), set()) if by_name and " " in name.strip() else set()
    anywhere = {person for person in bearers if not known.outlives(person, year)}
    for found, reason, confidence, unsure in (
        (cast.get(name_key(name), set()), "the same name in the film's cast", 0.99, "of this name in the film's cast"),
        (_close(name, cast.values(), known), "a close name in the film's cast", 0.95, "of such a name in its cast"),
        (anywhere, "the only person of this name", 0.9, "of this name"),
    ):
        best = _best(found, own)
        if len(best) == 1 or (own is None and new in best):
            person = new if new in best else best[0]
            return FoundPerson(person, Match(person, reason, confidence))
        if best:
            told = f"one of {len(best)} people {unsure}"
            return FoundPerson(new, doubts=tuple(Doubt(new, person, told) for person in best[:LISTED]))
    return FoundPerson(new)


def _best(found: Iterable[URIRef], own: URIRef | None) -> list[URIRef]:
    """Those with the best ids; if a person is stored already, only those with better ids than theirs."""
    people = sorted(found) if own is None else sorted(person for person in found if rank(person) < rank(own))
    best = min(map(rank, people), default=0)
    return [person for person in people if rank(person) == best]


def _close(name: str, cast: Iterable[set[URIRef]], known: Known) -> set[URIRef]:
    """People whose name differs only by middle names."""
    words = slug(name).split("-")
    return {
        person
        for people in cast
        for person in people
        if len(words) > 1 and _differ_in_the_middle(words, slug(known.names.get(person, "")).split("-"))
    }


def _differ_in_the_middle(one: list[str], other: list[str]) -> bool:
    """Whether first and last name are the same, and the middle names missing on one side, or abbreviated."""
    if len(other) < 2 or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    middle, others = "".join(one[1:-1]), "".join(other[1:-1])
    return not middle or not others or middle.startswith(others) or others.startswith(middle)
