"""What a source says of itself: the review or dataset behind a graph, and the run that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, PROV, RDFS, URIRef

from graph.iris import Iris
from graph.resolve import Doubt, Identified, Match
from graph.triples.terms import Triple, date, decimal, optional, text, types
from graph.vocabulary import FILM


@dataclass(frozen=True, slots=True)
class TextSource:
    """A review as a source: its id, its text and how much of the text may be stored (full, quotes or offsets)."""

    id: str
    text: str
    sha256: str
    mode: str
    software: str
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetSource:
    """A dataset as a source: its id, digest and what it says of itself."""

    id: str
    title: str
    sha256: str
    version: str | None = None
    published: str | None = None
    licence: str | None = None
    files: tuple[str, ...] = ()
    """Each file that it came from: its name and the SHA-256 of its bytes, and what of it was chosen."""


def review(iris: Iris, source: TextSource, known: Identified) -> Iterator[Triple]:
    """The review, the graph it fills, and the extraction that read it."""
    said, this, run = known.facts, iris.review(source.id), iris.extraction(source.id)
    yield iris.graph(source.id), PROV.wasDerivedFrom, this
    yield from types(this, FILM.Review, FILM.Source, PROV.Entity)
    yield this, RDFS.label, text(said.headline or f"Review of {known.label}")
    yield from optional(this, FILM.reviewOf, known.film, URIRef)
    yield from optional(this, FILM.headline, said.headline, text)
    if said.reviewer:
        yield this, FILM.reviewer, text(said.reviewer.value)
    if said.outlet:
        yield this, FILM.outlet, text(said.outlet.value)
    if said.published:
        yield this, FILM.published, date(said.published.value)
    if said.url and said.url.startswith(("http://", "https://")):
        yield this, FILM.url, text(said.url)
    yield from optional(this, FILM.licence, source.licence, text)
    yield this, FILM.sha256, text(source.sha256)
    yield this, FILM.textMode, text(source.mode)
    if source.mode == "full":
        yield this, FILM.text, text(source.text)
    yield from types(run, FILM.Extraction, PROV.Activity)
    yield run, PROV.used, this
    yield run, FILM.version, text(source.software)
    yield from decisions(iris, source.id, known.matches, known.doubts)


def decisions(iris: Iris, source: str, matches: Iterable[Match], unsure: Iterable[Doubt]) -> Iterator[Triple]:
    """What of a review was taken for something known, and what was left apart."""
    run = iris.extraction(source)
    for match in matches:
        yield from _match(iris.match(source, match.iri), run, match)
    for doubt in unsure:
        this = iris.doubt(source, doubt.about, doubt.other)
        yield this, PROV.wasGeneratedBy, run
        yield from _doubt(this, doubt)


def doubts(iris: Iris, source: str, unsure: Iterable[Doubt]) -> Iterator[Triple]:
    """What of a dataset was left apart from something known."""
    for doubt in unsure:
        yield from _doubt(iris.doubt(source, doubt.about, doubt.other), doubt)


def merge(iris: Iris, gone: URIRef, match: Match) -> Iterator[Triple]:
    """Why something that was published earlier is something else."""
    this = iris.merge(gone, match.iri)
    yield from types(this, FILM.Merge, PROV.Entity)
    yield this, RDFS.label, text(match.reason)
    yield this, FILM.about, gone
    yield this, DCTERMS.references, match.iri
    yield this, FILM.confidence, decimal(match.confidence)


def _doubt(this: URIRef, doubt: Doubt) -> Iterator[Triple]:
    """Two things that may be one, or contradict each other, and why they were left apart."""
    yield from types(this, FILM.Doubt, PROV.Entity)
    yield this, RDFS.label, text(doubt.reason)
    yield this, FILM.about, doubt.about
    yield this, DCTERMS.references, doubt.other
    yield doubt.about, FILM.disagreesWith if doubt.contradicts else FILM.mayBe, doubt.other


def _match(this: URIRef, run: URIRef, match: Match) -> Iterator[Triple]:
    """Why a film or person of a source was taken for one that was known, and how sure that is."""
    yield from types(this, FILM.Match, PROV.Entity)
    yield this, RDFS.label, text(match.reason)
    yield this, DCTERMS.references, match.iri
    yield this, PROV.wasGeneratedBy, run
    yield this, FILM.confidence, decimal(match.confidence)


def dataset(iris: Iris, source: DatasetSource) -> Iterator[Triple]:
    """The dataset and the graph it fills."""
    this = iris.dataset(source.id)
    yield iris.graph(source.id), PROV.wasDerivedFrom, this
    yield from types(this, FILM.Dataset, FILM.Source, PROV.Entity)
    yield this, RDFS.label, text(source.title)
    yield this, DCTERMS.title, text(source.title)
    yield this, FILM.sha256, text(source.sha256)
    yield from optional(this, FILM.version, source.version, text)
    yield from optional(this, FILM.published, source.published, date)
    yield from optional(this, FILM.licence, source.licence, text)
    yield from ((this, DCTERMS.source, text(file)) for file in source.files)
