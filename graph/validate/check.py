"""The two checks: a source's graph against shapes.ttl, and the ontology itself against style.shapes.ttl."""

from __future__ import annotations

from functools import cache

from rdflib import Dataset, Graph

from graph.errors import InputError, ValidationError
from graph.ontology import FOLDER
from graph.validate import quick
from graph.validate.report import Violation, violations

SHOWN = 5
"""Violations written out in a message; the others are counted."""


def validate(nquads: bytes, source_name: str) -> None:
    """Check the graph of one source, given as N-Quads.

    Whatever the quick check cannot vouch for goes to pyshacl, whose word counts. Raises ValidationError, whose message
    names the source and, for the first violations, the resource, the shape, the value and what is asked; InputError
    if the bytes are no N-Quads.
    """
    if quick.conforms(nquads, _data_rules()):
        return
    found = violations(as_graph(nquads, source_name), _shapes("shapes.ttl"))
    if found:
        raise ValidationError(_message(source_name, found))


def check_ontology() -> None:
    """Check that every term of film.ttl is named, defined and shown as the style asks; raises ValidationError."""
    found = violations(Graph().parse(FOLDER / "film.ttl"), _shapes("style.shapes.ttl"))
    if found:
        raise ValidationError(_message("ontology/film.ttl", found))


@cache
def _shapes(name: str) -> Graph:
    return Graph().parse(FOLDER / name)


@cache
def _data_rules() -> quick.Rules:
    return quick.compile_shapes(_shapes("shapes.ttl"))


def as_graph(nquads: bytes, source_name: str) -> Graph:
    """All statements as one graph; which named graph they stand in does not matter to a shape."""
    dataset, graph = Dataset(), Graph()
    try:
        dataset.parse(data=nquads, format="nquads")
    except Exception as error:  # rdflib's parsers raise errors of many kinds
        raise InputError(f"{source_name}: not N-Quads: {error}") from error
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def _message(source_name: str, found: list[Violation]) -> str:
    count = f"{len(found)} violation{'s' if len(found) > 1 else ''}"
    shown = [f"  {violation}" for violation in found[:SHOWN]]
    more = [f"  and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join([f"{source_name} breaks the shapes, {count}:", *shown, *more])
