"""Facts and what is known, to facts whose film and people have IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from graph.facts import Facts, Role
from graph.iris import Iris, slug
from graph.resolve.characters import Attached, attach
from graph.resolve.decisions import Doubt, Match
from graph.resolve.films import find_film
from graph.resolve.known import Known, KnownFilm
from graph.resolve.people import FoundPerson, find_person


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
    doubts: tuple[Doubt, ...] = field(default=())
    """What may be something known and was left apart."""


def identify(facts: Facts, iris: Iris, known: Known) -> Identified:
    """Give the film and the people of one source their IRIs, and its characters the names known for them."""
    film, label, matches, doubts = _film(facts, iris, known)
    ids, year = dict(facts.identifiers), facts.film.year.value if facts.film.year else None
    found = {
        name: FoundPerson(iris.person(name, ids[name]))
        if name in ids
        else find_person(name, film, iris, known, year=year)
        for name in sorted({role.actor for role in facts.roles} | {credit.person for credit in facts.credits})
    }
    for name, person in found.items():
        matches += [person.match] if person.match and person.match.iri != iris.person(name) else []
        doubts += list(person.doubts)
    people = {name: person.person for name, person in found.items()}
    names: dict[URIRef, str] = {}
    for name, iri in people.items():
        names.setdefault(iri, known.names.get(iri, name))
    if film is not None:
        attached = [attach_role(role, film, people[role.actor], known) for role in facts.roles]
        facts = replace(facts, roles=_distinct((each.role for each in attached), people))
        for each in attached:
            reasons, others = explain_role(each, film, people[each.role.actor], iris)
            matches, doubts = matches + reasons, doubts + others
    unsure = tuple(sorted(set(doubts))) if film is not None else ()
    return Identified(facts, film, label, people, names, surest(matches), unsure)


def learn(identified: Identified, known: Known, *, stated: bool = False) -> None:
    """Note what a source said, so that the next one can be resolved against it; ``stated`` if it is a dataset."""
    film, data = identified.film, identified.facts.film
    if film is None or data.title is None:
        return
    year = data.year.value if data.year else None
    for title in (data.title, data.original_title, *data.other_titles):
        if title is not None:
            known.learn_film(title.value, KnownFilm(film, identified.label, year, stated))
    for name, person in identified.people.items():
        known.learn_person(film, person, name)
        if year is not None:
            known.learn_year(person, year)
    for role in identified.facts.roles:
        if role.character:
            known.learn_role(film, identified.people[role.actor], role.character, stated=not role.evidence)


def attach_role(role: Role, film: URIRef, person: URIRef, known: Known) -> Attached:
    """The role under the name by which the graph knows its character."""
    return attach(role, known.stated.get((film, person), ()), known.roles.get((film, person), ()))


def explain_role(attached: Attached, film: URIRef, person: URIRef, iris: Iris) -> tuple[list[Match], list[Doubt]]:
    """Why a role is one that was known, or which known ones it contradicts."""
    role = attached.role
    this = iris.role(film, person, role.character or role.description or "")
    reasons = [Match(this, attached.reason, attached.confidence)] if attached.reason else []
    told = "another name than the dataset's" if attached.contradicts else "a name that fits several of the dataset's"
    others = (iris.role(film, person, name) for name in attached.others)
    return reasons, [Doubt(this, other, told, attached.contradicts) for other in others if other != this]


def _film(facts: Facts, iris: Iris, known: Known) -> tuple[URIRef | None, str, list[Match], list[Doubt]]:
    """The film's IRI and label: those of the known film that is meant, else new ones."""
    if facts.film.title is None:
        return None, "an unnamed film", [], []
    title, year, identifier = (
        facts.film.title.value,
        facts.film.year.value if facts.film.year else None,
        facts.film.identifier,
    )
    label, new = title if year is None else f"{title} ({year})", iris.film(title, year, identifier)
    found = None if identifier else find_film(facts, known)
    if found is None or found.film is None:
        maybe = found.maybe if found else ()
        return new, label, [], [Doubt(new, film.iri, reason) for film, reason in maybe if film.iri != new]
    return found.film.iri, found.film.label, [found.match] if found.match and found.film.iri != new else [], []


def surest(matches: Iterable[Match]) -> tuple[Match, ...]:
    """One reason for each known thing."""
    ordered = sorted(matches, key=lambda match: (match.iri, -match.confidence, match.reason))
    return tuple({match.iri: match for match in reversed(ordered)}.values())[::-1]


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
                billing=min((each.billing for each in (first, role) if each.billing is not None), default=None),
            )
        )
    return tuple(merged.values())
