"""The prefixes that a Turtle file declares, to be known to queries that do not declare them."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import StoreError

_SH = "http://www.w3.org/ns/shacl#"


def read_prefixes(path: Path) -> dict[str, str]:
    """Prefix to namespace IRI, from the ``sh:declare`` entries of a Turtle file, in the order of the file."""
    names: dict[object, str] = {}
    spaces: dict[object, str] = {}
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if quad.predicate.value == _SH + "prefix":
                names[quad.subject] = _text(quad.object)
            elif quad.predicate.value == _SH + "namespace":
                spaces[quad.subject] = _text(quad.object)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"the prefixes in {path} cannot be read: {error}") from error
    return {name: spaces[entry] for entry, name in names.items() if entry in spaces}


def _text(node: NamedNode | BlankNode | Literal | Triple) -> str:
    return "" if isinstance(node, Triple) else node.value
