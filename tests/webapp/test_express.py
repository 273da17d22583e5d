"""A query by GET is answered ahead of the framework, and nobody can tell."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from graph.sandbox import Sandbox

XML = "application/sparql-results+xml"
QUERIES = [
    ("SELECT ?who ?whom { ?who film:played ?whom } ORDER BY ?who ?whom LIMIT 3", "*/*"),
    ("SELECT ?who ?whom { ?who film:played ?whom } ORDER BY ?who ?whom LIMIT 4", XML),
    ("ASK { ?film a film:Film }", "text/csv"),
    ("CONSTRUCT WHERE { ?film film:director ?who }", "text/turtle"),
    ("SELECT * { ?s ?p ?o } LIMIT 3000", "text/tab-separated-values"),
    ("SELECT * { ?role film:perfomer ?who }", "*/*"),
    ("SELECT (RAND() < 2 AS ?always) {}", "*/*"),
    ("SELECT * { ?s ?p }", "*/*"),
    ("SELECT * FROM <http://elsewhere.example/g> { ?s ?p ?o }", "*/*"),
    ("DROP ALL", "*/*"),
    ("SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }", "*/*"),
    ("ASK {}", "image/png"),
    ("", "*/*"),
    (f"ASK {{ {'{' * 200} {'}' * 200} }}", "*/*"),
]


def told(headers: Headers) -> list[tuple[str, str]]:
    """What headers say, but for how long it took."""
    return sorted((name, value) for name, value in headers if name != "Server-Timing")


@pytest.mark.parametrize(("query", "accept"), QUERIES)
def test_get_is_answered_as_by_the_framework(client: FlaskClient, query: str, accept: str) -> None:
    """Status, headers and body of GET, first asked and asked again, are those of POST, which the framework answers."""
    headers = {"Accept": accept}
    made = [client.get("/sparql", query_string={"query": query}, headers=headers) for _ in range(2)]
    usual = client.post("/sparql", data=query, content_type="application/sparql-query", headers=headers)
    for answer in made:
        assert answer.status_code == usual.status_code
        assert told(answer.headers) == told(usual.headers)
        assert answer.data == usual.data
    assert ("Server-Timing" in made[0].headers) == (made[0].status_code == 200)


def test_parameters_are_read(client: FlaskClient) -> None:
    """Format, time and graphs of a GET are minded; what the protocol does not allow is refused as ever."""
    query = "SELECT ?g { GRAPH ?g { ?film a film:Film } }"
    terms = {"query": query, "named-graph-uri": "urn:none", "format": "csv", "timeout": "5"}
    answer = client.get("/sparql", query_string=terms)
    assert (answer.content_type, answer.get_data(as_text=True)) == ("text/csv; charset=utf-8", "g\r\n")
    for wrong in ("query=ASK{}&query=ASK{}", "query=%ff", "query=ASK{}&update=CLEAR+ALL", "query=ASK{}&timeout=x"):
        assert client.get(f"/sparql?{wrong}").status_code in (400, 403)
    assert client.get("/sparql?default-graph-uri=urn:g").status_code == 400


def test_our_own_mistake_is_said_as_everywhere(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of the software while a query is answered is a page of its own with a number, and logged under it."""

    def mistaken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Sandbox, "run", mistaken)
    answer = client.get("/sparql?query=ASK{?mistake+?p+?o}")
    assert answer.status_code == 500
    number = answer.get_data(as_text=True).split("under the number ")[1][:12]
    assert number in caplog.text


def test_known_answer_is_not_sent_again(client: FlaskClient) -> None:
    """A client that names the tag of the answer that it has gets 304 without a body."""
    tag = client.get("/sparql?query=ASK{?s+?p+?o}").headers["ETag"]
    answer = client.get("/sparql?query=ASK{?s+?p+?o}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
