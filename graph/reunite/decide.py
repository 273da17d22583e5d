"""Decides which films, people and roles of stored sources are others that the graph knows under better ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from graph.facts import Credit, Facts, Film, Role, Value
from graph.iris import Iris
from graph.recall import Memory, StoredSource
from graph.resolve import Attached, Doubt, FoundPerson, Match, find_film, find_person, rank
from graph.resolve.identify import attach_role
from graph.resolve.known import STATED, KnownFilm
from graph.triples.told import Part, Told

CHUNK = 100
"""Films whose casts are looked up at a time."""
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


Votes = dict[URIRef, dict[tuple[URIRef, URIRef], FoundPerson]]
"""Of people with ids of other sites: whom each film and person of it is found to be."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one source tells, and whether it is a dataset."""

    entry: StoredSource
    told: Told
    stated: bool


@dataclass(slots=True)
class Decided:
    """What resolution made of films, people and roles."""

    films: dict[URIRef, Match] = field(default_factory=dict)
    people: dict[tuple[URIRef, URIRef], Match] = field(default_factory=dict)
    roles: dict[URIRef, Attached] = field(default_factory=dict)
    reasons: dict[tuple[str, URIRef], Match] = field(default_factory=dict)
    """Of a source's graph and a film in it: the reason that this source gives for what became of the film."""
    characters: dict[URIRef, Match] = field(default_factory=dict)
    labels: dict[URIRef, str] = field(default_factory=dict)
    """What the films and people are called that others became."""
    doubts: dict[URIRef | tuple[URIRef, URIRef], list[Doubt]] = field(default_factory=lambda: defaultdict(list))
    """By the film, by film and person, or by the role that they are about, under the IRIs they had."""

    def now(self, part: Part) -> tuple[URIRef, URIRef]:
        """The film and the person of a part, under the IRIs that they have now."""
        film, person = self.films.get(part.film), self.people.get((part.film, part.person))
        return film.iri if film else part.film, person.iri if person else part.person


def decide(graphs: list[Source], iris: Iris, memory: Memory, progress: Progress) -> Decided:
    """Hold all that these sources tell against the whole graph."""
    decided = Decided()
    _films(graphs, memory, decided, progress)
    _people(graphs, iris, memory, decided, progress)
    _roles(graphs, iris, memory, decided)
    return decided


def _films(graphs: list[Source], memory: Memory, decided: Decided, progress: Progress) -> None:
    """Which films are others of a better rank."""
    by_film = {film: telling for film, telling in _by_film(graphs).items() if rank(film)}
    for number, (film, telling) in enumerate(sorted(by_film.items())):
        progress("films", number, len(by_film))
        _film(film, telling, memory, decided)
    takers: dict[tuple[str, URIRef], list[URIRef]] = defaultdict(list)
    for (graph, film), match in decided.reasons.items():
        takers[graph, match.iri].append(film)
    for (_, into), rivals in takers.items():
        _refuse_rivals(into, rivals, decided)
    for film, match in sorted(decided.films.items()):
        while (further := decided.films.get(match.iri)) is not None:  # ranks only get better, so this ends
            match = replace(match, iri=further.iri)
        decided.films[film] = match


def _film(film: URIRef, telling: list[Source], memory: Memory, decided: Decided) -> None:
    """Which film one film is, by all that these sources say of it together."""
    facts = _facts(film, telling)
    if facts is None:
        return
    year, stated = facts.film.year.value if facts.film.year else None, any(graph.stated for graph in telling)
    own = KnownFilm(film, "", year, stated)
    found = find_film(facts, memory.about(facts), own)
    decided.doubts[film] = [Doubt(film, other.iri, reason) for other, reason in found.maybe]
    if found.film is not None and found.match is not None:
        decided.films[film] = found.match
        decided.labels[found.film.iri] = found.film.label
        for graph in telling:
            decided.reasons[graph.entry.graph, film] = _own_reason(film, graph, own, found.match, memory)


def _own_reason(film: URIRef, graph: Source, own: KnownFilm, match: Match, memory: Memory) -> Match:
    """Why one source's film is the other, by what this source says alone, if that is enough."""
    facts = _facts(film, [graph])
    alone = find_film(facts, memory.about(facts), own).match if facts else None
    return alone if alone is not None and alone.iri == match.iri else match


def _refuse_rivals(into: URIRef, rivals: list[URIRef], decided: Decided) -> None:
    """A source that tells of two films knows them apart: neither is taken for the one."""
    for film in rivals if len(rivals) > 1 else []:
        if decided.films.pop(film, None) is not None:
            decided.doubts[film].append(Doubt(film, into, f"one of {len(rivals)} films of one source that may be it"))


