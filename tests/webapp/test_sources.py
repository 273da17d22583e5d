"""The pages of sources: what each dataset is and gave, as a page and as data."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import URIRef

from graph.errors import LimitError
from graph.iris import Iris
from tests.webapp.reading import graph, one, soup, words
from webapp.cache import Cache
from webapp.fill import sources
from webapp.fill.sources import source_page
from webapp.pages import SourcePage
from webapp.site import Site, view

ODD = Iris().dataset("odd-toml")


def page_of(app: Flask, after: str = "") -> SourcePage:
    """The page of the dataset of odd cases."""
    with app.test_request_context():
        page = source_page(view(), ODD, after)
    assert page
    return page


def all_films(app: Flask) -> list[str]:
    """The films of all pages, by following the keys."""
    page = page_of(app)
    found = [film.iri for film in page.films]
    while page.following:
        page = page_of(app, page.following)
        found += [film.iri for film in page.films]
    return found


def test_a_source_says_what_it_is(odd_app: Flask) -> None:
    """The page tells edition, licence, digest and the graph, and what the source gave, truly counted."""
    page = page_of(odd_app)
    assert (page.label, page.version, page.published, page.licence) == ("Odd cases", "1", "2026-01-01", "CC0-1.0")
    assert page.sha256
    assert len(page.sha256) == 64
    assert page.graph == str(Iris().graph("odd-toml"))
    counts = {figure.label: figure.count for figure in page.counts}
    assert counts["films"] == len(all_films(odd_app))
    assert counts["roles"] > 300


def test_all_films_of_a_source_are_told_once(odd_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page every film of the source comes once, asked of the store or along the index of all films."""
    asked = all_films(odd_app)
    monkeypatch.setattr(sources, "SMALL", 0)
    monkeypatch.setattr(sources, "STRIDE", 37)
    along = all_films(odd_app)
    assert along == asked
    assert len(set(asked)) == len(asked) > 180


def test_a_source_too_large_to_count_goes_without_counts(odd_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where counting takes longer than a query may, the page is shown without counts."""

    def slow(*_: object) -> None:
        raise LimitError("too long")

    monkeypatch.setattr(Site, "run", slow)
    monkeypatch.setattr(Cache, "get", lambda *_: None)
    page = page_of(odd_app)
    assert page.counts == ()
    assert page.films


def test_the_page_of_a_source(client: FlaskClient) -> None:
    """The label of a source on a film's page leads to its page, which lists films and has its statements as RDF."""
    links = soup(client.get("/film/skyfall-2012")).select(".unproved a")
    assert {str(link["href"]) for link in links} == {"/dataset/films-toml"}
    page = soup(client.get("/dataset/films-toml"))
    assert words(one(page, "h1")) == "Sample film facts"
    assert "films" in words(one(page, ".figures"))
    assert page.select(".rows a[href^='/film/']")
    said = graph(client.get("/dataset/films-toml.ttl"))
    assert (URIRef("http://localhost:8000/dataset/films-toml"), None, None) in said


def test_all_sources_are_listed(client: FlaskClient) -> None:
    """The list of sources links each dataset and the reviews, and home and about lead to it."""
    page = soup(client.get("/sources"))
    data = client.get("/sources.json").get_json()
    assert page.select("a[href='/dataset/films-toml']")
    assert f"{data['reviews']} reviews" in words(page)
    assert page.select("a[href^='/outlet/']")
    for path in ("/", "/about"):
        assert soup(client.get(path)).select("main a[href='/sources']")


def test_home_leads_to_decades_and_worklists(client: FlaskClient) -> None:
    """The first page links every decade, and what is missing."""
    page = soup(client.get("/"))
    assert page.select("main a[href='/decade/1990s']")
    assert page.select("main a[href='/worklists']")
