"""Reads answers of the site as a browser and a program do."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from rdflib import Graph
from werkzeug.test import TestResponse

SYNTAXES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


def soup(answer: TestResponse) -> BeautifulSoup:
    """The page as a tree."""
    assert answer.mimetype == "text/html", answer.mimetype
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def one(tree: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that a selector finds."""
    found = tree.select(selector)
    assert len(found) == 1, f"{len(found)} elements fit {selector}"
    return found[0]


def words(tag: BeautifulSoup | Tag) -> str:
    """The text of an element with plain spaces."""
    return " ".join(tag.get_text().split())


def graph(answer: TestResponse) -> Graph:
    """The answer as RDF, by its media type."""
    return Graph().parse(data=answer.get_data(), format=SYNTAXES[answer.mimetype or ""])
