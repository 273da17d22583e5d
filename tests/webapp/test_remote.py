"""The site over a SPARQL server in place of a snapshot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import build
from tests.servers import Server, free_port
from tests.webapp.reading import graph, soup, words
from webapp import Config, create_app

FILM = "/film/skyfall-2012"
THINGS = (
    FILM, "/person/tim-roth", "/person/kenneth-branagh", "/role/hamlet-1996/kenneth-branagh/hamlet",
    "/character/1-mile-to-you-2017/kevin", "/review/1-mile-to-you-2017-eeca7823",
    "/role/1-mile-to-you-2017/graham-rogers/kevin", "/genre/drama", "/dataset/films-toml", "/genres", "/sitemap.xml",
)  # fmt: skip
LISTS = ("/films", "/films?order=year", "/people", "/characters", "/reviews")
OTHERS = (
    "/", "/about", "/api", "/api/openapi.json", "/ontology", "/ontology/played", "/ontology/shapes",
    "/search?q=bond", "/suggest?q=bon", "/healthz", "/query", "/sparql", "/robots.txt",
    "/opensearch.xml", "/.well-known/void", "/learn", "/learn/03-roles?query=ASK+{}&solution=1",
    "/query?ask=examples/12-proof", "/query/explain?query=ASK+{}", "/query/code?query=ASK+{}", "/query/terms.json",
    "/sources", "/graph", "/graph?of=film/skyfall-2012", "/graph.json?of=person/tim-roth",
    "/path", "/path?from=Tim+Roth&to=humphrey-bogart", "/query/result?query=ASK+{}&format=xml", *LISTS,
)  # fmt: skip


@pytest.fixture
def remote(sample_server: Server, tmp_path: Path) -> FlaskClient:
    """A visitor of the site over a server that holds the sample."""
    config = Config(tmp_path, endpoint=sample_server.query, default_graph=sample_server.default_graph)
    return create_app(config).test_client()


@pytest.fixture(scope="session")
def local(sample: build.Place) -> FlaskClient:
    """A visitor of the site over the sample's snapshot."""
    return create_app(Config(sample.data, base=sample.base)).test_client()


@pytest.mark.parametrize("path", THINGS)
def test_a_page_is_the_same_on_a_server(remote: FlaskClient, local: FlaskClient, path: str) -> None:
    """Every resource looks as it does over a snapshot."""
    here, there = local.get(path), remote.get(path)
    assert here.status_code == there.status_code == 200
    assert content(here.text) == content(there.text)
    assert "ETag" not in there.headers


def content(page: str) -> str:
    """A page without its foot, which names the state."""
    return re.sub(r"<lastmod>[^<]*</lastmod>|\n+", "", re.sub(r"<footer.*?</footer>", "", page, flags=re.DOTALL))


@pytest.mark.parametrize("path", [path for path in THINGS if path.count("/") > 1])
def test_the_data_of_a_page_is_the_same_on_a_server(remote: FlaskClient, local: FlaskClient, path: str) -> None:
    """So do its triples and its own data."""
    for suffix in (".nt", ".json"):
        assert local.get(path + suffix).text == remote.get(path + suffix).text


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_the_same_rows_on_a_server(remote: FlaskClient, local: FlaskClient, path: str) -> None:
    """Lists are in the same order, and go on from the same place; only the number of all rows is not counted."""
    data = re.sub(r"^/\w+", r"\g<0>.json", path)
    here, there = (visitor.get(data).get_json() for visitor in (local, remote))
    assert {**here, "total": None, "facets": []} == there


def test_what_a_server_cannot_give_is_said(remote: FlaskClient) -> None:
    """Lists go without choices and counts, search without near spellings; an order there is not is told."""
    assert "no counts and no choices" in words(soup(remote.get("/films")))
    assert "without near spellings" in words(soup(remote.get("/search?q=bond")))
    refused = remote.get("/films?order=rating")
    assert refused.status_code == 501
    assert "order of names" in words(soup(refused))
    assert remote.get("/films?after=zzzz").status_code == 404


@pytest.mark.parametrize("path", OTHERS)
def test_every_page_works_on_a_server(remote: FlaskClient, path: str) -> None:
    """What a snapshot's index gives is left out, not broken."""
    assert remote.get(path, follow_redirects=True).status_code == 200


def test_a_film_has_its_cast_and_its_rdf(remote: FlaskClient) -> None:
    """Who played whom comes from the server, in HTML and in RDF."""
    assert "James Bond" in words(soup(remote.get(FILM)))
    assert len(graph(remote.get(FILM, headers={"Accept": "text/turtle"}))) > 20


def test_search_reads_the_labels(remote: FlaskClient) -> None:
    """Without a search index, names are still found, though only as they are spelt."""
    page = soup(remote.get("/search?q=skyfa"))
    assert {words(label) for label in page.select(".found .label")} == {"Skyfall", "Skyfall (2012) Review"}


@pytest.mark.parametrize("asked", ["bogar", "skyf", "tim ro", "HAMLET", "ophe&kind=character", "tim&kind=person"])
def test_suggestions_are_the_same_on_a_server(remote: FlaskClient, local: FlaskClient, asked: str) -> None:
    """Whatever has a name in which a word begins as typed is suggested, with what tells it from its namesakes."""
    here, there = (visitor.get(f"/suggest?q={asked}").get_json()["hits"] for visitor in (local, remote))
    assert here
    assert named(here) == named(there)


def named(hits: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """What is suggested; which of several films leads to a character of many does not matter."""
    return sorted((it["kind"], it["label"], it["detail"] or "") for it in hits)


def test_a_single_letter_suggests_nothing_on_a_server(remote: FlaskClient) -> None:
    """It would match most names, all of which the server would have to read."""
    assert remote.get("/suggest?q=h").get_json()["hits"] == []


def test_queries_run_on_the_server(remote: FlaskClient) -> None:
    """The query page asks the server."""
    page = soup(remote.get('/query?query=ASK { ?film film:title "Skyfall" }'))
    assert "yes" in words(page).split()


@pytest.fixture
def away(tmp_path: Path) -> Flask:
    """The site over a server that does not run."""
    return create_app(Config(tmp_path, endpoint=f"http://127.0.0.1:{free_port()}/query"))


@pytest.mark.parametrize("path", ["/", FILM, f"{FILM}.ttl", "/search?q=x", "/healthz", "/sparql?query=ASK%7B%7D"])
def test_a_server_that_is_away_is_503(away: Flask, path: str) -> None:
    """Every address answers that the graph is away for now, and when to come back; nothing is a trace."""
    answer = away.test_client().get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Traceback" not in answer.text
