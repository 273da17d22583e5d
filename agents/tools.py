"""The tools as clients see them: their arguments, and what each is for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from agents import asking, casts, meant, proofs, schema, ways
from agents.answers import Evidence, Examples, Found, Roles, Schema, Table, Way
from agents.world import World

Kind = Literal["film", "person", "character", "genre", "review"]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=50, description="How many at most; the answer says how many there are beyond.")]
Rows = Annotated[int, Field(ge=1, le=500, description="Rows or triples at most; the answer says how many are beyond.")]
Film = Annotated[
    Text, Field(description="A film: its IRI, its exact title, or its title with the year: Skyfall (2012).")
]
Person = Annotated[Text, Field(description="A person: the IRI, or the exact name.")]
Character = Annotated[Text, Field(description="A character: the IRI, the name, or for a film a part of the name.")]


class Tools:
    """Each method is a tool; its docstring is what a client reads before it calls it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def find_entity(
        self,
        name: Annotated[Text, Field(description="A name or a part of it; accents and case do not matter.")],
        kind: Annotated[Kind | None, Field(description="Look only among these.")] = None,
        limit: Limit = 10,
    ) -> Found:
        """Find films, people, characters, genres and reviews by name, with their IRIs. Begin here.

        A role is found by two of its sides, such as actor and film.
        """
        entities, near = meant.search(self.world.view(), name, kind, limit + 1)
        return Found(entities=entities[:limit], more=len(entities) > limit, near=near)

    def who_played(self, film: Film | None = None, character: Character | None = None, limit: Limit = 20) -> Roles:
        """Tell who played whom, each with the sentence that proves it.

        Give a film for its cast, leads first, a film and a character for that part, or a character for everyone who has
        played one of that name in any film.
        """
        return casts.who_played(self.world.view(), film, character, limit)

    def roles_of(self, person: Person, film: Film | None = None, limit: Limit = 20) -> Roles:
        """List the parts a person played, newest film first, each with the sentence that proves it."""
        return casts.roles_of(self.world.view(), person, film, limit)

    def evidence(
        self,
        fact: Annotated[Text, Field(description="IRI of a role, credit, film or rating, from an earlier answer.")],
        limit: Limit = 10,
    ) -> Evidence:
        """Give every passage that proves a fact, word for word, with its review, and the datasets that state it."""
        return proofs.evidence(self.world.view(), fact, limit)

    def path(self, origin: Person, goal: Person) -> Way:
        """Connect two people by the shortest chain of films in which each acts with the next."""
        return ways.path(self.world.view(), origin, goal)

    def schema(
        self,
        term: Annotated[
            Text | None, Field(description="One class or property, such as film:Role, for examples.")
        ] = None,
    ) -> Schema:
        """List the classes and properties that SPARQL queries are written in, or explain one of them."""
        return schema.schema(self.world.iris.base, self.world.prefixes, term)

    def example_queries(
        self,
        about: Annotated[Text | None, Field(description="Words to look for, such as director or genre.")] = None,
        limit: Limit = 5,
    ) -> Examples:
        """Give SPARQL queries that run as they stand, each with the question that it answers."""
        return schema.example_queries(about, limit)

    def sparql(
        self,
        query: Annotated[str, Field(description="A SELECT, ASK, CONSTRUCT or DESCRIBE query of SPARQL 1.1.")],
        limit: Rows = 50,
    ) -> Table:
        """Ask the graph in SPARQL. Only reads; SERVICE is refused; time, memory and size are bounded.

        Prefixes need no declaration, and relative IRIs are under the base. Read schema and example_queries first.
        """
        return asking.sparql(self.world, self.world.view(), query, limit)
