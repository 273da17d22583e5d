"""Writes the sidecar of a large graph from the table of its statements, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import starmap
from pathlib import Path

from graph.extract.sentences import split_sentences
from graph.sidecar.build import fill_names, fill_sentences, fill_things, finish, writing
from graph.sidecar.bulk_dossiers import bulk_dossiers
from graph.sidecar.casts import fill_casts
from graph.sidecar.dossiers import Place, fill_dossiers, fill_places
from graph.sidecar.entries import Entry, entry
from graph.sidecar.marks import Mark, fill_lists
from graph.statements import Statements

_THINGS = "SELECT iri, kind, names, others, details, weight FROM entry"


def build_from(statements: Statements, path: Path, counts: Mapping[str, int] | None = None) -> dict[str, int]:
    """Write the sidecar of these statements to a new file, as ``build`` does; gives the counts that it holds."""
    statements.script("sidecar", "bulk.sql")
    figures = {**dict(statements.stream("SELECT name, value FROM figure")), **(counts or {})}
    with writing(path) as base:
        fill_things(base, _entries(statements, "md5(kind || ' ' || iri)"))  # in the order of their keys
        fill_names(base, _entries(statements, "weight DESC, iri, kind"))
        fill_sentences(base, _sentences(statements))
        fill_lists(base, starmap(Mark, statements.stream("SELECT iri, kind, facet, value FROM marked")))
        # one after the other: a question ends the stream of the one before
        fill_casts(base, statements.stream("SELECT film, people FROM cast_of"), ())
        fill_casts(base, (), statements.stream("SELECT person, films FROM career"))
        fill_places(base, starmap(Place, statements.stream("SELECT character, film FROM place")))
        fill_dossiers(base, bulk_dossiers(statements))
        finish(base, figures)
    return figures


def _entries(statements: Statements, order: str) -> Iterator[Entry]:
    for row in statements.stream(f"{_THINGS} ORDER BY {order}"):
        yield entry(*row)


def _sentences(statements: Statements) -> Iterator[tuple[str, str]]:
    for review, text in statements.stream("SELECT review, text FROM text_of"):
        yield from ((review, span.of(text)) for span in split_sentences(text))
    yield from statements.stream("SELECT review, text FROM quote_of")
