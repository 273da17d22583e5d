"""Entity resolution: which film, which person and which character a source means.

Sure cases only: the same title and year, or a title that only one known film has; the same name; a character's name
that fits exactly one role of that actor in that film. Whatever is unsure stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from graph.facts import Facts, Role
from graph.iris import Iris, slug

_ARTICLES = frozenset({"a", "an", "the"})
_FORMS = frozenset(
    """
    a an the young old
    mr mrs ms miss dr doctor sir dame lady lord madame monsieur prof professor reverend father sister brother aunt uncle
    captain capt lt lieutenant sgt sergeant col colonel major gen general private officer detective agent sheriff
    inspector judge coach king queen prince princess
    """.split()  # noqa: SIM905  # reads as the word list it is
)
"""Words of a name that do not tell one character from another."""


@dataclass(frozen=True, slots=True)
class KnownFilm:
    """A film of the graph, as far as resolution needs it; ``people`` are the IRIs of cast and crew."""

    iri: URIRef
    label: str
    year: int | None
    people: frozenset[URIRef] = frozenset()


@dataclass(slots=True)
class Known:
    """What the graph holds already; grows while sources are added."""

    films: dict[str, list[KnownFilm]] = field(default_factory=dict)
    names: dict[URIRef, str] = field(default_factory=dict)
    """The spelling of each person's name that came first."""
    roles: dict[tuple[URIRef, URIRef], set[str]] = field(default_factory=dict)
    """Names of the characters that a person plays in a film."""

    def learn_film(self, title: str, film: KnownFilm) -> None:
        """Note a film under a title; what was known of its people is kept."""
        same = self.films.setdefault(title_key(title), [])
        before = [other for other in same if other.iri == film.iri]
        people = film.people.union(*(other.people for other in before))
        same[:] = [other for other in same if other.iri != film.iri]
        same.append(replace(before[0] if before else film, people=people))

    def learn_role(self, film: URIRef, person: URIRef, character: str) -> None:
        """Note that a person plays a character in a film."""
        self.roles.setdefault((film, person), set()).add(character)


@dataclass(frozen=True, slots=True)
class Identified:
    """Facts whose film and people have IRIs; ``film`` is None where the source names no film."""

    facts: Facts
    film: URIRef | None
    label: str
    people: dict[str, URIRef]
    names: dict[URIRef, str]
    """The name under which the graph knows each person."""


def identify(facts: Facts, iris: Iris, known: Known) -> Identified:
    """Give the film and the people of one source their IRIs, and its characters the names known for them."""
    said = sorted({role.actor for role in facts.roles} | {credit.person for credit in facts.credits})
    ids = dict(facts.identifiers)
    people = {name: iris.person(name, ids.get(name)) for name in said}
    names: dict[URIRef, str] = {}
    for name, person in people.items():
        names.setdefault(person, known.names.get(person, name))
    if facts.film.title is None:
        return Identified(facts, None, "an unnamed film", people, names)
    film, label = _film(facts, facts.film.title.value, iris, known, frozenset(names))
    said_roles = (_as_known(role, known.roles.get((film, people[role.actor]), set())) for role in facts.roles)
    roles = _distinct(said_roles, people)
    return Identified(replace(facts, roles=roles), film, label, people, names)


def learn(identified: Identified, known: Known) -> None:
    """Note what a source said, so that the next one can be resolved against it."""
    film, data = identified.film, identified.facts.film
    if film is None or data.title is None:
        return
    year = data.year.value if data.year else None
    note = KnownFilm(film, identified.label, year, frozenset(identified.names))
    for title in (data.title, data.original_title):
        if title is not None:
            known.learn_film(title.value, note)
    for person, name in identified.names.items():
        known.names.setdefault(person, name)
    for role in identified.facts.roles:
        if role.character:
            known.learn_role(film, identified.people[role.actor], role.character)


def title_key(title: str) -> str:
    """A title without case, accents, punctuation and leading article.

    >>> title_key("The Great Dictator"), title_key("1 Mile to You")
    ('great-dictator', '1-mile-to-you')
    """
    words = slug(title).split("-")
    return "-".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def compatible(one: str, other: str) -> bool:
    """Whether two names can mean one character: one's telling words are among the other's.

    >>> compatible("Bond", "James Bond"), compatible("Coach K", "Kevin"), compatible("Mrs. Hudson", "Hudson")
    (True, False, True)
    """
    a, b = _telling(one), _telling(other)
    return bool(a and b) and (a <= b or b <= a)


def _telling(name: str) -> set[str]:
    words = set(slug(name).split("-"))
    return words - _FORMS or words


def _film(facts: Facts, title: str, iris: Iris, known: Known, people: frozenset[URIRef]) -> tuple[URIRef, str]:
    """The film's IRI and label: those of the known film that is meant, else new ones."""
    year, identifier = facts.film.year.value if facts.film.year else None, facts.film.identifier
    label = title if year is None else f"{title} ({year})"
    if identifier:
        return iris.film(title, year, identifier), label
    found = _matching(known.films.get(title_key(title), []), year, people)
    return (found.iri, found.label) if found else (iris.film(title, year), label)


def _matching(films: Sequence[KnownFilm], year: int | None, people: frozenset[URIRef]) -> KnownFilm | None:
    """The one film meant: same year; or, a year off or without a year, one that shares people; or the only one."""
    same = [film for film in films if year is None or film.year == year]
    if len(same) == 1:
        return same[0]
    shared = [film for film in films if film.people & people]
    near = [film for film in shared if film in same or (not same and _near(film.year, year))]
    return near[0] if len(near) == 1 else None


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) == 1


def _as_known(role: Role, characters: set[str]) -> Role:
    """The role under the character's known name, where exactly one known name fits."""
    if role.character is None or role.character in characters:
        return role
    fitting = sorted(name for name in characters if compatible(name, role.character))
    return replace(role, character=fitting[0]) if len(fitting) == 1 else role


def _distinct(roles: Iterable[Role], people: dict[str, URIRef]) -> tuple[Role, ...]:
    """Roles that became the same under the known name, as one with the evidence of all."""
    merged: dict[tuple[URIRef, str], Role] = {}
    for role in sorted(roles, key=lambda role: role.character is None):  # a name beats a description of the same words
        key = (people[role.actor], slug(role.character or role.description or ""))
        first = merged.get(key)
        merged[key] = (
            role
            if first is None
            else replace(
                first,
                confidence=max(first.confidence, role.confidence),
                evidence=first.evidence + role.evidence,
            )
        )
    return tuple(merged.values())
