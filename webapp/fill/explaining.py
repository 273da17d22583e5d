"""Fill the page that explains a query: the words of terms are those of their ontology, of resources their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import unquote

from flask import request
from rdflib import OWL, RDFS, SKOS, URIRef

from graph.errors import LimitError, QueryError
from graph.explain import Line, Part
from graph.ontology import statements
from webapp.fill.asking import told
from webapp.fill.names import Name, names
from webapp.fill.terms import shortened
from webapp.pages import ExplainPage, Told, Word
from webapp.site import Site, View
from webapp.sparql.problems import explain

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def explain_page(site: Site, view: View, text: str) -> ExplainPage:
    """A query explained; what is wrong with it where it cannot be."""
    if not text.strip():
        return ExplainPage(text, (), None, None)
    try:
        site.fair.asker(request.environ)  # counts as a query
        found = site.explainer.explain(text)
    except (QueryError, LimitError) as error:
        fault = explain(error, text)
        return ExplainPage(text, (), None, told(error, text), fault.status, fault.retry_after)
    known = _Words(site.prefixes, names(view, _iris((*found.sentences, found.algebra))))
    return ExplainPage(text, tuple(map(known.line, found.sentences)), known.line(found.algebra, whole=False), None)


def _iris(lines: Iterable[Line]) -> Iterator[str]:
    """The IRIs that are no terms of our ontology."""
    for line in lines:
        yield from (part.text for part in line.parts if part.kind == "iri" and part.text not in labels())
        yield from _iris(line.under)


@cache
def labels() -> Mapping[str, str]:
    """The label of each term of the ontology."""
    plain = ((str(term), str(label)) for term, link, label in statements() if link in (RDFS.label, SKOS.prefLabel))
    return {**dict(plain), TYPE: "class", str(RDFS.label): "name", str(OWL.sameAs): "other name"}


class _Words:
    """Finds words for IRIs."""

    def __init__(self, prefixes: Mapping[str, str], names: Mapping[str, Name]) -> None:
        self.prefixes, self.names = prefixes, names

    def line(self, line: Line, *, whole: bool = True) -> Told:
        """A line in words; with ``whole`` false terms keep their prefixed names, as in a query."""
        words = tuple(word for part in line.parts for word in self.words(part, whole=whole))
        return Told(words, tuple(self.line(each, whole=whole) for each in line.under), line.name)

    def words(self, part: Part, *, whole: bool) -> Iterator[Word]:
        if part.kind not in ("iri", "class"):
            yield Word(part.kind, part.text)
            return
        if part.text in self.names:
            yield Word("thing", self.names[part.text].label, part.text)
            return
        short = shortened(part.text, self.prefixes) or _end(part.text)
        text = labels().get(part.text, short) if whole else short
        if part.kind == "class":
            yield Word("words", "an " if text[:1].lower() in "aeiou" else "a ")
        yield Word("term", text, part.text)


def _end(iri: str) -> str:
    """The end of an IRI, as good as a name.

    >>> _end("http://a.example/people/ann%20lee"), _end("http://a.example/")
    ('ann lee', 'http://a.example/')
    """
    return (
        unquote(URIRef(iri).rstrip("/#").replace("#", "/").rpartition("/")[2])
        if iri.count("/") > 3 or "#" in iri
        else iri
    )
