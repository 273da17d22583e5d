"""The page that explains a query."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graph import query
from graph.explain import Explainer
from graph.iris import DEFAULT_BASE
from graph.sandbox import LimitExceededError
from tests.webapp.reading import one, soup, words


def lines(client: FlaskClient, text: str) -> list[str]:
    """The sentences of the page, the nested ones too."""
    page = soup(client.get("/query/explain", query_string={"query": text}))
    return [words(item) for item in page.select(".outline li") if not item.select("li")]


def test_terms_and_resources_have_their_names(client: FlaskClient) -> None:
    """Classes have their article, properties their label, resources their name, and all of them are linked."""
    text = f"SELECT ?role {{ ?role a film:Evidence ; film:performer <{DEFAULT_BASE}person/graham-rogers> }}"
    page = soup(client.get("/query/explain", query_string={"query": text}))
    assert {"?role is an evidence", "the performer of ?role is Graham Rogers"} <= set(lines(client, text))
    links = {words(link): link["href"] for link in page.select(".outline a")}
    assert links["Graham Rogers"] == "/person/graham-rogers"
    assert links["performer"] == "/ontology/performer"


def test_the_tree_keeps_prefixed_names(client: FlaskClient) -> None:
    """In the algebra terms stand as in a query."""
    page = soup(client.get("/query/explain", query_string={"query": "ASK { ?a film:played ?b }"}))
    assert "?a film:played ?b" in words(one(page, ".tree"))


@pytest.mark.parametrize("name", query.names("examples")[:60:6])
def test_examples_are_explained(client: FlaskClient, name: str) -> None:
    """Examples give sentences and a tree, as a page and as data."""
    text = query.load(name).text
    assert lines(client, text)
    data = client.get("/query/explain.json", query_string={"query": text}).get_json()
    assert data["sentences"]
    assert data["algebra"]["under"]


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("SELECT {", 400, "line 1"),
        ("DROP ALL", 403, "only reads"),
        ("ASK {" + "(" * 300, 413, "levels of brackets"),
    ],
)
def test_what_cannot_be_explained_is_said(client: FlaskClient, text: str, status: int, said: str) -> None:
    """A text that is no query, is refused, or is too much of one has the status of that and the reason; it stays."""
    answer = client.get("/query/explain", query_string={"query": text})
    assert answer.status_code == status
    assert said in words(one(soup(answer), ".problem"))
    assert one(soup(answer), "textarea").get_text() == text


def test_who_has_to_wait_for_an_explanation_is_told_how_long(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that takes too long to read is 503 with the seconds after which to try again."""

    def late(*_: object) -> None:
        raise LimitExceededError("timeout", 5, "others are being explained", "explain it in parts", 7)

    monkeypatch.setattr(Explainer, "explain", late)
    answer = client.get("/query/explain", query_string={"query": "ASK {}"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


def test_nothing_to_explain_is_an_empty_form(client: FlaskClient) -> None:
    """Without a query there is a form to write one in."""
    answer = client.get("/query/explain")
    assert answer.status_code == 200
    assert one(soup(answer), "textarea").get_text() == ""
    assert not soup(answer).select(".problem, .tree")


def test_nothing_to_share_leads_to_the_editor(client: FlaskClient) -> None:
    """Without a query the editor is where to go."""
    assert client.get("/query/code").location == "/query"


def test_addresses_of_a_page_are_written_as_they_may_be(client: FlaskClient) -> None:
    """What a program left unescaped in its request is escaped where the page tells its own addresses."""
    answer = client.get("/query/explain", environ_overrides={"QUERY_STRING": "query=ASK+{}&x=Ã©"})
    addresses = [str(it["href"]) for it in soup(answer).select("head link[rel=canonical], head link[type*=json]")]
    assert len(addresses) > 1
    assert all(address.endswith("?query=ASK+%7B%7D&x=%C3%A9") for address in addresses)
