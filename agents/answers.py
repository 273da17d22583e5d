"""What the tools answer: their fields and the notes on them are the schemas that clients see."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

Cell = str | int | float | bool


class Answer(BaseModel):
    """A part of an answer; what is not known is left out of it."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value is not None}


class Ref(Answer):
    """A thing of the graph."""

    iri: str
    label: str


class FilmRef(Ref):
    """A film; the label is its title."""

    year: int | None = None


class Entity(Ref):
    """A thing found by its name."""

    kind: str
    """film, person, character, genre or review; role, where an actor and a film, say, name one together."""
    detail: str | None = None
    """A film's year, the film of a character or role, or the sentence of a review that holds the words."""


class Found(Answer):
    """What is called so, the best first."""

    entities: list[Entity]
    more: bool = False
    """Whether there are others; ask for more of them with limit."""
    near: bool = False
    """True where nothing is called so: these are only spelt much alike."""


class Proof(Answer):
    """A passage of a review that proves a fact."""

    evidence: str
    """IRI of the passage."""
    quote: str | None = None
    """The sentence, word for word; absent where the source may not be quoted."""
    source: Ref
    """The review in which it stands."""
    reviewer: str | None = None
    outlet: str | None = None
    published: str | None = None
    start: int
    """Where it begins in the source's text, in code points."""
    end: int
    confidence: float
    """How sure the reading is, from 0 to 1."""
    about: str | None = None
    """For a film: which of its values the passage proves, such as film:year 2017."""


class RoleLine(Answer):
    """One acting part: who plays whom in which film, with the best proof of it."""

    role: str
    """IRI of the role; give it to the tool evidence for every proof."""
    film: FilmRef
    person: Ref
    character: Ref | None = None
    description: str | None = None
    """In place of a name, such as "the school's principal"."""
    proof: Proof | None = None
    more_proofs: int = 0
    datasets: list[str] = []
    """Datasets that state it without a sentence."""


class Roles(Answer):
    """Acting parts, and how many there are beyond these."""

    about: Ref | None = None
    """The film or person that was asked about."""
    roles: list[RoleLine]
    more: int = 0


class Evidence(Answer):
    """Everything that proves one fact, the surest first."""

    fact: Ref
    proofs: list[Proof]
    more: int = 0
    datasets: list[Ref] = []
    """Datasets that state it without a sentence."""


class Hop(Answer):
    """Two people in one film."""

    before: Ref
    film: FilmRef
    after: Ref
    roles: list[RoleLine]
    """Whom the two play there."""


class Way(Answer):
    """How two people are connected through films in which both act."""

    found: bool
    note: str
    hops: list[Hop] = []
    ways: int = 0
    """How many ways are as short."""


class Term(Answer):
    """A class or property of the vocabulary."""

    name: str
    """With its prefix, as queries write it."""
    kind: str
    """class or property."""
    definition: str
    parents: list[str] = []
    domain: list[str] = []
    """Classes whose members have this property."""
    range: list[str] = []
    """Classes or datatypes of its values."""
    examples: list[str] = []
    """Triples in Turtle; only where one term is asked for."""


class Schema(Answer):
    """The vocabulary that queries are written in."""

    base: str
    """IRI under which all data is; relative IRIs such as <film/skyfall-2012> are under it."""
    prefixes: dict[str, str]
    """Need no declaration in a query."""
    terms: list[Term]


class Example(Answer):
    """A query that runs as it stands."""

    question: str
    group: str
    query: str


class Examples(Answer):
    """Queries to learn from."""

    examples: list[Example]
    more: int = 0


class Table(Answer):
    """The answer to a query: columns and rows, a truth value, or triples."""

    columns: list[str] | None = None
    rows: list[dict[str, Cell]] | None = None
    """One object a row, from column to value; an unbound column is left out. IRIs are whole."""
    boolean: bool | None = None
    triples: list[str] | None = None
    """N-Triples, one statement each."""
    more: int = 0
    """Rows or triples that were left off; ask for them with limit, or with LIMIT and OFFSET."""
    seconds: float = 0.0
    notes: list[str] = []
    """What is probably wrong with the query although it runs."""