def _by_film(graphs: list[Source]) -> dict[URIRef, list[Source]]:
    found: dict[URIRef, list[Source]] = defaultdict(list)
    for graph in graphs:
        for film in graph.told.titles:
            found[film].append(graph)
    return found


def _facts(film: URIRef, telling: list[Source]) -> Facts | None:
    """What all these sources say of a film, as far as it tells which film it is."""
    titles = list(dict.fromkeys(title for graph in telling for title in graph.told.titles[film]))
    years = Counter(graph.told.years[film] for graph in telling if film in graph.told.years)
    names = {
        graph.told.names[part.person]
        for graph in telling
        for part in graph.told.of_film.get(film, ())
        if part.person in graph.told.names
    }
    if not titles:
        return None
    year = min(years, key=lambda year: (-years[year], year)) if years else None
    data = Film(Value(titles[0]), Value(year) if year else None, other_titles=tuple(map(Value, titles[1:])))
    return Facts("", data, credits=tuple(Credit(name, "actor") for name in sorted(names)))


def _people(graphs: list[Source], iris: Iris, memory: Memory, decided: Decided, progress: Progress) -> None:
    """Who is somebody of a better rank: by name film by film, by another site's id only if all films agree."""
    pairs = _pairs(graphs)
    into = {film: decided.films[film].iri if film in decided.films else film for film, _ in pairs}
    _look_up(sorted(set(into.values())), memory)
    votes: Votes = defaultdict(dict)
    for number, ((film, person), (name, year)) in enumerate(sorted(pairs.items())):
        progress("people", number, len(pairs))
        known = memory.about(Facts("", credits=(Credit(name, "actor"),)))
        found = find_person(name, into[film], iris, known, person, by_name=rank(person) >= STATED, year=year)
        decided.doubts[film, person] = list(found.doubts)
        if rank(person) < STATED:
            votes[person][film, person] = found
        elif found.match is not None:
            decided.people[film, person] = found.match
    _elect_all(votes, decided)
    for match in decided.people.values():
        decided.labels[match.iri] = memory.known.names.get(match.iri, "")


def _look_up(films: list[URIRef], memory: Memory) -> None:
    for start in range(0, len(films), CHUNK):
        memory.of_films(films[start : start + CHUNK])


def _pairs(graphs: list[Source]) -> dict[tuple[URIRef, URIRef], tuple[str, int | None]]:
    """Each film and each person in it whose IRI may give way to a better one: the person's name, the film's year."""
    return {
        (part.film, part.person): (graph.told.names[part.person], graph.told.years.get(part.film))
        for graph in graphs
        for part in graph.told.parts.values()
        if rank(part.person) and part.person in graph.told.names
    }


def _targets(found: dict[tuple[URIRef, URIRef], FoundPerson]) -> set[URIRef]:
    return {each.match.iri for each in found.values() if each.match is not None}


def _elect_all(votes: Votes, decided: Decided) -> None:
    """Decide on people with ids, and lead those who became one of them on to whom these became."""
    taken = Counter(target for found in votes.values() for target in _targets(found))
    for person, found in votes.items():
        _elect(person, found, taken, decided)
    elected = {person: decided.people[min(found)] for person, found in votes.items() if min(found) in decided.people}
    for pair, match in decided.people.items():
        decided.people[pair] = replace(match, iri=elected.get(match.iri, match).iri)


def _elect(
    person: URIRef, found: dict[tuple[URIRef, URIRef], FoundPerson], taken: Counter[URIRef], decided: Decided
) -> None:
    """A person with an id is somebody else only if every film that tells says so, and nobody else is."""
    targets = _targets(found)
    telling = [pair for pair, each in found.items() if each.match is not None]
    if len(targets) == 1 and taken[min(targets)] == 1:
        into, count = min(targets), len(telling)
        reason = f"the same name in the cast of {count} {'film' if count == 1 else 'films'}"
        for pair in found:
            decided.people[pair] = Match(into, reason, min(0.99, round(0.93 + 0.02 * count, 2)))
        return
    for pair in telling:
        decided.doubts[pair] += [Doubt(person, target, "other films tell otherwise") for target in sorted(targets)]


def _roles(graphs: list[Source], iris: Iris, memory: Memory, decided: Decided) -> None:
    """Which roles of texts go by another name in a dataset."""
    for graph in graphs:
        for part in graph.told.parts.values() if not graph.stated else ():
            if part.character is None or part.character not in graph.told.names:
                continue
            film, person = decided.now(part)
            role = Role("", graph.told.names[part.character], None, 1.0)
            attached = attach_role(role, film, person, memory.of_films([film]))
            decided.roles[part.iri] = attached
            if attached.reason and attached.role.character:
                new = iris.character(film, attached.role.character)
                decided.characters[part.character] = Match(new, attached.reason, attached.confidence)
