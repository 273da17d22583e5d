"""Draw the main classes of the ontology: boxes at fixed places, and an arrow for each property between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from webapp.pages import Box, Diagram, Line

SPACE = "https://w3id.org/filmgraph#"
SDO = Namespace("http://schema.org/")
PLACES: Mapping[str, tuple[int, int]] = {
    "Actor": (0, 0), "Role": (1, 0), "Character": (2, 0), "Genre": (3, 0),
    "Person": (0, 1), "Film": (2, 1),
    "Director": (0, 2), "Credit": (1, 2), "Review": (2, 2), "Rating": (3, 2),
    "Evidence": (1, 3), "Source": (3, 3),
    "Dataset": (3, 4),
}  # fmt: skip
"""Column and row of each class that is drawn; how sources are matched is left out."""
ELSEWHERE = frozenset(
    {
        "about",
        "mayBe",
        "mergedInto",
        "disagreesWith",
        "withdrawnBy",
        "withdrawnFrom",
        "isActing",
        "isDirecting",
        "supportsProperty",
    }
)
"""Properties of matching, and steps of chains, which are not drawn."""
COLUMN, ROW, LEFT, TOP = 240, 125, 80, 40
HALF_WIDTH, HALF_HEIGHT = 62, 21
GAP = 4


def diagram(graph: Graph) -> Diagram:
    """The boxes of the classes that the ontology has, and the arrows between them."""
    classes = {_name(term) for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}
    boxes = tuple(
        Box(name, LEFT + column * COLUMN, TOP + row * ROW) for name, (column, row) in PLACES.items() if name in classes
    )
    at = {box.name: box for box in boxes}
    lines = [_line(at[one], at[other], "subclass", (), ()) for one, other in _parents(graph) if {one, other} <= set(at)]
    lines += _arrows(at, _properties(graph))
    return Diagram(LEFT * 2 + 3 * COLUMN, TOP * 2 + 4 * ROW, boxes, tuple(lines))


def _name(term: object) -> str:
    return str(term).removeprefix(SPACE)


def _parents(graph: Graph) -> Iterator[tuple[str, str]]:
    pairs = graph.subject_objects(RDFS.subClassOf)
    yield from sorted((_name(one), _name(other)) for one, other in pairs if isinstance(other, URIRef))


def _properties(graph: Graph) -> dict[tuple[str, str], list[str]]:
    """The names of the properties from one class to another."""
    found: dict[tuple[str, str], list[str]] = {}
    for term in sorted(graph.subjects(RDF.type, OWL.ObjectProperty), key=str):
        name = _name(term)
        for one in graph.objects(term, SDO.domainIncludes):
            for other in graph.objects(term, SDO.rangeIncludes):
                if name not in ELSEWHERE and one != other:
                    found.setdefault((_name(one), _name(other)), []).append(name)
    return found


def _arrows(at: Mapping[str, Box], said: Mapping[tuple[str, str], list[str]]) -> Iterator[Line]:
    """One arrow for two classes, whichever way the properties lead."""
    for one, other in sorted(said):
        back = said.get((other, one), [])
        if one in at and other in at and (one < other or not back):
            yield _line(at[one], at[other], "property", tuple(said[one, other]), tuple(back))


def _line(one: Box, other: Box, kind: str, there: tuple[str, ...], back: tuple[str, ...]) -> Line:
    (x1, y1), (x2, y2) = _edge(one, other), _edge(other, one)
    return Line(one.name, other.name, kind, there, back, x1, y1, x2, y2, (x1 + x2) // 2, (y1 + y2) // 2)


def _edge(box: Box, to: Box) -> tuple[int, int]:
    """Where the straight way to another box leaves this one."""
    dx, dy = to.x - box.x, to.y - box.y
    reach = min(
        (HALF_WIDTH + GAP) / abs(dx) if dx else 1.0,
        (HALF_HEIGHT + GAP) / abs(dy) if dy else 1.0,
    )
    return round(box.x + dx * reach), round(box.y + dy * reach)
