"""What the benchmark of the endpoint asks, of a graph in terms of schema.org and of one in our own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SAMPLE = 12_000
"""Terms of each kind that are picked."""
Terms = dict[str, list[str]]
"""IRIs of films and actors, and names of characters as literals."""
Found = dict[str, set[str]]
_PICK = {"cast": "film", "actor's roles": "actor", "co-stars": "actor", "same character": "name"}
_LITERAL = re.compile(r'("(?:[^"\\]|\\.)+") ')


@dataclass(frozen=True)
class Questions:
    """Queries with a place for a term each; ``dump`` has one for an offset, ``ten`` asks for ten rows of a film.

    ``note`` adds what a line of N-Triples tells: its subject, predicate and the rest.
    """

    kinds: dict[str, str]
    dump: str
    ten: str
    note: Callable[[Found, str, str, str], None]

    def lookups(self, found: Terms, each: int) -> dict[str, list[str]]:
        """Queries of each kind, all of them different."""
        return {kind: [text % term for term in found[_PICK[kind]][:each]] for kind, text in self.kinds.items()}

    def cast(self, found: Terms, start: int, end: int) -> list[str]:
        """The casts of some films."""
        return [self.kinds["cast"] % film for film in found["film"][start:end]]

    def terms(self, path: Path) -> Terms:
        """Films, actors and names of characters that have roles, some of each at random, the same each time."""
        found: Found = {"film": set(), "actor": set(), "name": set()}
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                self.note(found, *line.split(" ", 2))
        chance = random.Random(7)  # noqa: S311  # for sampling
        return {kind: chance.sample(sorted(some), min(len(some), SAMPLE)) for kind, some in found.items()}


def _note_schema(found: Found, subject: str, predicate: str, rest: str) -> None:
    """A film's actor is a role that has an actor of its own."""
    if predicate == "<http://schema.org/actor>":
        if subject.startswith("<") and rest.startswith("_:"):
            found["film"].add(subject[1:-1])
        elif rest.startswith("<"):
            found["actor"].add(rest[1 : rest.index(">")])
    elif predicate == "<http://schema.org/characterName>" and (name := _LITERAL.match(rest)):
        found["name"].add(name[1])


def _note_film(found: Found, subject: str, predicate: str, rest: str) -> None:
    if predicate == "<https://w3id.org/filmgraph#inFilm>":
        found["film"].add(rest[1 : rest.index(">")])
    elif predicate == "<https://w3id.org/filmgraph#performer>":
        found["actor"].add(rest[1 : rest.index(">")])
    elif (
        predicate == "<https://w3id.org/filmgraph#name>" and "/character/" in subject and (name := _LITERAL.match(rest))
    ):
        found["name"].add(name[1])


_S = "PREFIX s: <http://schema.org/> "
SCHEMA = Questions(
    {
        "cast": _S + "SELECT ?n ?c { <%s> s:actor ?r . ?r s:actor/s:name ?n ; s:characterName ?c }",
        "actor's roles": _S + "SELECT ?t ?c { ?r s:actor <%s> ; s:characterName ?c . ?f s:actor ?r ; s:name ?t }",
        "co-stars": _S + "SELECT ?n (COUNT(DISTINCT ?f) AS ?k) { ?r s:actor <%s> . ?f s:actor ?r , ?q . "
        "?q s:actor ?o . ?o s:name ?n } GROUP BY ?n ORDER BY DESC(?k) LIMIT 20",
        "same character": _S + "SELECT ?n ?t { ?r s:characterName %s ; s:actor/s:name ?n . ?f s:actor ?r ; s:name ?t }",
    },
    _S + "SELECT ?f ?t { ?f a s:Movie ; s:name ?t } OFFSET %d LIMIT 10000",
    _S + "SELECT ?t ?n { <%s> s:actor ?r . ?r s:actor/s:name ?n . <%s> s:name ?t } LIMIT 10",
    _note_schema,
)
_F = "PREFIX film: <https://w3id.org/filmgraph#> "
FILM = Questions(
    {
        "cast": _F + "SELECT ?n ?c { ?r film:inFilm <%s> ; film:performer/film:name ?n ; film:character/film:name ?c }",
        "actor's roles": _F + "SELECT ?t ?c { ?r film:performer <%s> ; film:character/film:name ?c ; "
        "film:inFilm/film:title ?t }",
        "co-stars": _F + "SELECT ?n (COUNT(DISTINCT ?f) AS ?k) { ?r film:performer <%s> ; film:inFilm ?f . "
        "?q film:inFilm ?f ; film:performer/film:name ?n } GROUP BY ?n ORDER BY DESC(?k) LIMIT 20",
        "same character": _F + "SELECT ?n ?t { ?c film:name %s ; a film:Character . ?r film:character ?c ; "
        "film:performer/film:name ?n ; film:inFilm/film:title ?t }",
    },
    _F + "SELECT ?f ?t { ?f a film:Film ; film:title ?t } OFFSET %d LIMIT 10000",
    _F + "SELECT ?t ?n { ?r film:inFilm <%s> ; film:performer/film:name ?n . <%s> film:title ?t } LIMIT 10",
    _note_film,
)
