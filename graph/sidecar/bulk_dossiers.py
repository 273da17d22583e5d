"""The dossiers of all films of a large graph, from the table of its statements, a few films at a time in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from graph.dossier.record import Parts, Raw, Rows, parts
from graph.statements import Statements
from graph.store import Value, literal_value

AT_ONCE = 15_000
"""Films of which the dossiers are worked out together."""
_TYPED = re.compile(r'"(.*)"(?:@[\w-]+|\^\^<([^>]*)>)?', re.DOTALL)
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def bulk_dossiers(statements: Statements) -> Iterator[tuple[str, Parts]]:
    """Every film that has a title, by IRI, with the parts of its dossier; ``bulk.sql`` has been run."""
    statements.run(f"SET VARIABLE films_at_once = {AT_ONCE}")
    statements.script("sidecar", "dossiers.sql")
    named = {source: (label, dataset) for source, label, dataset in statements.stream("FROM named_source")}
    for (part,) in list(statements.stream("SELECT DISTINCT part FROM every_title ORDER BY part")):
        statements.run(f"SET VARIABLE part = {part}")
        statements.script("sidecar", "dossiers_part.sql")
        yield from _part_of(statements, named)


def _part_of(statements: Statements, named: dict[str, tuple[str, bool]]) -> Iterator[tuple[str, Parts]]:
    """The dossiers of those films of which the tables tell."""
    sections = {
        "facts": _Section(statements, "film_fact", _fact),
        "roles": _Section(statements, "film_role", _part),
        "credits": _Section(statements, "film_credit", _part),
        "genres": _Section(statements, "film_genre", tuple),
        "ratings": _Section(statements, "film_rating", _rating),
        "reviews": _Section(statements, "film_review", tuple),
    }
    proved = {film for (film,) in statements.stream("FROM proved_film")}
    for (film,) in statements.aside("FROM titled"):
        rows = Rows(film in proved, **{name: section.of(film) for name, section in sections.items()})
        yield film[1:-1], parts(rows, named)


class _Section:
    """The rows of one part of all dossiers, which come in the order of the films."""

    def __init__(self, statements: Statements, table: str, read: Callable[[Raw], Raw]) -> None:
        self._groups = groupby(statements.aside(f"FROM {table}"), key=itemgetter(0))
        self._read = read
        self._next = next(self._groups, None)

    def of(self, film: str) -> list[Raw]:
        """The rows of a film; films are asked for in their order."""
        if self._next is None or self._next[0] != film:
            return []
        rows = [self._read(row[1:]) for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows


def _fact(row: Raw) -> Raw:
    predicate, term, source = row
    return predicate[1:-1], _value(term), source


def _part(row: Raw) -> Raw:
    return *row[:-1], _listed(row[-1])


def _rating(row: Raw) -> Raw:
    rating, kind, value, best, count, *more = row
    return rating, kind, _value(value), _value(best), None if count is None else _value(count), *more


@lru_cache(1000)
def _listed(sources: str) -> tuple[str, ...]:
    return tuple(sources.split())


def _value(term: str) -> Value:
    """The plain value of a term as N-Triples writes it."""
    found = _TYPED.fullmatch(term)
    if found is None:
        return term[1:-1] if term.startswith("<") else term
    text = re.sub(r"\\(.)", lambda escaped: _ESCAPED.get(escaped[1], escaped[1]), found[1])
    return literal_value(text, found[2] or _STRING)


_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
