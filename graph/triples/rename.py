"""Gives the things in a source's graph other IRIs, those of what they turned out to be, and keeps all that is said.

What hangs on a film or person moves with it: roles, credits, characters, ratings and their evidence have IRIs made
from theirs. A person is renamed film by film, since a name may stand for several people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import DCTERMS, RDFS, URIRef

from graph.iris import Iris
from graph.triples.terms import object_of, text
from graph.triples.told import Line, Part, Told, words
from graph.vocabulary import FILM

_NAMES = {str(FILM.name), str(RDFS.label)}
_OPEN = {str(FILM.mayBe), str(FILM.disagreesWith)}
_BILLING = str(FILM.billing)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Which films, people (each in a film) and characters (of a role) are something else."""

    films: dict[URIRef, URIRef] = field(default_factory=dict)
    people: dict[tuple[URIRef, URIRef], URIRef] = field(default_factory=dict)
    """Of a film, under its old IRI, and a person: the person's new IRI."""
    characters: dict[URIRef, str] = field(default_factory=dict)
    """Of a role, under its old IRI: the character's new name."""
    names: dict[URIRef, str] = field(default_factory=dict)
    """The names of the films and people under their new IRIs."""

    def of(self, film: URIRef, person: URIRef) -> tuple[URIRef, URIRef]:
        """The film and the person in it, under the IRIs that they have now."""
        return self.films.get(film, film), self.people.get((film, person), person)


@dataclass(slots=True)
class Moves:
    """Where each IRI of a graph went; an IRI may go to several places, or stay as well."""

    to: dict[URIRef, set[URIRef]] = field(default_factory=lambda: defaultdict(set))
    names: dict[URIRef, str] = field(default_factory=dict)
    reviews: dict[str, str] = field(default_factory=dict)
    """Labels of reviews that are called after a film that went, as N-Quads writes them, and their new ones."""

    def one(self, iri: URIRef) -> URIRef:
        """The only place to which an IRI went."""
        return min(self.to.get(iri) or (iri,))

    @property
    def gone(self) -> dict[URIRef, set[URIRef]]:
        """The IRIs that went elsewhere, and where."""
        return {old: new for old, new in self.to.items() if old not in new}


def moves(told: Told, statements: Iterable[Line], iris: Iris, renaming: Renaming) -> Moves:
    """Where the IRIs of a graph go."""
    found = Moves(names=dict(renaming.names))
    for film in told.titles:
        new = renaming.films.get(film, film)
        found.to[film].add(new)
        if new != film and film in told.labels and renaming.names.get(new):
            found.reviews[_text(f"Review of {told.labels[film]}")] = _text(f"Review of {renaming.names[new]}")
    for part in told.parts.values():
        _move_part(part, told, iris, renaming, found)
    hung = [
        (*(iris.path(subject) or "").partition("/")[::2], URIRef(subject), predicate, URIRef(value[1:-1]))
        for subject, predicate, value in statements
        if predicate in (str(FILM.inFilm), str(FILM.supports))
    ]
    for kind, rest, this, predicate, film in hung:
        if kind == "rating" and predicate == str(FILM.inFilm):
            source, _, what = rest.rsplit("/", 2)
            found.to[this].add(iris.rating(source, what, found.one(film)))
    for kind, rest, this, predicate, fact in hung:
        if kind == "evidence" and predicate == str(FILM.supports):
            found.to[this].add(_evidence(iris, this, rest, found.one(fact)))
    return found


def _move_part(part: Part, told: Told, iris: Iris, renaming: Renaming, found: Moves) -> None:
    film, person = renaming.of(part.film, part.person)
    last = part.iri.rsplit("/", 1)[-1]
    found.to[part.person].add(person)
    name = renaming.characters.get(part.iri)
    role = (iris.path(part.iri) or "").startswith("role/")
    found.to[part.iri].add(iris.role(film, person, name or last) if role else iris.credit(film, person, last))
    if part.character is not None:
        new = iris.character(film, name or part.character.rsplit("/", 1)[-1])
        found.to[part.character].add(new)
        found.names[new] = name or told.names.get(part.character, "")


def _evidence(iris: Iris, this: URIRef, rest: str, fact: URIRef) -> URIRef:
    """The evidence's IRI, which tells what it proves."""
    kind, _, *ends = (iris.path(fact) or "").split("/")
    if kind not in ("role", "credit", "rating"):
        return this
    source, span, *_ = rest.split("/")
    start, end = span.split("-")
    return iris.evidence(source, int(start), int(end), "/".join([kind, *ends]))


