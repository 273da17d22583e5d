"""The graph of one source: a film's data, people, credits, roles and ratings, with their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from rdflib import RDFS, SKOS, URIRef

from graph.facts import Facts, Rating, Role, Value
from graph.iris import Iris
from graph.resolve import Identified
from graph.triples import sources
from graph.triples.evidence import Prover
from graph.triples.sources import DatasetSource, TextSource
from graph.triples.terms import Node, Triple, decimal, integer, nquads, optional, text, types, year
from graph.vocabulary import FILM

T = TypeVar("T")


def review_quads(iris: Iris, source: TextSource, known: Identified) -> bytes:
    """The graph of one review as N-Quads: film, people, roles, ratings, the review itself and all evidence."""
    story = _Story(iris, known, Prover(iris, source), iris.review(source.id), source.id)
    return nquads([*story.triples(), *sources.review(iris, source, known)], iris.graph(source.id))


def dataset_quads(iris: Iris, source: DatasetSource, films: Iterable[Identified]) -> bytes:
    """The graph of one dataset as N-Quads: the facts of all its films and what the dataset says of itself."""
    prover, dataset = Prover(iris, None), iris.dataset(source.id)
    triples = (t for known in films for t in _Story(iris, known, prover, dataset, source.id).triples())
    return nquads([*triples, *sources.dataset(iris, source)], iris.graph(source.id))


@dataclass(frozen=True, slots=True)
class _Story:
    """One film as one source tells it."""

    iris: Iris
    known: Identified
    prover: Prover
    origin: URIRef
    source: str

    def triples(self) -> Iterator[Triple]:
        film, said = self.known.film, self.known.facts
        if film is None:
            return
        yield from self._film(film, said)
        for person, name in self.known.names.items():
            yield from types(person, FILM.Person)
            yield from ((person, predicate, text(name)) for predicate in (FILM.name, RDFS.label))
        yield from self._credits(film, said)
        for role in said.roles:
            yield from self._role(film, role)
        for rating in said.ratings:
            yield from self._rating(film, rating)

    def _film(self, film: URIRef, said: Facts) -> Iterator[Triple]:
        data = said.film
        yield from types(film, FILM.Film)
        yield film, RDFS.label, text(self.known.label)
        yield from self._value(film, FILM.title, data.title, text)
        yield from self._value(film, FILM.originalTitle, data.original_title, text)
        for title in data.other_titles:
            yield from self._value(film, SKOS.altLabel, title, text)
        yield from self._value(film, FILM.year, data.year, year)
        yield from self._value(film, FILM.runtime, data.runtime, integer)
        yield from self._value(film, FILM.certificate, data.certificate, text)
        yield from self._value(film, FILM.tagline, data.tagline, text)
        yield from self._value(film, FILM.description, data.description, text)
        for country in data.countries:
            yield from self._value(film, FILM.country, country, text)
        for studio in data.studios:
            yield from self._value(film, FILM.studio, studio, text)
        for genre in data.genres:
            yield from self._genre(film, genre)

    def _genre(self, film: URIRef, genre: Value[str]) -> Iterator[Triple]:
        this, name = self.iris.genre(genre.value), text(genre.value)
        yield from self._value(film, FILM.genre, genre, self.iris.genre)
        yield from types(this, FILM.Genre, SKOS.Concept)
        yield from ((this, predicate, name) for predicate in (FILM.name, RDFS.label, SKOS.prefLabel))

    def _credits(self, film: URIRef, said: Facts) -> Iterator[Triple]:
        acting = {role.actor for role in said.roles}
        for credit in said.credits:
            if credit.job == "actor" and credit.person in acting:
                continue  # the role says more
            person = self.known.people[credit.person]
            this = self.iris.credit(film, person, credit.job)
            yield from types(this, FILM.Credit)
            yield this, RDFS.label, text(f"{credit.person}, {credit.job}")
            yield this, FILM.inFilm, film
            yield this, FILM.person, person
            yield this, FILM.job, text(credit.job)
            yield from self.prover.resource(this, credit.evidence)

    def _role(self, film: URIRef, role: Role) -> Iterator[Triple]:
        person, whom = self.known.people[role.actor], role.character or role.description or ""
        this = self.iris.role(film, person, whom)
        yield from types(this, FILM.Role)
        yield this, RDFS.label, text(f"{role.actor} as {whom}")
        yield this, FILM.inFilm, film
        yield this, FILM.performer, person
        yield from optional(this, FILM.roleDescription, role.description, text)
        yield from optional(this, FILM.billing, role.billing, integer)
        if role.character is not None:
            character = self.iris.character(film, role.character)
            yield this, FILM.character, character
            yield from types(character, FILM.Character)
            yield from ((character, predicate, text(role.character)) for predicate in (FILM.name, RDFS.label))
            yield character, FILM.inFilm, film
        yield from self.prover.resource(this, role.evidence)

    def _rating(self, film: URIRef, rating: Rating) -> Iterator[Triple]:
        this = self.iris.rating(self.source, rating.kind, film)
        yield film, FILM.rating, this
        yield from types(this, FILM.Rating)
        yield this, RDFS.label, text(f"{rating.value:g} of {rating.best:g}")
        yield this, FILM.inFilm, film
        yield this, FILM.inSource, self.origin
        yield this, FILM.ratingKind, text(rating.kind)
        yield this, FILM.ratingValue, decimal(rating.value)
        yield this, FILM.bestRating, decimal(rating.best)
        yield from optional(this, FILM.ratingCount, rating.count, integer)
        yield from self.prover.resource(this, rating.evidence)

    def _value(
        self, film: URIRef, predicate: URIRef, value: Value[T] | None, term: Callable[[T], Node]
    ) -> Iterator[Triple]:
        """A plain value of the film and the passages that prove it."""
        if value is not None:
            node = term(value.value)
            yield film, predicate, node
            yield from self.prover.statement(film, predicate, node, value.evidence)
