"""Fill the pages of roles and credits, and of resources that have no page made for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from rdflib import RDF, RDFS, URIRef

from graph import query
from graph.store import Iri, Value
from graph.vocabulary import FILM
from webapp.fill.mentions import portrayal
from webapp.fill.proofs import proof_rows, proofs, witnesses
from webapp.fill.withdrawn import as_it_was, of_role, shown
from webapp.pages import Billed, FactPage, FilmRef, Proof, Ref, Statement, ThingPage
from webapp.site import View


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of ``fact``."""

    label: str
    film: str
    title: str
    year: int | None
    person: str
    name: str
    job: str | None
    character: str | None
    whom: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One row of ``thing``."""

    property: str
    propertyLabel: str | None  # noqa: N815  # fields are named as the query's variables
    value: Value
    valueLabel: str | None  # noqa: N815


@dataclass(frozen=True, slots=True)
class BillingRow:
    """One row of ``fact-billing``."""

    place: int
    source: str
    sourceLabel: str  # noqa: N815


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row of ``evidence``: where a passage stands."""

    review: str
    start: int
    end: int


def fact_page(view: View, fact: URIRef) -> FactPage | None:
    """The page of a role or credit, None if there is no such; of a withdrawn role it shows what was said."""
    gone = of_role(view, fact)
    if not gone:
        return _fact_page(view, fact)
    before = _fact_page(as_it_was(view, gone), fact)
    now = _fact_page(view, fact, before.proofs if before else ())
    if now is not None:
        return replace(now, withdrawn=shown(gone))
    return replace(before, withdrawn=shown(gone), stands=False) if before is not None else None


def _fact_page(view: View, fact: URIRef, withdrawn: Iterable[Proof] = ()) -> FactPage | None:
    found = query.rows(view.source, "fact", FactRow, fact=fact)
    if not found:
        return None
    row, iri = found[0], str(fact)
    seen = witnesses(view, [iri], [row.film])
    named = row.whom if row.whom and row.whom.casefold() not in row.title.casefold() else None  # "Hamlet" is in Hamlet
    proved = ["".join(piece.text for piece in proof.quote) for proof in (*seen.of(iri), *withdrawn)]
    return FactPage(
        iri=iri,
        label=row.label,
        film=FilmRef(row.film, row.title, row.year),
        person=Ref(row.person, row.name),
        job=row.job,
        character=Ref(row.character, row.whom) if row.character and row.whom else None,
        description=row.description,
        proofs=seen.of(iri),
        datasets=seen.datasets(iri),
        said=portrayal(view, URIRef(row.film), [row.name, *filter(None, [named])], proved),
        billed=() if row.job else _billed(view, fact),
    )


def _billed(view: View, fact: URIRef) -> tuple[Billed, ...]:
    rows = query.rows(view.source, "fact-billing", BillingRow, fact=fact)
    groups = groupby(rows, lambda row: row.place)
    return tuple(Billed(place, tuple(Ref(row.source, row.sourceLabel) for row in group)) for place, group in groups)


def thing_page(view: View, thing: URIRef, kind: str) -> ThingPage | None:
    """Everything said about a resource, None if nothing is."""
    rows = query.rows(view.source, "thing", StatementRow, thing=thing)
    if not rows:
        return None
    labels = [str(row.value) for row in rows if row.property == str(RDFS.label)]
    ours_first = sorted(rows, key=lambda row: not row.property.startswith(str(FILM)))
    shown = tuple(_statement(row) for row in ours_first if row.property not in (str(RDFS.label), str(RDF.type)))
    passages = proofs(proof_rows(view, [thing]))
    return ThingPage(thing, labels[0] if labels else f"{kind} {_end(thing)}", kind, shown, passages)


def place_of(view: View, evidence: URIRef) -> PlaceRow | None:
    """Where the passage of an evidence stands, None if there is no such evidence."""
    found = query.rows(view.source, "evidence", PlaceRow, evidence=evidence)
    return found[0] if found else None


def _statement(row: StatementRow) -> Statement:
    iri = str(row.value) if isinstance(row.value, Iri) else None
    words = row.valueLabel or (_called(iri) if iri else _written(row.value))
    return Statement(Ref(row.property, row.propertyLabel or _end(row.property)), words, iri)


def _written(value: Value) -> str:
    """A literal as people write it: 4, not 4.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _called(iri: str) -> str:
    """What a resource without a label is called."""
    return "the passage" if "/evidence/" in iri else _end(iri)


def _end(iri: str) -> str:
    """The last part of an IRI, for want of a label."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
