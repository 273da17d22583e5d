"""Who says so: the passages that prove facts, and the sources that state them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rdflib import URIRef

from graph import query
from graph.asked import ProofRow, SourceRow, StatedRow
from graph.dossier import Dossier
from graph.store import Value
from webapp.pages import Piece, Proof, Ref
from webapp.site import View

BATCH = 400
"""Facts asked about in one query."""


@dataclass(frozen=True, slots=True)
class ProvedRow:
    """One row of ``proved``."""

    fact: str


@dataclass(frozen=True, slots=True)
class Stated:
    """The sources of a fact, in the order of their IRIs, and those among them that are datasets."""

    all: tuple[Ref, ...] = ()
    datasets: tuple[Ref, ...] = ()


NOBODY = Stated()


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who says what about a number of facts: rows of passages, and sources, by the fact's IRI."""

    passages: dict[str, tuple[ProofRow, ...]]
    sources: dict[str, Stated]

    def of(self, fact: str) -> tuple[Proof, ...]:
        """The passages that prove a fact, the surest first."""
        rows = self.passages.get(fact)
        return proofs(rows) if rows else ()

    def of_value(self, film: str, predicate: str, value: Value) -> tuple[Proof, ...]:
        """The passages that prove one value of a film."""
        rows = self.passages.get(film, ())
        return proofs(row for row in rows if (row.property, row.value) == (predicate, value))

    def datasets(self, fact: str) -> tuple[Ref, ...]:
        """The datasets that state a fact without a passage."""
        return self.sources.get(fact, NOBODY).datasets

    def all(self, fact: str) -> tuple[Ref, ...]:
        """Every source that states a fact."""
        return self.sources.get(fact, NOBODY).all


def stated(rows: Iterable[tuple[Ref, bool]]) -> Stated:
    """Sources, each with whether it is a dataset."""
    listed = list(rows)
    return Stated(tuple(ref for ref, _ in listed), tuple(ref for ref, dataset in listed if dataset))


def witnesses(view: View, facts: Iterable[str], films: Iterable[str] = ()) -> Witnesses:
    """Everyone who says these facts are so: roles, credits, ratings, or a film with all its values.

    ``films`` are those of the roles and credits: of them an index knows already who says so.
    """
    return witnesses_by(view, facts, dossiers(view, films).values())


def witnesses_by(view: View, facts: Iterable[str], known_films: Iterable[Dossier]) -> Witnesses:
    """The same, with the dossiers of the films at hand."""
    iris = list(dict.fromkeys(facts))
    known = _known(known_films, frozenset(iris))
    others = [iri for iri in iris if iri not in known]
    proved = [iri for iri in iris if iri in known and known[iri][0]]
    rows = [*proved_rows(view, proved), *proof_rows(view, others)]
    return Witnesses(passages(rows), {iri: those for iri, (_, those) in known.items()} | _sources(view, others))


def dossiers(view: View, films: Iterable[str]) -> dict[str, Dossier]:
    """What the index knows of some films, by IRI; those of which it has nothing are left out."""
    if view.sidecar is None:
        return {}
    found = ((film, view.sidecar.dossier(film)) for film in dict.fromkeys(films))
    return {film: dossier for film, dossier in found if dossier is not None}


def _known(those: Iterable[Dossier], wanted: frozenset[str]) -> dict[str, tuple[bool, Stated]]:
    """What the dossiers of films say of some facts: whether a passage proves each, and its sources."""
    found: dict[str, tuple[bool, Stated]] = {}
    for dossier in those:
        refs = [(Ref(row.source, row.label), row.dataset) for row in dossier.sources]
        told = [(row.role, row) for row in dossier.roles] + [(row.credit, row) for row in dossier.credits]
        mine = ((fact, row) for fact, row in told if fact in wanted)
        found |= {fact: (row.proved, stated(refs[number] for number in row.sources)) for fact, row in mine}
    return found


def passages(rows: Iterable[ProofRow]) -> dict[str, tuple[ProofRow, ...]]:
    """The rows of ``proofs`` by fact."""
    return {fact: tuple(each) for fact, each in groupby(rows, lambda row: row.fact)}


def proof_rows(view: View, facts: Sequence[str]) -> list[ProofRow]:
    """The rows of ``proofs`` about these facts; most facts of a dataset have none, which is asked first."""
    proved = {row.fact for batch in _batches(facts) for row in query.rows(view.source, "proved", ProvedRow, fact=batch)}
    return proved_rows(view, [fact for fact in facts if fact in proved])


def proved_rows(view: View, facts: Sequence[str]) -> list[ProofRow]:
    """The rows of ``proofs`` about facts of which it is known that they have some."""
    return [row for batch in _batches(facts) for row in query.rows(view.source, "proofs", ProofRow, fact=batch)]


def _sources(view: View, facts: Sequence[str]) -> dict[str, Stated]:
    """The sources of each fact, in the order of their IRIs; each source's name is asked for once."""
    found = [row for batch in _batches(facts) for row in query.rows(view.source, "fact-sources", StatedRow, fact=batch)]
    rows = sorted(found, key=lambda row: (row.fact, row.source))
    named: dict[str, SourceRow] = {}
    for batch in _batches(sorted({row.source for row in rows})):
        for row in query.rows(view.source, "source-names", SourceRow, source=batch):
            named.setdefault(row.source, row)
    refs = {iri: (Ref(iri, row.sourceLabel), row.dataset) for iri, row in named.items()}
    return {
        fact: stated(refs[row.source] for row in group if row.source in refs)
        for fact, group in groupby(rows, lambda row: row.fact)
    }


def proofs(rows: Iterable[ProofRow]) -> tuple[Proof, ...]:
    """Rows as passages: those that share a passage become one, with all its mentions marked."""
    return tuple(_proof(list(group)) for _, group in groupby(rows, lambda row: row.evidence))


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """A text cut so that the given spans of it are marked; spans may overlap, touch, or reach outside.

    >>> [(p.text, p.marked) for p in pieces("Kevin runs", [(0, 5), (3, 5)])]
    [('Kevin', True), (' runs', False)]
    """
    cut, at = [], 0
    for start, end in sorted((max(start, 0), min(end, len(text))) for start, end in spans):
        begin = max(start, at)
        if begin >= end:
            continue
        cut += [Piece(text[at:begin]), Piece(text[begin:end], marked=True)]
        at = end
    return tuple(piece for piece in [*cut, Piece(text[at:])] if piece.text)


def span(mention: str | None) -> tuple[int, int] | None:
    """The offsets of a mention such as ``812-825``, None where there is none or it is written otherwise."""
    start, _, end = (mention or "").partition("-")
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else None


def _proof(rows: list[ProofRow]) -> Proof:
    row = rows[0]
    spans = [found for found in map(span, (each.mention for each in rows)) if found]
    quote = pieces(row.quote or "", [(start - row.start, end - row.start) for start, end in spans])
    return Proof(
        row.evidence, quote, row.start, row.end, row.confidence, row.rule,
        Ref(row.review, row.reviewLabel), row.reviewer, row.outlet, row.published,
    )  # fmt: skip


def _batches(facts: Sequence[str]) -> Iterator[list[URIRef]]:
    return ([URIRef(fact) for fact in facts[at : at + BATCH]] for at in range(0, len(facts), BATCH))
