"""Who played and did what in a film: its roles and credits, read in two questions however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from webapp.site import View

BATCH = 400
"""Names looked up in one query."""
Told = dict[str, list[str]]
"""What is said of one part: the values by the last part of their property."""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Who played whom: a character by name, or a description."""

    role: str
    person: str
    name: str
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class CreditRow:
    """Who did what else."""

    credit: str
    job: str
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class _PartRow:
    """One row of ``film-parts``."""

    part: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class _NameRow:
    """One row of ``names``."""

    thing: str
    name: str


def parts(view: View, film: URIRef) -> tuple[list[RoleRow], list[CreditRow]]:
    """The roles of a film by performer, and its other credits by job; each once."""
    told: dict[str, Told] = {}
    for row in query.rows(view.source, "film-parts", _PartRow, film=film):
        told.setdefault(row.part, {}).setdefault(row.property.rsplit("#", 1)[-1], []).append(row.value)
    people = {iri for each in told.values() for key in ("performer", "person") for iri in each.get(key, ())}
    elsewhere = {iri for each in told.values() for iri in each.get("character", ()) if "name" not in told.get(iri, {})}
    names = {iri: min(each["name"]) for iri, each in told.items() if "name" in each}
    names |= _names(view, sorted(people | elsewhere))
    roles = [row for iri, each in told.items() for row in _role(iri, each, names)]
    made = [row for iri, each in told.items() for row in _credit(iri, each, names)]
    return (
        sorted(roles, key=lambda row: (row.name, row.whom or "", row.description or "", row.role)),
        sorted(made, key=lambda row: (row.job, row.name, row.credit)),
    )


def _role(iri: str, told: Told, names: dict[str, str]) -> Iterable[RoleRow]:
    named = [(names[person], person) for person in told.get("performer", ()) if person in names]
    if named:
        name, person = min(named)
        whom, character = min(((names[c], c) for c in told.get("character", ()) if c in names), default=(None, None))
        yield RoleRow(iri, person, name, character, whom, min(told.get("roleDescription", ()), default=None))


def _credit(iri: str, told: Told, names: dict[str, str]) -> Iterable[CreditRow]:
    named = [(names[person], person) for person in told.get("person", ()) if person in names]
    if named and "job" in told:
        name, person = min(named)
        yield CreditRow(iri, min(told["job"]), person, name)


def _names(view: View, things: list[str]) -> dict[str, str]:
    """The first name of each thing, in the order of letters."""
    found: dict[str, str] = {}
    for at in range(0, len(things), BATCH):
        batch = [URIRef(iri) for iri in things[at : at + BATCH]]
        for row in query.rows(view.source, "names", _NameRow, thing=batch):
            found[row.thing] = min(row.name, found.get(row.thing, row.name))
    return found
