"""The pages of the ontology: all of it, each term, and the shapes of the data."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.parts import Ref
from webapp.pages.query import ResultTable


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the diagram: its name, and the middle of its box."""

    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow of the diagram, from border to border; ``kind`` is ``property`` or ``subclass``.

    ``there`` are the names of the properties that lead from source to target, ``back`` of those that lead back; their
    words stand around (``label_x``, ``label_y``).
    """

    source: str
    target: str
    kind: str
    there: tuple[str, ...]
    back: tuple[str, ...]
    x1: int
    y1: int
    x2: int
    y2: int
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """The main classes and what leads from one to the other, as boxes and arrows of a plane of this size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology; ``kind`` is ``class`` or ``property``."""

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    examples: tuple[str, ...]
    parents: tuple[Ref, ...]
    domains: tuple[Ref, ...]
    ranges: tuple[Ref, ...]
    matches: tuple[Ref, ...]
    shortcut: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """The ontology as documentation."""

    iri: str
    title: str
    description: str
    version: str | None
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    diagram: Diagram


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term: what is said of it, where it belongs, the shapes that check it, and how the graph uses it.

    ``properties`` may be said of a class, ``leading`` lead to it. ``uses`` is None where counting takes too long.
    ``result`` are a few of its uses in the graph, ``query`` the query that found them, at ``asked``.
    """

    iri: str
    term: Term
    notes: tuple[str, ...]
    narrower: tuple[Ref, ...]
    properties: tuple[Ref, ...]
    leading: tuple[Ref, ...]
    rules: tuple[str, ...]
    uses: int | None
    result: ResultTable | None
    query: str
    asked: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What the data of one source must look like: of what the shape speaks, and its rules in words."""

    iri: str
    name: str
    of: tuple[Ref, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShapesPage:
    """All shapes that data is checked against before it is published."""

    iri: str
    title: str
    description: str
    shapes: tuple[Shape, ...]
