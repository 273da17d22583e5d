"""A withdrawal as a value, and as statements of the graph of withdrawals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Literal, URIRef

from graph import query
from graph.iris import Iris
from graph.store import QuerySource
from graph.triples.terms import Triple, date, nquads, optional, text, types
from graph.vocabulary import FILM

Lines = frozenset[bytes]
"""Lines of N-Quads, without line breaks."""
_TYPED = f" <{RDF.type}> ".encode()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The decision that a role no longer stands in one source, or everywhere.

    ``source`` is the IRI of the source for which it holds, None for one that holds everywhere; ``day`` is an ISO date.
    ``taken`` is what it took out of each graph, by the graph's IRI; ``former`` are IRIs that it had under others of its
    role or source.
    """

    role: URIRef
    reason: str
    day: str
    by: str | None
    source: URIRef | None
    taken: dict[str, Lines]
    former: frozenset[URIRef] = frozenset()

    def covers(self, graph: str, iris: Iris) -> bool:
        """Whether it holds for what a graph says."""
        return self.source is None or graph == str(iris.graph(_end(self.source)))

    def iri(self, iris: Iris) -> URIRef:
        """The withdrawal's own IRI: there is one for a role and a source, and one for a role everywhere."""
        return iris.withdrawal(self.role, None if self.source is None else _end(self.source))


@dataclass(frozen=True, slots=True)
class _Row:
    withdrawal: str
    role: str
    reason: str
    day: str
    by: str | None
    everywhere: bool
    source: str | None
    statements: str | None


@dataclass(frozen=True, slots=True)
class _Former:
    former: str
    withdrawal: str


def read_all(source: QuerySource) -> list[Withdrawal]:
    """All withdrawals, sorted by role."""
    found: dict[str, Withdrawal] = {}
    for row in query.rows(source, "withdrawn/decisions", _Row):
        only = None if row.everywhere or row.source is None else URIRef(row.source)
        taken = by_graph(row.statements or "")
        found[row.withdrawal] = Withdrawal(URIRef(row.role), row.reason, row.day, row.by, only, taken)
    for gone in query.rows(source, "withdrawn/former", _Former):
        if there := found.get(gone.withdrawal):
            found[gone.withdrawal] = replace(there, former=there.former | {URIRef(gone.former)})
    return list(found.values())


def by_graph(statements: str) -> dict[str, Lines]:
    """The N-Quads of a text by the graph that each names."""
    found: dict[str, set[bytes]] = {}
    for line in statements.encode().split(b"\n"):
        if line:
            found.setdefault(line[line.rindex(b" <") + 2 : -3].decode(), set()).add(line)
    return {graph: frozenset(lines) for graph, lines in found.items()}


def as_quads(iris: Iris, withdrawals: Iterable[Withdrawal], sources: dict[str, str]) -> bytes:
    """The graph of withdrawals; ``sources`` are the sources' IRIs by those of their graphs."""
    triples = (triple for each in withdrawals for triple in _triples(iris, each, sources))
    return nquads(triples, iris.withdrawals)


def _triples(iris: Iris, each: Withdrawal, sources: dict[str, str]) -> Iterator[Triple]:
    this = each.iri(iris)
    yield from types(this, FILM.Withdrawal, PROV.Entity)
    yield this, FILM.about, each.role
    yield this, RDFS.label, text(each.reason)
    yield this, DCTERMS.created, date(each.day)
    yield from optional(this, DCTERMS.creator, each.by, text)
    yield this, FILM.everywhere, Literal("false" if each.source else "true", datatype=XSD.boolean)
    told = [URIRef(sources[graph]) for graph in each.taken if graph in sources]
    for source in told if each.source is None else [each.source]:
        yield this, FILM.withdrawnFrom, source
    lines = sorted(line for lines in each.taken.values() for line in lines)
    yield from optional(this, FILM.withdrawnStatements, b"\n".join(lines).decode() or None, text)
    for thing in _described(lines):
        yield thing, FILM.withdrawnBy, this
    for gone in each.former:
        yield gone, FILM.mergedInto, this


def _described(lines: Iterable[bytes]) -> Iterator[URIRef]:
    """The things of which the lines say what they are: all that is said of them in their graph went along."""
    return (URIRef(line[1 : line.index(b">")].decode()) for line in lines if _TYPED in line)


def _end(source: str) -> str:
    return source.rsplit("/", 1)[-1]
