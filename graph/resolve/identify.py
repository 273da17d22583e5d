"""Facts and what is known, to facts whose film and people have IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from graph.facts import Facts, Role
from graph.iris import Iris, slug
from graph.resolve.characters import as_known
from graph.resolve.films import find_film
from graph.resolve.known import Known, KnownFilm, Match
from graph.resolve.people import find_person


@dataclass(frozen=True, slots=True)
class Identified:
    """Facts whose film and people have IRIs; ``film`` is None where the source names no film."""

    facts: Facts
    film: URIRef | None
    label: str
    people: dict[str, URIRef]
    names: dict[URIRef, str]
    """The name under which the graph knows each person."""
    matches: tuple[Match, ...] = field(default=())
    """Why the film and people that were known already were taken for them."""


def identify(facts: Facts, iris: Iris, known: Known) -> Identified:
    """Give the film and the people of one source their IRIs, and its characters the names known for them."""
    film, label, match = _film(facts, iris, known)
    matches = [match] if match else []
    people: dict[str, URIRef] = {}
    ids = dict(facts.identifiers)
    for name in sorted({role.actor for role in facts.roles} | {credit.person for credit in facts.credits}):
        person, why = (iris.person(name, ids[name]), None) if name in ids else find_person(name, film, iris, known)
        people[name] = person
        matches += [why] if why and why.iri != iris.person(name) else []
    names: dict[URIRef, str] = {}
    for name, person in people.items():
        names.setdefault(person, known.names.get(person, name))
    if film is None:
        return Identified(facts, None, label, people, names, _surest(matches))
    said = (_as_known(role, (film, people[role.actor]), known) for role in facts.roles)
    return Identified(replace(facts, roles=_distinct(said, people)), film, label, people, names, _surest(matches))


def learn(identified: Identified, known: Known) -> None:
    """Note what a source said, so that the next one can be resolved against it."""
    film, data = identified.film, identified.facts.film
    if film is None or data.title is None:
        return
    year = data.year.value if data.year else None
    for title in (data.title, data.original_title, *data.other_titles):
        if title is not None:
            known.learn_film(title.value, KnownFilm(film, identified.label, year))
    for name, person in identified.people.items():
        known.learn_person(film, person, name)
    for role in identified.facts.roles:
        if role.character:
            known.learn_role(film, identified.people[role.actor], role.character, stated=not role.evidence)


def _film(facts: Facts, iris: Iris, known: Known) -> tuple[URIRef | None, str, Match | None]:
    """The film's IRI and label: those of the known film that is meant, else new ones."""
    if facts.film.title is None:
        return None, "an unnamed film", None
    title, year, identifier = (
        facts.film.title.value,
        facts.film.year.value if facts.film.year else None,
        facts.film.identifier,
    )
    label = title if year is None else f"{title} ({year})"
    if identifier:
        return iris.film(title, year, identifier), label, None
    found = find_film(facts, title, known)
    if found is None:
        return iris.film(title, year), label, None
    film, match = found
    return film.iri, film.label, match if film.iri != iris.film(title, year) else None


def _surest(matches: list[Match]) -> tuple[Match, ...]:
    """One reason for each known thing."""
    ordered = sorted(matches, key=lambda match: (match.iri, -match.confidence, match.reason))
    return tuple({match.iri: match for match in reversed(ordered)}.values())[::-1]


def _as_known(role: Role, part: tuple[URIRef, URIRef], known: Known) -> Role:
    return as_known(role, known.stated.get(part, ()), known.roles.get(part, ()))


def _distinct(roles: Iterable[Role], people: dict[str, URIRef]) -> tuple[Role, ...]:
    """Roles that became the same under the known name, as one with the evidence of all."""
    merged: dict[tuple[URIRef, str], Role] = {}
    for role in sorted(roles, key=lambda role: role.character is None):  # a name beats a description of the same words
        key = (people[role.actor], slug(role.character or role.description or ""))
        first = merged.get(key)
        merged[key] = (
            role
            if first is None
            else replace(
                first,
                confidence=max(first.confidence, role.confidence),
                evidence=first.evidence + role.evidence,
            )
        )
    return tuple(merged.values())