def renamed(statements: Iterable[Line], told: Told, iris: Iris, renaming: Renaming, moved: Moves) -> set[Line]:
    """The statements of a graph under the new IRIs, without what resolution decided of things that moved."""
    kept: set[Line] = set()
    blocks: dict[str, set[Line]] = defaultdict(set)
    for line in statements:
        subject, predicate, _ = line
        kind = (iris.path(subject) or "").partition("/")[0]
        if kind == "doubt" or predicate in _OPEN:
            continue
        if kind in ("match", "evidence"):
            blocks[subject].add(line)
        else:
            kept.update(_renamed(line, told, renaming, moved))
    for new in _rivals(blocks, moved).values():
        kept.update(new)
    for block in (lines for subject, lines in blocks.items() if "/match/" in subject):
        kept.update(_match(block, iris, moved))
    return _tidy(kept)


def _renamed(line: Line, told: Told, renaming: Renaming, moved: Moves) -> Iterator[Line]:
    subject, predicate, value = line
    part = told.parts.get(URIRef(subject))
    for new in sorted(moved.to.get(URIRef(subject)) or {URIRef(subject)}):
        said = value
        if predicate in _NAMES and new != URIRef(subject) and moved.names.get(new):
            said = _text(moved.names[new])
        elif predicate == str(RDFS.label) and part is not None and part.iri in renaming.characters:
            said = _text(f"{_performer(words(value), told, part)} as {renaming.characters[part.iri]}")
        elif predicate == str(RDFS.label) and value in moved.reviews:
            said = moved.reviews[value]
        elif value.startswith("<"):
            said = f"<{_target(URIRef(value[1:-1]), URIRef(new), part, renaming, moved)}>"
        yield str(new), predicate, said


def _target(value: URIRef, subject: URIRef, part: Part | None, renaming: Renaming, moved: Moves) -> URIRef:
    """The new IRI of an object; of several, the one that goes with the subject."""
    if part is not None and value == part.person:
        return renaming.of(part.film, part.person)[1]
    goes = moved.to.get(value) or {value}
    if part is not None and value == part.character:
        film = str(renaming.of(part.film, part.person)[0]).rsplit("/", 1)[-1]
        end = subject.rsplit("/", 1)[-1]
        return next((new for new in sorted(goes) if new.endswith(f"/{film}/{end}")), min(goes))
    return min(goes)


def _performer(label: str, told: Told, part: Part) -> str:
    """The actor's name as the source writes it: what stands before the character in the role's label."""
    name = told.names.get(part.character, "") if part.character is not None else ""
    return label.removesuffix(f" as {name}") if name else label


def _rivals(blocks: dict[str, set[Line]], moved: Moves) -> dict[URIRef, set[Line]]:
    """Each passage once: where two came to prove one role, the surer one stands."""
    best: dict[URIRef, tuple[tuple[float, str], set[Line]]] = {}
    for subject, block in sorted(blocks.items()):
        if "/evidence/" not in subject:
            continue
        new = moved.one(URIRef(subject))
        said = {predicate: value for _, predicate, value in block}
        order = (-float(words(said.get(str(FILM.confidence), '"0"'))), subject)
        lines = {(str(new), predicate, _moved(value, moved)) for _, predicate, value in block}
        if new not in best or order < best[new][0]:
            best[new] = (order, lines)
    return {new: lines for new, (_, lines) in best.items()}


def _match(block: set[Line], iris: Iris, moved: Moves) -> Iterator[Line]:
    """A match with a role moves with it; a match with something that became something else says nothing any more."""
    known = next(URIRef(value[1:-1]) for _, predicate, value in block if predicate == str(DCTERMS.references))
    goes = moved.to.get(known, {known})
    if (iris.path(known) or "").startswith("role/"):
        new, source = moved.one(known), (iris.path(next(iter(block))[0]) or "").split("/")[1]
        yield from ((str(iris.match(source, new)), predicate, _moved(value, moved)) for _, predicate, value in block)
    elif known in goes:
        yield from block


def _moved(value: str, moved: Moves) -> str:
    return f"<{moved.one(URIRef(value[1:-1]))}>" if value.startswith("<") else value


def _tidy(statements: set[Line]) -> set[Line]:
    """Roles that became one have one label, one billing, and a name in place of a description."""
    named = {subject for subject, predicate, _ in statements if predicate == str(FILM.character)}
    labels: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in statements:
        if predicate == str(RDFS.label):
            labels[subject].add(value)
    first: dict[str, int] = {}
    for subject, predicate, value in statements:
        if predicate == _BILLING:
            first[subject] = min(int(words(value)), first.get(subject, int(words(value))))
    double = {subject: min(values) for subject, values in labels.items() if len(values) > 1 and subject in named}
    return {
        line
        for line in statements
        if not (line[1] == str(FILM.roleDescription) and line[0] in named)
        and not (line[1] == str(RDFS.label) and line[0] in double and line[2] != double[line[0]])
        and not (line[1] == _BILLING and int(words(line[2])) != first[line[0]])
    }


def _text(value: str) -> str:
    return object_of(text(value))
