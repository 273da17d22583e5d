"""Which known people a source means."""

from __future__ import annotations

from rdflib import URIRef

from graph.iris import Iris, slug
from graph.resolve.known import Known, Match, name_key


def find_person(name: str, film: URIRef | None, iris: Iris, known: Known) -> tuple[URIRef, Match | None]:
    """The person's IRI, and why it is that of somebody known; a new IRI, made from the name, where that is unsure."""
    new = iris.person(name)
    cast = known.cast.get(film, {}) if film is not None else {}
    for found, reason, confidence in (
        (cast.get(name_key(name), set()), "the same name in the film's cast", 0.99),
        (_close(name, cast), "a close name in the film's cast", 0.95),
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


def _close(name: str, cast: dict[str, set[URIRef]]) -> set[URIRef]:
    """People whose name differs only by middle names, or is not given in full."""
    words = [word for word in slug(name).split("-") if word]
    if len(words) < 2:
        return set()
    first, last = words[0], words[-1]
    keys = [key for key in cast if key.startswith(first) and key.endswith(last) and len(key) >= len(first) + len(last)]
    middle = "".join(words[1:-1])
    fitting = [key for key in keys if _fits(middle, key[len(first) : len(key) - len(last)])]
    return set().union(*(cast[key] for key in fitting)) if fitting else set()


def _fits(one: str, other: str) -> bool:
    """Whether two middle parts can be one: one is missing, or begins the other."""
    return not one or not other or one.startswith(other) or other.startswith(one)
