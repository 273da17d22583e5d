"""Statements in terms of schema.org to fact tables: films, their people, and who played whom by PerformanceRole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graph.iris import slug
from graph.sources.characters import read_character
from graph.sources.tables import Problems, Tables

_TERM = re.compile(r"https?://schema\.org/(\w+)")
_OTHERS = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "type",
    "http://www.w3.org/2002/07/owl#sameAs": "sameAs",
}
_READ = frozenset(
    """
    type sameAs name alternateName datePublished dateCreated copyrightYear duration contentRating description abstract
    genre countryOfOrigin productionCompany aggregateRating ratingValue bestRating ratingCount reviewCount actor actors
    characterName performerIn director directors author musicBy producer editor
    """.split()  # noqa: SIM905  # reads as the word list it is
)
"""The properties that are read; ``actors`` and ``directors`` are old spellings."""


def read_schema_org(statements: Iterable[tuple[str, str, str, bool]], tables: Tables) -> Problems:
    """Fill the fact tables from statements (subject, predicate, object, whether the object is a literal).

    Films and people of IMDb, Wikidata or TMDB keep those ids; others get theirs from title and year, or from the name.
    """
    tables.run("CREATE TABLE statement (subject VARCHAR, predicate VARCHAR, object VARCHAR, literal BOOLEAN)")
    tables.fill("statement", _kept(statements))
    tables.script("sources", "rdf", "films.sql")
    tables.translate("SELECT DISTINCT name FROM keyless", slug, "slugs")
    tables.script("sources", "rdf", "people.sql")
    tables.translate("SELECT DISTINCT name FROM nameless_id", slug, "person_slug")
    names = tables.rows("SELECT DISTINCT said FROM said_of")
    tables.fill("spelling", ((name, *read_character(name)) for (name,) in names))
    tables.script("sources", "rdf", "parts.sql")
    tables.run("DELETE FROM slugs")
    return _problems(tables)


def _kept(statements: Iterable[tuple[str, str, str, bool]]) -> Iterator[tuple[str, str, str, str]]:
    """The statements that are read, with the last part of the property and of a type."""
    terms: dict[str, str | None] = {}
    for subject, predicate, value, literal in statements:
        if predicate not in terms:
            terms[predicate] = _term(predicate)
        term = terms[predicate]
        if term is not None:
            value = (_term(value) or "") if term == "type" else value
            yield subject, term, value.replace("\0", ""), str(literal)


def _term(iri: str) -> str | None:
    """The end of a term of schema.org, or of one that means the same; None for terms that are not read."""
    found = _TERM.fullmatch(iri)
    term = found[1] if found else _OTHERS.get(iri)
    return term if term in _READ or term in ("Movie", "PerformanceRole", "Role") else None


def _problems(tables: Tables) -> Problems:
    problems = Problems()
    for kind, number in tables.rows("SELECT kind, number FROM problem ORDER BY kind"):
        problems.count("statements", kind, number)
    return problems
