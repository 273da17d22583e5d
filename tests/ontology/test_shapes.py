"""The shapes, case by case: files in tests/cases/shapes/, each with the violations it must give, or ``# valid``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from rdflib import SH, Graph, URIRef

from graph.ontology import FOLDER
from graph.triples import nquads
from graph.triples.terms import Triple
from graph.validate import quick
from graph.validate.report import violations

CASES = Path(__file__).parents[1] / "cases" / "shapes"
BASE = "http://localhost:8000/"
SHAPES = {"data": "shapes.ttl", "style": "style.shapes.ttl"}
"""Folder of cases -> the shapes that they are held against."""


def cases(*folders: str) -> list[object]:
    """The files of some folders as parameters of a test."""
    files = (case for folder in folders for case in sorted((CASES / folder).glob("*.ttl")))
    return [pytest.param(case, id=f"{case.parent.name}-{case.stem}") for case in files]


@cache
def shapes_of(folder: str) -> Graph:
    """The shapes that a folder's cases are held against."""
    return Graph().parse(FOLDER / SHAPES[folder])


@cache
def prefixes() -> str:
    """The prefixes of ontology/prefixes.ttl, and the one that only the vocabulary's header needs."""
    declared = Graph().parse(FOLDER / "prefixes.ttl")
    rows = [
        (declared.value(row, SH.prefix), declared.value(row, SH.namespace))
        for row in declared.objects(None, SH.declare)
    ]
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in rows]
    return "\n".join([f"@base <{BASE}> .", "@prefix vann: <http://purl.org/vocab/vann/> .", *lines, ""])


def turtle(text: str) -> Graph:
    """Turtle without its prefixes, parsed."""
    return Graph().parse(data=prefixes() + text, format="turtle")


@cache
def data_of(case: Path) -> Graph:
    """The base graph without what the case takes away and with what it adds; a style case stands alone."""
    text = case.read_text(encoding="utf-8")
    if case.parent.name == "style":
        return turtle(text)
    graph = turtle((CASES / "base.ttl").read_text(encoding="utf-8"))
    for statement in turtle("\n".join(re.findall(r"^# without: (.*)$", text, re.MULTILINE))):
        assert statement in graph, f"{case.name} takes away what the base graph does not hold: {statement}"
        graph.remove(statement)
    return graph + turtle(text)


def expected(case: Path) -> set[tuple[str, str]]:
    """Pairs of shape and resource, as the file's ``# violation:`` lines name them; none if it is ``# valid``."""
    text = case.read_text(encoding="utf-8")
    found = set(re.findall(r"^# violation: (\S+) (.+)$", text, re.MULTILINE))
    assert bool(found) != ("# valid\n" in text), f"{case.name} must say either '# valid' or '# violation: …'"
    return found


def short(resource: str) -> str:
    """A resource as the cases write it: without angle brackets and the base IRI."""
    return resource.strip("<>").removeprefix(BASE)


@pytest.mark.parametrize("case", cases("data", "style"))
def test_a_case_gives_the_violations_that_it_names(case: Path) -> None:
    """Each file breaks the shapes that it names, at the resources that it names, and no others."""
    found = violations(data_of(case), shapes_of(case.parent.name))
    assert {(violation.shape, short(violation.resource)) for violation in found} == expected(case)


@pytest.mark.parametrize("case", cases("data"))
def test_the_quick_check_agrees(case: Path) -> None:
    """The quick check vouches for every valid case, and for no other."""
    statements = [cast("Triple", statement) for statement in data_of(case)]
    vouched = quick.conforms(nquads(statements, URIRef(BASE + "graph/mile")), quick.compile_shapes(shapes_of("data")))
    assert vouched is not bool(expected(case))


@pytest.mark.parametrize("folder", SHAPES)
def test_every_shape_has_a_case_that_breaks_it(folder: str) -> None:
    """No shape with a message is without a file that shows what it refuses."""
    shown = {shape for case in (CASES / folder).glob("*.ttl") for shape, _ in expected(case)}
    assert shown == {str(shape).rsplit("#", 1)[-1] for shape in shapes_of(folder).subjects(SH.message)}


@pytest.mark.parametrize("folder", SHAPES)
def test_every_shape_that_constrains_has_a_message(folder: str) -> None:
    """A shape with a name that asks for anything itself says in its own words what."""
    shapes = shapes_of(folder)
    structure = {SH.property, SH.sparql, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
    for shape in {subject for subject in shapes.subjects() if isinstance(subject, URIRef)}:
        asks = {predicate for predicate in shapes.predicates(shape) if str(predicate).startswith(str(SH))} - structure
        assert not asks or SH.message in asks, shape
