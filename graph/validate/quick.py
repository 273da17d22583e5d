"""The quick check: shapes compiled to functions over strings, many times as fast as pyshacl.

It only ever says "conforms" or "not sure"; pyshacl decides the rest and writes every report. A test changes sample
graphs at random and holds both against each other. It knows the part of SHACL that shapes.ttl uses: a shape with
anything else fails to compile, so that no constraint is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.validate.constraints import CONSTRAINTS, Check, Maker, once, term
from graph.validate.statements import Statements, Unsure, read

Path = Callable[[Statements, str], list[str]]
"""Of the data and a focus node: the value nodes."""
Target = Callable[[Statements], list[str]]
"""Of the data: the focus nodes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A compiled shape: where its value nodes are (None: the focus node itself), and what must hold of them."""

    path: Path | None
    checks: tuple[Check, ...]

    def holds(self, data: Statements, focus: str) -> bool:
        """Whether the resource has this shape."""
        values = self.path(data, focus) if self.path else [focus]
        return all(check(data, focus, values) for check in self.checks)


Rules = list[tuple[Target, Shape]]


def conforms(nquads: bytes, rules: Rules) -> bool:
    """Whether the data surely has every shape."""
    try:
        data = read(nquads)
        if data.all_subjects(term(RDFS.subClassOf)):
            return False  # subclasses of the data's own would add to what a target finds
        return all(shape.holds(data, focus) for target, shape in rules for focus in target(data))
    except Unsure:
        return False


def compile_shapes(shapes: Graph) -> Rules:
    """Every target of a shapes graph with its shape; raises ValueError on SHACL that is not known here."""
    found: Rules = []
    for kind, make in _TARGETS.items():
        for shape, of in shapes.subject_objects(kind):
            found.append((make(term(of)), _shape(shapes, shape)))
    return found


def _shape(shapes: Graph, shape: Node) -> Shape:
    """One shape with all its constraints."""
    path = shapes.value(shape, SH.path)
    checks = []
    for predicate, value in shapes.predicate_objects(shape):
        if predicate in _MAKERS:
            checks.append(_MAKERS[predicate](shapes, value))
        elif predicate not in _SILENT:
            raise ValueError(f"the quick check does not know {predicate} of {shape}")
    return Shape(_path(shapes, path) if path else None, tuple(checks))


def _path(shapes: Graph, path: Node) -> Path:
    """A property path: a property, its inverse, a choice or a sequence."""
    if isinstance(path, URIRef):
        forward = term(path)
        return lambda data, focus: data.objects(focus, forward)
    if inverse := shapes.value(path, SH.inversePath):
        backward = term(inverse)
        return lambda data, focus: data.subjects(backward, focus)
    if choice := shapes.value(path, SH.alternativePath):
        either = [_path(shapes, step) for step in Collection(shapes, choice)]
        return lambda data, focus: once(value for step in either for value in step(data, focus))
    return _sequence([_path(shapes, step) for step in Collection(shapes, path)])


def _sequence(steps: list[Path]) -> Path:
    def walk(data: Statements, focus: str) -> list[str]:
        here = [focus]
        for step in steps:
            here = once(value for node in here for value in step(data, node))
        return here

    return walk


def _property(shapes: Graph, shape: Node) -> Check:
    inner = _shape(shapes, shape)
    return lambda data, focus, values: all(inner.holds(data, value) for value in values)


def _not(shapes: Graph, shape: Node) -> Check:
    inner = _shape(shapes, shape)
    return lambda data, focus, values: not any(inner.holds(data, value) for value in values)


def _or(shapes: Graph, choice: Node) -> Check:
    either = [_shape(shapes, shape) for shape in Collection(shapes, choice)]
    return lambda data, focus, values: all(any(one.holds(data, value) for one in either) for value in values)


def _xone(shapes: Graph, choice: Node) -> Check:
    either = [_shape(shapes, shape) for shape in Collection(shapes, choice)]
    return lambda data, focus, values: all(sum(one.holds(data, value) for one in either) == 1 for value in values)


def _by_class(iri: str) -> Target:
    return lambda data: data.subjects(term(RDF.type), iri)


def _by_property(iri: str) -> Target:
    return lambda data: data.all_subjects(iri)


def _by_value(iri: str) -> Target:
    return lambda data: data.all_objects(iri)


_TARGETS: dict[Node, Callable[[str], Target]] = {
    SH.targetClass: _by_class,
    SH.targetSubjectsOf: _by_property,
    SH.targetObjectsOf: _by_value,
}
_MAKERS: dict[Node, Maker] = {**CONSTRAINTS, SH.property: _property, SH["not"]: _not, SH["or"]: _or, SH.xone: _xone}
_SILENT = {RDF.type, SH.path, SH.message, *_TARGETS}
