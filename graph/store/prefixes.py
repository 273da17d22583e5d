"""The prefixes declared in a Turtle file, to be known to queries that do not declare them."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.errors import StoreError


def read_prefixes(path: Path) -> dict[str, str]:
    """Prefix to namespace IRI, from the ``@prefix`` lines of a Turtle file."""
    try:
        parser = parse(path=path, format=RdfFormat.TURTLE)
        for _ in parser:
            pass
    except (OSError, SyntaxError) as error:
        raise StoreError(f"the prefixes in {path} cannot be read: {error}") from error
    return dict(parser.prefixes)
