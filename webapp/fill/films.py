"""Fill the page of a film."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from graph.store import Value
from graph.vocabulary import FILM
from webapp.fill.differences import differences
from webapp.fill.parts import CreditRow, RoleRow, parts
from webapp.fill.proofs import Witnesses, witnesses
from webapp.fill.rows import unique
from webapp.pages import CastLine, CreditLine, FilmPage, FilmRef, JobLine, Meeting, Proof, Rating, Ref, ReviewCard, Said
from webapp.site import View

JOBS = ("director", "writer", "producer", "cinematographer", "editor", "composer", "actor")
"""The order of the jobs on a film's page."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of ``film-facts``: a value and a source that gives it."""

    property: str
    value: Value
    source: str
    sourceLabel: str  # noqa: N815  # fields are named as the query's variables


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One row of ``film-ratings``."""

    rating: str
    kind: str
    value: float
    best: float
    count: int | None
    source: str
    sourceLabel: str  # noqa: N815  # fields are named as the query's variables
    outlet: str | None
    reviewer: str | None


@dataclass(frozen=True, slots=True)
class OtherRow:
    """One row of ``film-same-director`` or ``characters-elsewhere``: another film, and who leads to it."""

    other: str
    title: str
    year: int | None
    shared: str
    name: str


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One row of ``film-same-cast``: another film, and how many of the cast are in it."""

    other: str
    title: str
    year: int | None
    shared: int


def film_page(view: View, film: URIRef) -> FilmPage | None:
    """The page of a film, None if no source speaks of it."""
    said = query.rows(view.source, "film-facts", FactRow, film=film)
    if not any(row.property == str(FILM.title) for row in said):
        return None
    roles, made = parts(view, film)
    seen = witnesses(view, [film, *(row.role for row in roles), *(row.credit for row in made)], film)
    cast, facts = _cast(roles, seen), _facts(film, said, seen)
    titles = facts["title"]
    years = facts.get("year", ())
    descriptions = facts.get("description", ())
    return FilmPage(
        iri=film,
        title=_common(titles).value,
        year=int(_common(years).value) if years else None,
        titles=titles,
        original_titles=facts.get("originalTitle", ()),
        years=years,
        runtimes=facts.get("runtime", ()),
        certificates=facts.get("certificate", ()),
        countries=facts.get("country", ()),
        studios=facts.get("studio", ()),
        tagline=next((each.value for each in facts.get("tagline", ())), None),
        description=_common(descriptions).value if descriptions else None,
        described_by=_common(descriptions).sources[0] if descriptions else None,
        genres=tuple(query.rows(view.source, "film-genres", Ref, film=film)),
        directors=tuple(Ref(row.person, row.name) for row in made if row.job == "director"),
        ratings=_ratings(view, film),
        cast=cast,
        jobs=_jobs(made, seen),
        differences=differences(years, facts.get("runtime", ()), cast, seen),
        reviews=tuple(query.rows(view.source, "film-reviews", ReviewCard, film=film)),
        same_director=_meetings(query.rows(view.source, "film-same-director", OtherRow, film=film)),
        same_cast=_company(view, film),
        same_characters=_meetings(_namesakes(view, roles)),
    )


def _facts(film: URIRef, rows: list[FactRow], seen: Witnesses) -> dict[str, tuple[Said, ...]]:
    """The film's values by the last part of their property, each with its sources and passages."""
    said: dict[tuple[str, str], list[FactRow]] = {}
    for row in rows:
        said.setdefault((row.property, _words(row.property, row.value)), []).append(row)
    found: dict[str, tuple[Said, ...]] = {}
    for (predicate, words), group in said.items():
        passages = seen.of_value(film, predicate, group[0].value)
        sources = tuple(Ref(row.source, row.sourceLabel) for row in group)
        name = predicate.rsplit("#", 1)[-1]
        found[name] = (*found.get(name, ()), Said(words, sources, passages))
    return found


def _words(predicate: str, value: Value) -> str:
    return f"{value} minutes" if predicate == str(FILM.runtime) else str(value)


def _common(values: tuple[Said, ...]) -> Said:
    """The value that most sources give; among equals the first in order."""
    return max(values, key=lambda said: len(said.sources))


def _cast(roles: list[RoleRow], seen: Witnesses) -> tuple[CastLine, ...]:
    """The roles, those that most sources know first, then in the order in which reviews tell of them."""
    lines = [
        CastLine(
            row.role,
            Ref(row.person, row.name),
            Ref(row.character, row.whom) if row.character and row.whom else None,
            row.description,
            seen.of(row.role),
            seen.datasets(row.role),
        )
        for row in roles
    ]
    return tuple(sorted(lines, key=lambda line: (-len(seen.all(line.iri)), _place(line.proofs))))


def _place(passages: tuple[Proof, ...]) -> tuple[bool, int]:
    return not passages, min((proof.start for proof in passages), default=0)


def _jobs(made: list[CreditRow], seen: Witnesses) -> tuple[JobLine, ...]:
    lines: dict[str, list[CreditLine]] = {}
    for row in made:
        line = CreditLine(row.credit, Ref(row.person, row.name), seen.of(row.credit), seen.datasets(row.credit))
        lines.setdefault(row.job, []).append(line)
    ordered = sorted(lines, key=lambda job: (JOBS.index(job) if job in JOBS else len(JOBS), job))
    return tuple(JobLine(job, tuple(lines[job])) for job in ordered)


def _ratings(view: View, film: URIRef) -> tuple[Rating, ...]:
    rows = unique(query.rows(view.source, "film-ratings", RatingRow, film=film), lambda row: row.rating)
    return tuple(
        Rating(
            row.rating,
            row.kind,
            row.value,
            row.best,
            row.count,
            Ref(row.source, row.sourceLabel),
            row.outlet,
            row.reviewer if row.kind == "own" else None,
        )
        for row in rows
    )


def _namesakes(view: View, roles: list[RoleRow]) -> list[OtherRow]:
    """Other films with a character of the same name as one of these roles has."""
    own = [URIRef(iri) for iri in dict.fromkeys(row.character for row in roles) if iri]
    return query.rows(view.source, "characters-elsewhere", OtherRow, own=own) if own else []


def _meetings(rows: list[OtherRow]) -> tuple[Meeting, ...]:
    """Other films that share something with this one, each once."""
    films = unique(rows, lambda row: row.other)
    return tuple(Meeting(FilmRef(row.other, row.title, row.year), Ref(row.shared, row.name)) for row in films)


def _company(view: View, film: URIRef) -> tuple[Meeting, ...]:
    """Other films in which much of the cast meets again."""
    rows = query.rows(view.source, "film-same-cast", CompanyRow, film=film)
    return tuple(Meeting(FilmRef(row.other, row.title, row.year), None, row.shared) for row in rows)
