"""Fill the page of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from rdflib import URIRef

from graph import query
from graph.asked import RoleRow
from webapp.fill.company import colleagues
from webapp.fill.mentions import mentions
from webapp.fill.proofs import Witnesses, witnesses
from webapp.fill.rows import by_year, unique
from webapp.pages import FilmRef, Moment, Part, PersonPage, Ref, Returned, Year
from webapp.site import View

Dated = TypeVar("Dated", RoleRow, "CreditRow")


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of ``person``."""

    name: str


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One row of ``person-credits``."""

    credit: str
    job: str
    film: str
    title: str
    year: int | None


def person_page(view: View, person: URIRef, most: int | None = None) -> PersonPage | None:
    """The page of a person, None if no source names them; of a long career the newest years, until they hold ``most``.

    What is not shown still counts: for the films, the timeline and the characters returned to.
    """
    names = [row.name for row in query.rows(view.source, "person", NameRow, person=person)]
    if not names:
        return None
    roles = unique(query.rows(view.source, "person-roles", RoleRow, person=person), lambda row: row.role)
    credited = unique(query.rows(view.source, "person-credits", CreditRow, person=person), lambda row: row.credit)
    newest, latest = _newest(roles, most), _newest(credited, most)
    facts = [*(row.role for row in newest), *(row.credit for row in latest)]
    seen = witnesses(view, facts, [*(row.film for row in newest), *(row.film for row in latest)])
    played, made = [_role(row, seen) for row in roles], [_credit(row, seen) for row in credited]
    shown = frozenset(facts)
    return PersonPage(
        iri=person,
        name=names[0],
        other_names=tuple(names[1:]),
        films=len({part.film.iri for part in [*played, *made]}),
        span=_span([*played, *made]),
        roles=_years(part for part in played if part.iri in shown),
        credits=_years(part for part in made if part.iri in shown),
        jobs=tuple(dict.fromkeys([*(["actor"] if played else []), *(row.job for row in credited)])),
        colleagues=colleagues(view, person, {part.film.iri: part.film for part in [*played, *made]}),
        returned_to=_returned_to(played),
        timeline=_timeline([*played, *made]),
        mentions=mentions(view, names[0], {proof.review.iri for part in [*played, *made] for proof in part.proofs}),
        hidden_roles=len(roles) - len(newest),
        hidden_credits=len(credited) - len(latest),
    )


def _newest(rows: list[Dated], most: int | None) -> list[Dated]:
    """The rows of the newest years, each year whole, until there are enough."""
    if most is None or len(rows) <= most:
        return rows
    found: list[Dated] = []
    for _, group in by_year(rows, lambda row: row.year, newest_first=True):
        if len(found) >= most:
            break
        found += group
    return found


def _role(row: RoleRow, seen: Witnesses) -> Part:
    character = Ref(row.character, row.whom) if row.character and row.whom else None
    film = FilmRef(row.film, row.title, row.year)
    return Part(row.role, film, character, row.description, None, seen.of(row.role), seen.datasets(row.role))


def _credit(row: CreditRow, seen: Witnesses) -> Part:
    film = FilmRef(row.film, row.title, row.year)
    return Part(row.credit, film, None, None, row.job, seen.of(row.credit), seen.datasets(row.credit))


def _years(parts: Iterable[Part]) -> tuple[Year, ...]:
    grouped = by_year(parts, lambda part: part.film.year, newest_first=True)
    return tuple(Year(year, tuple(group)) for year, group in grouped)


def _span(parts: Iterable[Part]) -> str | None:
    """The years between which the person worked, such as ``1992 to 2017``."""
    years = sorted({part.film.year for part in parts if part.film.year})
    if not years:
        return None
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _returned_to(parts: Iterable[Part]) -> tuple[Returned, ...]:
    """The characters whose name the person played in more than one film, most often first."""
    films: dict[str, dict[str, Part]] = {}
    for part in parts:
        if part.character:
            films.setdefault(part.character.label, {}).setdefault(part.film.iri, part)
    often = sorted((name for name in films if len(films[name]) > 1), key=lambda name: (-len(films[name]), name))
    return tuple(_returned(name, list(films[name].values())) for name in often)


def _returned(name: str, parts: list[Part]) -> Returned:
    character = next(part.character.iri for part in parts if part.character)
    films = sorted((part.film for part in parts), key=lambda film: (film.year or 9999, film.label))
    return Returned(Ref(character, name), tuple(films))


def _timeline(parts: Iterable[Part]) -> tuple[Moment, ...]:
    """Every year of a career with the number of its films."""
    films = {part.film.iri: part.film.year for part in parts}
    counts = Counter(year for year in films.values() if year)
    return tuple(Moment(year, counts[year]) for year in range(min(counts), max(counts) + 1)) if counts else ()
