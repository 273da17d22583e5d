"""What the graph holds already, as far as adding to it needs: films, people, roles and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from rdflib import URIRef

from graph import query
from graph.facts import Facts
from graph.iris import Iris
from graph.resolve import Known, KnownFilm, may_be_of, spellings, titled
from graph.sidecar import Sidecar
from graph.store import QuerySource


@dataclass(frozen=True, slots=True)
class StoredSource:
    """One source of the graph: its graph's IRI, its own IRI, its label and the digest of its text or file."""

    graph: str
    source: str
    label: str
    sha256: str

    @property
    def id(self) -> str:
        """The end of its IRI, which ``filmgraph remove`` takes."""
        return self.graph.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class _Film:
    film: str
    title: str
    label: str
    year: int | None
    stated: bool


@dataclass(frozen=True, slots=True)
class _Person:
    film: str
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    person: str
    name: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class _Role:
    film: str
    person: str
    character: str
    stated: bool


def sources(source: QuerySource) -> list[StoredSource]:
    """All sources, sorted by graph."""
    return query.rows(source, "known/sources", StoredSource)


class Memory:
    """What the graph holds, remembered as far as each source asks for it: a title, a name at a time.

    ``index`` is the search index of the snapshot from which ``source`` began, None where there is none yet: it finds
    films by title and people by name at any size; what is known of them is asked of ``source``.
    """

    def __init__(self, source: QuerySource, index: Sidecar | None, iris: Iris) -> None:
        self.known = Known()
        self._source, self._index, self._iris = source, index, iris
        self._asked: dict[str, set[str]] = {"film": set(), "cast": set(), "person": set()}

    def about(self, facts: Facts) -> Known:
        """Everything known that may bear on these facts."""
        if self._index is not None and facts.film.title is not None:
            titles = [facts.film.title, facts.film.original_title, *facts.film.other_titles]
            wanted = [form for title in titles if title for form in (title.value, *spellings(title.value))]
            found = self._index.named("film", wanted)
            self._learn_films(self._new("film", found))
            self._learn_casts(self._new("cast", set(found) & self._near(facts)))
        names = {role.actor for role in facts.roles} | {credit.person for credit in facts.credits}
        if self._index is not None and names:
            bearers = self._index.named("person", names)
            self._learn_people(self._new("person", {*bearers, *(str(self._iris.person(name)) for name in names)}))
        return self.known

    def of_films(self, films: Iterable[str]) -> Known:
        """Everything known of some films: their people and roles too."""
        wanted = list(films)
        self._learn_films(self._new("film", wanted))
        self._learn_casts(self._new("cast", wanted))
        return self.known

    def _near(self, facts: Facts) -> set[str]:
        """The films that these facts may be of: of a title that hundreds bear, only a few are of the year."""
        year, film = facts.film.year.value if facts.film.year else None, facts.film
        own = {str(self._iris.film(film.title.value, year, film.identifier))} if film.title else set()
        return own | {str(other.iri) for other in titled(film, self.known) if may_be_of(other, year)}

    def _new(self, kind: str, iris: Iterable[str]) -> list[URIRef]:
        """Those that were not asked for before."""
        new = sorted(set(iris) - self._asked[kind])
        self._asked[kind].update(new)
        return [URIRef(iri) for iri in new]

    def _learn_films(self, films: list[URIRef]) -> None:
        if not films:
            return
        for row in query.rows(self._source, "known/films", _Film, film=films):
            self.known.learn_film(row.title, KnownFilm(URIRef(row.film), row.label, row.year, row.stated))

    def _learn_casts(self, films: list[URIRef]) -> None:
        if not films:
            return
        for person in query.rows(self._source, "known/people", _Person, film=films):
            self.known.learn_person(URIRef(person.film), URIRef(person.person), person.name)
        for role in query.rows(self._source, "known/roles", _Role, film=films):
            self.known.learn_role(URIRef(role.film), URIRef(role.person), role.character, role.stated)

    def _learn_people(self, people: list[URIRef]) -> None:
        if people:
            for row in query.rows(self._source, "known/names", _Name, person=people):
                self.known.learn_person(None, URIRef(row.person), row.name)
                for year in filter(None, (row.first, row.last)):
                    self.known.learn_year(URIRef(row.person), int(year))


def no_such_source(wanted: str, ids: list[str]) -> str:
    """The message for an unknown source, with the ids that look like it."""
    begun = sorted(known for known in ids if known.startswith(f"{wanted}-"))
    near = begun[:3] or get_close_matches(wanted, ids, n=3, cutoff=0.5)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"there is no source {wanted!r}{meant} (`filmgraph stats --sources` lists all {len(ids)})"
