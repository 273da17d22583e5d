"""Violations: pyshacl's report as a sorted list of records."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

LONGEST = 80
"""Characters of a literal that are shown."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One resource that breaks one shape; ``value`` is empty where something is missing."""

    resource: str
    shape: str
    message: str
    value: str

    def __str__(self) -> str:
        found = f" Found: {self.value}" if self.value else ""
        return f"{self.resource}, shape {self.shape}: {self.message}{found}"


def violations(data: Graph, shapes: Graph) -> list[Violation]:
    """Every violation of the shapes by the data, sorted; none if it conforms."""
    import pyshacl  # here, because it takes a tenth of a second to load and is seldom needed
    from pyshacl.errors import ReportableRuntimeError

    try:
        conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as error:  # so it is with a blank node in place of a number
        return [Violation("the graph", "without a name", f"The values cannot be compared. {error}", "")]
    if conforms:
        return []
    return sorted({_violation(report, result) for result in report.objects(predicate=SH.result)})


def _violation(report: Graph, result: Node) -> Violation:
    resource, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    return Violation(
        resource=_written(resource),
        shape=_name(report, result),
        message=str(report.value(result, SH.resultMessage) or ""),
        value="" if value == resource else _written(value),
    )


def _name(report: Graph, result: Node) -> str:
    """The end of the shape's IRI; a query among the shapes has a name of its own."""
    named = (report.value(result, predicate) for predicate in (SH.sourceConstraint, SH.sourceShape))
    return next((str(shape).rsplit("#", 1)[-1] for shape in named if isinstance(shape, URIRef)), "without a name")


def _written(node: Node | None) -> str:
    """A term as it would stand in Turtle, shortened; a blank node's label would differ from run to run."""
    if node is None:
        return ""
    if isinstance(node, BNode):
        return "a blank node"
    written = node.n3()
    return written if len(written) <= LONGEST or isinstance(node, URIRef) else written[: LONGEST - 1] + "…"
