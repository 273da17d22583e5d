"""A query by GET is answered in the event loop, ahead of the framework, and nobody can tell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.sandbox import Sandbox
from tests.webapp.test_gateway import Client, run
from webapp.gateway import Gateway
from webapp.site import KEY
from webapp.sparql import SPARQL, Express

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
    (f"ASK {{ ?s ?p '{'x' * 9000}' }}", "*/*"),
]


class Framework:
    """The application behind the gateway; counts how often it is asked."""

    def __init__(self, app: Flask) -> None:
        self.app, self.asked = app, 0

    def __call__(self, environ: object, start_response: object) -> object:
        """Pass a request on."""
        self.asked += 1
        return self.app.wsgi_app(environ, start_response)  # type: ignore[arg-type]


def ask(
    app: Flask, *terms: str, headers: Mapping[str, str] | None = None, proxies: int = 0
) -> tuple[list[Client], int]:
    """The answers to requests at once, by their addresses' terms, and how many of them the framework gave."""
    site = app.extensions[KEY]
    site.view()
    behind = Framework(app)
    gateway = Gateway(behind, express=Express(app.extensions[SPARQL], site.at_hand, proxies))  # type: ignore[arg-type]
    clients = [Client(path="/sparql", query_string=each, headers=dict(headers or {})) for each in terms]

    async def all_at_once() -> None:
        await asyncio.gather(*(gateway.__rsgi__(client.scope, client) for client in clients))

    run(all_at_once())
    return clients, behind.asked


def told(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What headers say, but for how long it took."""
    return sorted((name, value) for name, value in headers if name != "Server-Timing")


@pytest.mark.parametrize(("query", "accept"), QUERIES)
def test_get_is_answered_as_by_the_framework(client: FlaskClient, query: str, accept: str) -> None:
    """Status, headers and body of GET, asked several times, are those of POST, which the framework answers."""
    headers = {"accept": accept}
    app = client.application
    made = [ask(app, urlencode({"query": query}), headers=headers)[0][0] for _ in range(3)]
    usual = client.post("/sparql", data=query, content_type="application/sparql-query", headers=headers)
    for answer in made:
        assert answer.status == usual.status_code
        assert told(answer.headers) == told(list(usual.headers))
        assert (answer.body or answer.file) == usual.data
    assert ("Server-Timing" in dict(made[0].headers)) == (made[0].status == 200)


def test_many_at_once_are_answered(client: FlaskClient) -> None:
    """More quick queries at once than there are processes wait for each other in the loop, and each gets its own."""
    app = client.application
    query = "SELECT (%d AS ?n) { ?film a film:Film } LIMIT 1"
    ask(app, urlencode({"query": query % 99}))
    terms = [urlencode({"query": query % n, "format": "csv"}) for n in range(7)]
    made, behind = ask(app, *terms)
    assert [each.body for each in made] == [f"n\r\n{n}\r\n".encode() for n in range(7)]
    assert behind == 0


def test_query_that_turns_out_slow_goes_on_in_a_thread(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query of a quick kind that takes long is answered all the same."""
    app = client.application
    pool: Sandbox = app.extensions[KEY].sandbox
    quick = "SELECT ?n { VALUES ?n { 1 } }"
    slow = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {'1 ' * 900} }} VALUES ?b {{ {'1 ' * 900} }} }}"
    monkeypatch.setattr(type(pool.lanes), "pace", lambda *_: "quick")
    monkeypatch.setattr(pool, "limits", type(pool.limits)(quick=0.001))
    made, behind = ask(app, *(urlencode({"query": each, "format": "csv"}) for each in (quick, slow)))
    assert [each.body for each in made] == [b"n\r\n1\r\n", b"n\r\n810000\r\n"]
    assert behind == 0


def test_parameters_are_read(client: FlaskClient) -> None:
    """Format, time and graphs of a GET are minded; what the protocol does not allow is refused as ever."""
    query = "SELECT ?g { GRAPH ?g { ?film a film:Film } }"
    terms = {"query": query, "named-graph-uri": "urn:none", "format": "csv", "timeout": "5"}
    (answer,), _ = ask(client.application, urlencode(terms))
    assert (dict(answer.headers)["Content-Type"], answer.body) == ("text/csv; charset=utf-8", b"g\r\n")
    wrong = ("query=ASK{}&query=ASK{}", "query=%ff", "query=ASK{}&update=CLEAR+ALL", "query=ASK{}&timeout=x",
             "default-graph-uri=urn:g")  # fmt: skip
    made, behind = ask(client.application, *wrong)
    assert [each.status for each in made] == [400, 400, 403, 400, 400]
    assert behind == len(wrong)


def test_only_plain_requests_are_taken(client: FlaskClient) -> None:
    """Who may have the answer already, or sends a body, is left to the framework."""
    terms = f"query={quote('ASK { ?s ?p ?o }')}"
    (first,), behind = ask(client.application, terms)
    assert behind == 0
    for headers in ({"if-none-match": dict(first.headers)["ETag"]}, {"content-length": "0"}):
        (answer,), behind = ask(client.application, terms, headers=headers)
        assert (answer.status, behind) == (304 if "if-none-match" in headers else 200, 1)


def test_our_own_mistake_is_said_as_everywhere(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of the software while a query is answered is a page of its own with a number, and logged under it."""

    def mistaken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Sandbox, "order", mistaken)
    (answer,), _ = ask(client.application, "query=ASK{?mistake+?p+?o}")
    assert answer.status == 500
    number = answer.body.decode().split("under the number ")[1][:12]
    assert number in caplog.text
