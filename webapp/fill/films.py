"""Fill the page of a film."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from graph.dossier import CreditRow, Dossier, FactRow, RoleRow, gather
from graph.sidecar import Other
from graph.store import Value
from graph.vocabulary import FILM
from webapp.fill.differences import differences
from webapp.fill.proofs import Witnesses, passages, proved_rows, stated
from webapp.fill.rows import unique
from webapp.fill.ways import by_directors, with_cast, with_names
from webapp.pages import CastLine, CreditLine, FilmPage, FilmRef, JobLine, Meeting, Rating, Ref, ReviewCard, Said
from webapp.site import View

JOBS = ("director", "writer", "producer", "cinematographer", "editor", "composer", "actor")
"""The order of the jobs on a film's page."""


def film_page(view: View, film: URIRef) -> FilmPage | None:
    """The page of a film, None if no source speaks of it."""
    known = (view.sidecar.dossier(str(film)) if view.sidecar else None) or gather(view.source, film)
    seen = _witnesses(view, film, known)
    facts = _facts(film, known, seen)
    titles = facts.get("title", ())
    if not titles:
        return None
    cast = _cast(known.roles, seen)
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
        genres=tuple(Ref(row.iri, row.label) for row in known.genres),
        directors=tuple(Ref(row.person, row.name) for row in known.credits if row.job == "director"),
        ratings=_ratings(known),
        cast=cast,
        jobs=_jobs(known.credits, seen),
        differences=differences(years, facts.get("runtime", ()), cast, seen),
        reviews=tuple(ReviewCard(row.iri, row.label, row.reviewer, row.outlet, row.published) for row in known.reviews),
        same_director=_meetings(by_directors(view, film, known)),
        same_cast=tuple(
            Meeting(FilmRef(row.other, row.title, row.year), None, row.shared) for row in with_cast(view, film, known)
        ),
        same_characters=_meetings(with_names(view, film, known)),
    )


def _witnesses(view: View, film: str, known: Dossier) -> Witnesses:
    """Everyone who states the film's facts, roles and credits; passages are only asked for where there are any."""
    proved = [
        *([film] if known.proved else []),
        *(row.role for row in known.roles if row.proved),
        *(row.credit for row in known.credits if row.proved),
    ]
    refs = [(Ref(row.source, row.label), row.dataset) for row in known.sources]
    groups = {row.sources for row in known.roles} | {row.sources for row in known.credits}
    those = {numbers: stated(refs[number] for number in numbers) for numbers in groups}
    sources = {row.role: those[row.sources] for row in known.roles}
    sources |= {row.credit: those[row.sources] for row in known.credits}
    return Witnesses(passages(proved_rows(view, proved)) if proved else {}, sources)


def _facts(film: str, known: Dossier, seen: Witnesses) -> dict[str, tuple[Said, ...]]:
    """The film's values by the last part of their property, each with its sources and passages."""
    said: dict[tuple[str, str], list[FactRow]] = {}
    for row in known.facts:
        said.setdefault((row.property, _words(row.property, row.value)), []).append(row)
    found: dict[str, tuple[Said, ...]] = {}
    for (predicate, words), group in said.items():
        proofs = seen.of_value(film, predicate, group[0].value)
        sources = tuple(Ref(known.sources[row.source].source, known.sources[row.source].label) for row in group)
        name = predicate.rsplit("#", 1)[-1]
        found[name] = (*found.get(name, ()), Said(words, sources, proofs))
    return found


def _words(predicate: str, value: Value) -> str:
    return f"{value} minutes" if predicate == str(FILM.runtime) else str(value)


def _common(values: tuple[Said, ...]) -> Said:
    """The value that most sources give; among equals the first in order."""
    return max(values, key=lambda said: len(said.sources))


def _cast(roles: Iterable[RoleRow], seen: Witnesses) -> tuple[CastLine, ...]:
    """The roles in the order of billing, then those with most passages first, then as reviews come to tell of them."""
    lines = [
        CastLine(
            row.role,
            Ref(row.person, row.name),
            Ref(row.character, row.whom) if row.character and row.whom else None,
            row.description,
            seen.of(row.role),
            seen.datasets(row.role),
            row.billing,
        )
        for row in roles
    ]
    return tuple(sorted(lines, key=_prominence))


def _prominence(line: CastLine) -> tuple[bool, int, int, int]:
    first = min((proof.start for proof in line.proofs), default=0)
    return line.billing is None, line.billing or 0, -len(line.proofs), first


def _jobs(made: Iterable[CreditRow], seen: Witnesses) -> tuple[JobLine, ...]:
    lines: dict[str, list[CreditLine]] = {}
    for row in made:
        line = CreditLine(row.credit, Ref(row.person, row.name), seen.of(row.credit), seen.datasets(row.credit))
        lines.setdefault(row.job, []).append(line)
    ordered = sorted(lines, key=lambda job: (JOBS.index(job) if job in JOBS else len(JOBS), job))
    return tuple(JobLine(job, tuple(lines[job])) for job in ordered)


def _ratings(known: Dossier) -> tuple[Rating, ...]:
    return tuple(
        Rating(
            row.rating,
            row.kind,
            row.value,
            row.best,
            row.count,
            Ref(known.sources[row.source].source, known.sources[row.source].label),
            row.outlet,
            row.reviewer if row.kind == "own" else None,
        )
        for row in unique(known.ratings, lambda row: row.rating)
    )


def _meetings(rows: list[Other]) -> tuple[Meeting, ...]:
    """Other films that share something with this one, each once."""
    films = unique(rows, lambda row: row.other)
    return tuple(Meeting(FilmRef(row.other, row.title, row.year), Ref(row.shared, row.name)) for row in films)
