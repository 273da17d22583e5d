"""What the editor asks for: answers as files, names, terms, prefixes, older snapshots."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import build
from graph.iris import DEFAULT_BASE
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app

PLAYED = "SELECT ?who ?whom { ?who film:played ?whom } LIMIT 3"
ROLE = f"{DEFAULT_BASE}role/1-mile-to-you-2017/graham-rogers/kevin"
MADE = "CONSTRUCT { ?who film:played ?whom } WHERE { ?who film:played ?whom } LIMIT 3"


@pytest.mark.parametrize(
    ("query", "suffix", "media"),
    [
        (PLAYED, "json", "application/sparql-results+json"),
        (PLAYED, "xml", "application/sparql-results+xml"),
        (PLAYED, "csv", "text/csv"),
        (PLAYED, "tsv", "text/tab-separated-values"),
        (MADE, "ttl", "text/turtle"),
        (MADE, "jsonld", "application/ld+json"),
        (MADE, "nt", "application/n-triples"),
        (MADE, "rdf", "application/rdf+xml"),
        (MADE, "trig", "application/trig"),
        (MADE, "nq", "application/n-quads"),
    ],
)
def test_an_answer_can_be_taken_away_in_every_format(client: FlaskClient, query: str, suffix: str, media: str) -> None:
    """Each format of an answer is a file with its own type and name."""
    answer = client.get("/query/result", query_string={"query": query, "format": suffix, "save": 1})
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="answer.{suffix}"'
    assert answer.data


def test_the_page_links_every_format_of_its_answer(client: FlaskClient) -> None:
    """Under an answer stand links to all its formats, and each leads to a file."""
    links = soup(client.get("/query", query_string={"query": PLAYED})).select(".files a")
    assert [words(link) for link in links] == ["JSON", "XML", "CSV", "TSV"]
    assert all(client.get(str(link["href"])).status_code == 200 for link in links)


def test_a_result_is_negotiated(client: FlaskClient) -> None:
    """Without a format the Accept header decides; what cannot be given is a 406, what is no query a 400."""
    text = {"query": PLAYED}
    assert client.post("/query/result", data=text, headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert client.get("/query/result", query_string=text, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/query/result", query_string={"query": "SELECT"}).status_code == 400
    assert client.get("/query/result", query_string={"query": "DROP ALL"}).status_code == 403


def test_names_come_with_addresses_and_proofs(client: FlaskClient) -> None:
    """Resources are named; a role says how many passages prove it; what is unknown is left out."""
    person = f"{DEFAULT_BASE}person/graham-rogers"
    said = client.post("/query/names", json=[person, ROLE, "http://a.example/", "no iri <>", ""]).get_json()
    assert said.keys() == {person, ROLE}
    assert said[person] == {"label": "Graham Rogers", "href": "/person/graham-rogers", "proofs": 0}
    assert said[ROLE]["proofs"] >= 1


@pytest.mark.parametrize("body", ["", "{}", '["a", 1]', json.dumps(["x"] * 401)])
def test_names_are_asked_for_in_lists(client: FlaskClient, body: str) -> None:
    """Anything but a list of up to 400 IRIs is refused with what is expected."""
    answer = client.post("/query/names", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "at most 400 IRIs" in answer.get_json()["detail"]


def test_roles_of_a_table_link_their_evidence(client: FlaskClient) -> None:
    """In the table of an answer a role has a link to the sentences that prove it, and they are there."""
    page = soup(
        client.get("/query", query_string={"query": f"SELECT * {{ <{ROLE}> a ?c BIND(<{ROLE}> AS ?role) }} LIMIT 1"})
    )
    link = one(page, ".result .proofs")
    address, _, fragment = str(link["href"]).partition("#")
    assert soup(client.get(address)).select(f"#{fragment}, section[aria-labelledby={fragment}] blockquote")


def test_the_editor_begins_with_roles_and_their_sentences(client: FlaskClient) -> None:
    """Where reviews prove roles, the query that stands in the editor at first answers with their sentences."""
    begun = client.get("/query.json").get_json()["text"]
    found = client.get("/query.json", query_string={"query": begun}).get_json()["result"]
    place = found["columns"].index("sentence")
    assert len(found["rows"]) == 20
    assert all(len(row[place]["text"]) > 20 for row in found["rows"])


MISSPELT = "SELECT * { ?film film:titel ?title }"


def test_an_answer_names_a_term_that_does_not_exist(client: FlaskClient) -> None:
    """Who misspells a term is told so beside the empty table, not that the query is fine; so are programs."""
    page = client.get("/query", query_string={"query": MISSPELT}).text
    assert "did you mean film:title?" in page
    assert "The query is fine" not in page
    assert "The query is fine" in client.get("/query?query=SELECT * { ?film film:title 7 }").text
    result = client.get("/query/result", query_string={"query": MISSPELT})
    assert "did you mean film:title?" in result.headers["Filmgraph-Hint"]


def test_terms_are_ours_and_those_that_follow(client: FlaskClient) -> None:
    """Completion knows each class and property once, ours first, with what it says."""
    terms = client.get("/query/terms.json").get_json()
    names = [term["name"] for term in terms]
    assert len(names) == len(set(names))
    assert names[0].startswith("film:")
    assert {"film:played", "film:Role", "schema:actor", "rdf:type"} <= set(names)
    assert "film:isActing" not in names
    assert all(term["says"] and term["kind"] in ("class", "property") for term in terms)


def test_prefixes_are_those_that_need_no_declaration(client: FlaskClient) -> None:
    """The prefixes that the editor adds are those of the ontology."""
    assert client.get("/query/prefixes.json").get_json()["film"] == "https://w3id.org/filmgraph#"


def test_suggestions_have_iris(client: FlaskClient) -> None:
    """A suggestion brings the IRI that the editor writes into a query."""
    hit = client.get("/suggest?q=graham%20ro").get_json()["hits"][0]
    assert hit["iri"] == f"{DEFAULT_BASE}person/graham-rogers"


@pytest.fixture
def two_states(place: build.Place, tmp_path: Path) -> FlaskClient:
    """A site with two snapshots: the first with one film, the second with two."""
    for title in ("One Film", "Another Film"):
        facts = tmp_path / f"{title}.toml"
        facts.write_text(f'[[film]]\ntitle = "{title}"\nyear = 2001\nroles = [["Ann Lee", "Eve"]]\n', encoding="utf-8")
        build.import_facts(place, facts)
    return create_app(Config(place.data, base=place.base)).test_client()


def test_an_older_snapshot_can_be_asked(two_states: FlaskClient) -> None:
    """With a snapshot's number the page, its files and the names are those of that snapshot, and it says so."""
    asked = {"query": "SELECT ?film { ?film a film:Film }"}
    newest = soup(two_states.get("/query", query_string=asked))
    pinned = soup(two_states.get("/query", query_string=asked | {"snapshot": 1}))
    assert (len(newest.select(".result tbody tr")), len(pinned.select(".result tbody tr"))) == (2, 1)
    assert "snapshot 1" in words(one(pinned, ".note"))
    assert "Snapshot 1" in words(one(pinned, ".foot"))
    assert one(pinned, "form.editor input[name=snapshot]")["value"] == "1"
    file = two_states.get(str(pinned.select(".files a")[2]["href"]))
    assert len(file.data.splitlines()) == 2
    assert "answer-snapshot-1.csv" in file.headers["Content-Disposition"]


def test_a_snapshot_that_is_gone_is_said(two_states: FlaskClient) -> None:
    """A number that is not kept is a 410 that names those that are, and the query stays on the page."""
    answer = two_states.get("/query", query_string={"query": "ASK {}", "snapshot": 9})
    assert answer.status_code == 410
    assert "there are: 1, 2" in words(one(soup(answer), ".problem"))
    assert one(soup(answer), "textarea").get_text() == "ASK {}"
    assert two_states.get("/query/result", query_string={"query": "ASK {}", "snapshot": 9}).status_code == 410
