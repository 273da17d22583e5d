"""Who says that the rows of an answer are so, for answers that name people and films."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph import query
from webapp.fill.proofs import Witnesses, witnesses
from webapp.pages import Backing
from webapp.site import View


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says: that someone played in a film; ``whom``, where the row says that."""

    person: str
    film: str
    whom: str | None = None


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of ``graph-ties``, for whom someone played: a role has no job."""

    fact: str
    film: str
    person: str
    job: str | None
    whom: str | None
    description: str | None


def backings(view: View, claims: Sequence[Claim]) -> tuple[Backing | None, ...]:
    """For each claim the role that it speaks of, with its surest passage or its datasets; None where nobody says so."""
    if not claims:
        return ()
    films = sorted({claim.film for claim in claims})
    people = sorted({claim.person for claim in claims})
    met = query.rows(
        view.source, "graph-ties", PartRow, film=[URIRef(iri) for iri in films], person=[URIRef(iri) for iri in people]
    )
    parts = [row for row in met if row.job is None]
    seen = witnesses(view, (row.fact for row in parts), films)
    return tuple(_backing(seen, [row for row in parts if _speaks_of(claim, row)]) for claim in claims)


def _speaks_of(claim: Claim, row: PartRow) -> bool:
    whom = claim.whom in (None, row.whom, row.description)
    return whom and (row.person, row.film) == (claim.person, claim.film)


def _backing(seen: Witnesses, parts: Sequence[PartRow]) -> Backing | None:
    found = [Backing(row.fact, next(iter(seen.of(row.fact)), None), seen.datasets(row.fact)) for row in parts]
    said = [backing for backing in found if backing.proof or backing.datasets]
    return min(said, key=lambda backing: backing.proof is None, default=None)
