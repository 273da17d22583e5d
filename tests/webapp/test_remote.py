"""The site over a SPARQL server in place of a snapshot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import build
from graph.plain import PlainLists
from tests.servers import Server, free_port, patient
from tests.webapp.reading import graph, one, soup, words
from webapp import Config, create_app

FILM = "/film/skyfall-2012"
THINGS = (
    FILM, "/person/tim-roth", "/person/kenneth-branagh", "/role/hamlet-1996/kenneth-branagh/hamlet",
    "/character/1-mile-to-you-2017/kevin", "/review/1-mile-to-you-2017-eeca7823",
    "/role/1-mile-to-you-2017/graham-rogers/kevin", "/genre/drama", "/dataset/films-toml", "/genres", "/sitemap.xml",
)  # fmt: skip
LISTS = ("/films", "/films?order=year", "/people", "/characters", "/reviews")
NARROWED = (
    "/films?order=rating", "/films?order=rating&after=017", "/films?genre=drama&decade=1990",
    "/films?rating=8&evidence=yes",
    "/films?reviews=no&actor=tim-roth", "/films?director=kenneth-branagh&directed=yes&order=year", "/films?year=1996",
    "/films?directed=no", "/people?job=director&evidence=yes", "/people?job=actor&evidence=no",
    "/characters?decade=1990&evidence=no&order=year", "/reviews?genre=drama&evidence=yes", "/reviews?order=year",
    "/reviews?decade=1990&outlet=Lantern+Quarterly", "/reviews?reviewer=Imke+Sandvoort", "/films?rating=many",
    "/films?genre=a+b", "/films?evidence=perhaps", "/films?genre=no-such",
)  # fmt: skip
PARTS = ("/year/1996", "/decade/1990s", "/outlet/Lantern Quarterly", "/worklists", "/sources", "/about")
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
    config = Config(tmp_path, endpoint=sample_server.query, default_graph=sample_server.default_graph, haste=60)
    return patient(create_app(config)).test_client()


@pytest.fixture(scope="session")
def local(sample: build.Place) -> FlaskClient:
    """A visitor of the site over the sample's snapshot."""
    return patient(create_app(Config(sample.data, base=sample.base))).test_client()


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


@pytest.mark.parametrize("path", [*LISTS, *NARROWED])
def test_a_list_has_the_same_rows_and_counts_on_a_server(remote: FlaskClient, local: FlaskClient, path: str) -> None:
    """Lists are narrowed, ordered and counted as over a snapshot, and so is what they can be narrowed to."""
    address = re.sub(r"^/\w+", r"\g<0>.json", path)
    here, there = (visitor.get(address) for visitor in (local, remote))
    assert here.status_code == there.status_code == 200
    assert counted(here.get_json()) == counted(there.get_json())
    assert here.get_json()["total"] is not None


def counted(page: Any) -> Any:
    """A list's data; of narrowed lists the index counts only those actors who are in most films of all."""
    narrowed = any(facet["chosen"] for facet in page["facets"])
    facets = [facet for facet in page["facets"] if not narrowed or facet["name"] not in ("actor", "director")]
    return {**page, "facets": facets}


@pytest.mark.parametrize("path", PARTS)
def test_parts_of_lists_are_the_same_on_a_server(remote: FlaskClient, local: FlaskClient, path: str) -> None:
    """Years, decades and outlets have their pages, and the number of reviews is known."""
    here, there = (soup(visitor.get(path)) for visitor in (local, remote))
    assert one(here, "h1").get_text() == one(there, "h1").get_text()
    rows = [[str(link["href"]) for link in page.select(".rows a, .chips a")] for page in (here, there)]
    assert rows[0] == rows[1]


def test_a_list_of_a_server_is_a_table_too(remote: FlaskClient, local: FlaskClient) -> None:
    """As CSV a narrowed list has the same rows, byte for byte."""
    for path in ("/films.csv?genre=drama&order=rating", "/people.csv?job=director", "/reviews.csv?evidence=yes"):
        assert remote.get(path).data == local.get(path).data


def test_a_slow_server_leaves_the_choices_out(tmp_path: Path, sample_server: Server) -> None:
    """Where the time for counting is used up, a list has its rows all the same, and says what it goes without."""
    endpoint = sample_server.endpoint()
    lists = PlainLists(endpoint, haste=0)
    assert lists.count("film", {}) is None
    assert set(map(len, lists.choices("film", {}).values())) == {0}


def test_what_a_server_cannot_give_is_said(remote: FlaskClient) -> None:
    """Search goes without near spellings; behind the end of a list there is nothing."""
    assert "without near spellings" in words(soup(remote.get("/search?q=bond")))
    assert remote.get("/films?after=zzzz").status_code == 404


def test_two_names_at_once_are_no_name_on_a_server(remote: FlaskClient) -> None:
    """Roles by actor and film are found in a snapshot's index: the page says so, and that nothing is called that."""
    page = words(one(soup(remote.get("/search?q=bogart+casablanca")), "main"))
    assert "without near spellings, the sentences of reviews, or roles by actor and film" in page
    assert "Nothing is called that" in page
    assert remote.get("/suggest?q=bogart+casablanca").get_json()["hits"] == []


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
