"""Which known people a source means."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from graph.iris import Iris, slug
from graph.resolve.known import Known, Match, name_key


def find_person(name: str, film: URIRef | None, iris: Iris, known: Known) -> tuple[URIRef, Match | None]:
    """The person's IRI, and why it is that of somebody known; a new IRI, made from the name, where that is unsure."""
    new = iris.person(name)
    cast = known.cast.get(film, {}) if film is not None else {}
    for found, reason, confidence in (
        (cast.get(name_key(name), set()), "the same name in the film's cast", 0.99),
        (_close(name, cast.values(), known), "a close name in the film's cast", 0.95),
    ):
        if new in found or len(found) == 1:
            person = new if new in found else next(iter(found))
            return person, Match(person, reason, confidence)
        if found:
            return new, None
    anywhere = known.named.get(name_key(name), set())
    if len(anywhere) == 1 and " " in name.strip():
        person = next(iter(anywhere))
        return person, Match(person, "the only person of this name", 0.9)
    return new, None


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
