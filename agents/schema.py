"""What queries are written in: the terms of the vocabulary, and examples to learn from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from agents.answers import Example, Examples, Schema, Term
from graph import query
from graph.errors import QueryError
from graph.ontology import FOLDER

SPACE = "https://w3id.org/filmgraph#"
SCHEMA = Namespace("http://schema.org/")


def schema(base: str, prefixes: Mapping[str, str], term: str | None) -> Schema:
    """All classes and properties, or one of them with its examples. Raises QueryError for a term that there is not."""
    terms = _terms()
    if term is None:
        brief = [each.model_copy(update={"examples": []}) for each in terms.values()]
        return Schema(base=base, prefixes=dict(prefixes), terms=brief)
    name = term.strip().strip("<>").removeprefix(SPACE).removeprefix("film:")
    if name not in terms:
        near = get_close_matches(name, sorted(terms), n=3, cutoff=0.5)
        said = "near ones: " + ", ".join(f"film:{each}" for each in near) if near else "call schema without a term"
        raise QueryError(f"film:{name[:100]} is no term of this vocabulary; {said}")
    return Schema(base=base, prefixes=dict(prefixes), terms=[terms[name]])


def example_queries(about: str | None, limit: int) -> Examples:
    """Example queries whose question, group or text holds all the words, or any where there is none with all."""
    words = set(re.findall(r"\w+", (about or "").casefold()))
    every = [_example(each) for each in query.examples()]
    found = [each for each in every if words <= _words(each)] or [each for each in every if words & _words(each)]
    return Examples(examples=found[:limit], more=max(len(found) - limit, 0))


def _example(named: query.Named) -> Example:
    body = "\n".join(line for line in named.text.splitlines() if not line.startswith("#+"))
    return Example(question=named.question, group=named.group, query=body.strip())


def _words(example: Example) -> set[str]:
    """The words of an example, plurals also without their s."""
    found = set(re.findall(r"\w+", f"{example.question} {example.group} {example.query}".casefold()))
    return found | {word.removesuffix("s") for word in found}


@cache
def _terms() -> dict[str, Term]:
    """Every term by its name, classes first."""
    graph = Graph().parse(FOLDER / "film.ttl")
    names = {str(iri) for iri in graph.subjects(RDFS.isDefinedBy) if str(iri).startswith(SPACE)}
    terms = [_term(graph, URIRef(name)) for name in sorted(names)]
    return {term.name.removeprefix("film:"): term for term in sorted(terms, key=lambda term: term.kind)}


def _term(graph: Graph, iri: URIRef) -> Term:
    def short(*predicates: URIRef) -> list[str]:
        return sorted({graph.qname(str(o)) for p in predicates for o in graph.objects(iri, p) if isinstance(o, URIRef)})

    kinds = set(graph.objects(iri, RDF.type))
    return Term(
        name=f"film:{iri.removeprefix(SPACE)}",
        kind="class" if kinds & {OWL.Class, RDFS.Class} else "property",
        definition=next(_texts(graph, iri, SKOS.definition), ""),
        parents=short(RDFS.subClassOf, RDFS.subPropertyOf),
        domain=short(SCHEMA.domainIncludes),
        range=short(SCHEMA.rangeIncludes),
        examples=sorted(_texts(graph, iri, SKOS.example)),
    )


def _texts(graph: Graph, iri: URIRef, predicate: URIRef) -> Iterator[str]:
    return (str(text) for text in graph.objects(iri, predicate) if isinstance(text, Literal))
