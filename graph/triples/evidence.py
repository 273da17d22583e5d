"""Evidence: the passages of a text that prove a fact, as resources of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import PROV, SKOS, URIRef

from graph.facts import Evidence
from graph.iris import Iris, slug
from graph.triples.sources import TextSource
from graph.triples.terms import Node, Triple, decimal, integer, text, types
from graph.vocabulary import FILM

CONTEXT = 32
"""Code points of prefix and suffix kept beside a quote."""

SEVERAL = frozenset((FILM.country, FILM.studio, SKOS.altLabel))
"""Properties of which one passage may prove several plain values, so that its IRI names the value."""


@dataclass(frozen=True, slots=True)
class Prover:
    """Writes the evidence of one source; a dataset has no text, and so no evidence."""

    iris: Iris
    source: TextSource | None

    def resource(self, fact: URIRef, passages: tuple[Evidence, ...]) -> Iterator[Triple]:
        """The passages behind a role, a credit or a rating."""
        kind, _, *rest = (self.iris.path(fact) or "").split("/")
        for iri, passage in self._each("/".join([kind, *rest]), passages):
            yield fact, FILM.evidence, iri
            yield iri, FILM.supports, fact
            yield from self._passage(iri, passage)

    def statement(
        self, film: URIRef, predicate: URIRef, value: Node, passages: tuple[Evidence, ...]
    ) -> Iterator[Triple]:
        """The passages behind one plain value of the film, such as its year; one line may name several countries."""
        end = [str(value).rsplit("/", 1)[-1]] if isinstance(value, URIRef) else []
        if predicate in SEVERAL:
            end = [slug(str(value))]
        for iri, passage in self._each("/".join([predicate.rsplit("#", 1)[-1], *end]), passages):
            yield film, FILM.evidence, iri
            yield iri, FILM.supports, film
            yield iri, FILM.supportsProperty, predicate
            yield iri, FILM.supportsValue, value
            yield from self._passage(iri, passage)

    def _each(self, path: str, passages: tuple[Evidence, ...]) -> Iterator[tuple[URIRef, Evidence]]:
        """Each place once: where two rules found the same sentence, the surer one, which comes first, stands."""
        if self.source is None:
            return
        seen = set()
        for passage in passages:
            if passage.span not in seen:
                seen.add(passage.span)
                yield self.iris.evidence(self.source.id, passage.span.start, passage.span.end, path), passage

    def _passage(self, iri: URIRef, passage: Evidence) -> Iterator[Triple]:
        source, span = self.source, passage.span
        if source is None:
            return
        yield from types(iri, FILM.Evidence, PROV.Entity)
        yield iri, FILM.inSource, self.iris.review(source.id)
        yield iri, PROV.wasGeneratedBy, self.iris.extraction(source.id)
        yield iri, FILM.start, integer(span.start)
        yield iri, FILM.end, integer(span.end)
        yield iri, FILM.confidence, decimal(round(passage.confidence, 4))
        yield iri, FILM.rule, text(passage.rule)
        yield iri, FILM.sha256, text(source.sha256)
        for mention in passage.mentions:
            yield iri, FILM.mention, text(f"{mention.start}-{mention.end}")
        if source.mode != "offsets":
            yield iri, FILM.quote, text(passage.quote)
            yield iri, FILM.prefix, text(source.text[max(0, span.start - CONTEXT) : span.start])
            yield iri, FILM.suffix, text(source.text[span.end : span.end + CONTEXT])
