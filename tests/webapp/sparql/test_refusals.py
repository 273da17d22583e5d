"""What the endpoint does not answer is told as a problem: updates, bad requests, malformed queries, limits."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.sandbox import Sandbox
from graph.snapshot import Follower
from tests.webapp.sparql.asking import ADDRESS, CROSS, DIRECT, FORM, LIMITS, TITLES, get, problem, titles
from webapp.sparql import mount


@pytest.mark.parametrize(
    ("query", "accept"), [(TITLES, "image/png"), (TITLES, "text/turtle"), ("DESCRIBE <urn:x>", "text/csv")]
)
def test_impossible_format_is_406_with_what_is_possible(client: FlaskClient, query: str, accept: str) -> None:
    """Where Accept refuses all forms of the answer, the problem lists them."""
    said = problem(get(client, query, accept), 406)
    assert said["available"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_with_allow(client: FlaskClient, method: str) -> None:
    """Methods that the protocol does not have are refused with those that it has."""
    answer = client.open("/sparql", method=method)
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("method", "address", "body", "kind"),
    [
        ("GET", "?query=" + quote("INSERT DATA { <urn:a> <urn:b> 1 }"), None, None),
        ("GET", "?update=" + quote("CLEAR ALL"), None, None),
        ("POST", "", "update=CLEAR+ALL", FORM),
        ("POST", "", "query=ASK+{}&update=CLEAR+ALL", FORM),
        ("POST", "", "CLEAR ALL", "application/sparql-update"),
        ("POST", "", "DELETE WHERE { ?s ?p ?o }", DIRECT),
        ("POST", "", "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", DIRECT),
        ("POST", "?using-graph-uri=urn:g", "query=ASK+{}", FORM),
    ],
)
def test_updates_are_refused_by_every_door(
    client: FlaskClient, method: str, address: str, body: str | None, kind: str | None
) -> None:
    """However an update comes, the answer is 403 and the data stays."""
    said = problem(client.open(f"/sparql{address}", method=method, data=body, content_type=kind), 403)
    assert "only reads" in said["detail"]
    assert titles(get(client, TITLES)) == ["Amélie", "The Broken Bell"]


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"],
)
def test_other_servers_are_not_asked(client: FlaskClient, query: str) -> None:
    """SERVICE and graphs from the web are refused, with the reason."""
    assert "network" in (said := problem(get(client, query), 403)["detail"]) or "fetched from the web" in said


def test_a_graph_that_is_not_here_is_told_with_the_way_to_those_that_are(client: FlaskClient) -> None:
    """The query in the advice lists the graphs by their names, without a look at what they hold."""
    said = problem(get(client, "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"), 403)["detail"]
    advised = said[said.index("SELECT ?g") : said.index(" lists the graphs")]
    every = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    found, plain = (sorted(get(client, text, "text/csv").text.split()) for text in (advised, every))
    assert found == plain
    assert len(found) > 1


@pytest.mark.parametrize(
    ("method", "address", "body", "kind", "status"),
    [
        ("GET", "?query=", None, None, 400),
        ("GET", "?query=ASK+{}&query=ASK+{}", None, None, 400),
        ("GET", "?query=ASK+{}&default-graph-uri=not+an+iri", None, None, 400),
        ("GET", "?query=ASK+{}&named-graph-uri=relative", None, None, 400),
        ("GET", "?query=ASK+{}&timeout=soon", None, None, 400),
        ("GET", "?query=ASK+{}&timeout=-1", None, None, 400),
        ("GET", "?query=ASK+{}&timeout=nan", None, None, 400),
        ("GET", "?query=%ff%fe", None, None, 400),
        ("GET", "?query=ASK+{%00}", None, None, 400),
        ("GET", "?default-graph-uri=urn:g", None, None, 400),
        ("GET", "?query=ASK+{}" + "&a=b" * 2000, None, None, 400),
        ("POST", "", "foo=bar", FORM, 400),
        ("POST", "", "", FORM, 400),
        ("POST", "", "", DIRECT, 400),
        ("POST", "?query=ASK+{}", "query=ASK+{}", FORM, 400),
        ("POST", "", b'SELECT ("\xff" AS ?x) {}', DIRECT, 400),
        ("POST", "", b"query=%ff", FORM, 400),
        ("POST", "", b"query=\xff", FORM, 400),
        ("POST", "", "ASK {}".encode("utf-16"), DIRECT + "; charset=utf-16", 415),
        ("POST", "", "ASK {}", "text/plain", 415),
        ("POST", "", '{"query": "ASK {}"}', "application/json", 415),
        ("POST", "", "ASK {}", None, 415),
        ("POST", "", "x" * 100_000, DIRECT, 413),
    ],
)
def test_bad_request_is_a_problem_document(
    client: FlaskClient, method: str, address: str, body: str | bytes | None, kind: str | None, status: int
) -> None:
    """Whatever is wrong with a request is told with the right status, and never a fault of ours."""
    problem(client.open(f"/sparql{address}", method=method, data=body, content_type=kind), status)


def test_malformed_query_has_line_column_and_hint(client: FlaskClient) -> None:
    """A query that cannot be read is answered with the place and what may help."""
    said = problem(get(client, "SELECT *\n{ ?s flim:title ?o }"), 400)
    assert (said["line"], said["column"]) == (2, 6)
    assert "flim:" in said["detail"]
    assert "did you mean film:" in said["hint"]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELCT * { ?s ?p ?o }", "did you mean SELECT?"),
        ("SELECT * { ?s ?p ?o FLITER(?o > 1) }", "did you mean FILTER?"),
        ("SELECT * { ?s ?p ?o } GRUOP BY ?s", "did you mean GROUP?"),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s LIMT 3", "did you mean LIMIT?"),
        ("SELECT COUNT(?f) { ?f a film:Film }", "SELECT (COUNT(?x) AS ?count)"),
        ("SELECT * { ?r film:perfomer ?p ", "did you mean film:performer?"),
        ("SELECT * { ?f a Film }", "did you mean film:Film?"),
        ("SELECT * {\n ?f film:title “Casablanca” }", '“ only looks like "; type that in its place'),
    ],
)
def test_misspelt_word_has_the_nearest_as_its_hint(client: FlaskClient, query: str, hint: str) -> None:
    """A query that cannot be read because of a slip of the pen is answered with the word that was meant."""
    assert hint in problem(get(client, query), 400)["hint"]


def test_misspelt_term_of_ours_is_told_beside_the_answer(client: FlaskClient) -> None:
    """A term that does not exist is no error of SPARQL: the answer is empty, and a header says why."""
    answer = get(client, "SELECT ?t { ?f film:titel ?t }")
    assert titles(answer) == []
    assert "did you mean film:title?" in answer.headers["Filmgraph-Hint"]
    assert "Filmgraph-Hint" not in get(client, TITLES).headers
    answer = get(client, "SELECT ?f { ?f film:director 'Karel Vinter' }")
    assert "film:director/film:name" in answer.headers["Filmgraph-Hint"]


@pytest.mark.parametrize(
    ("query", "status", "limit"),
    [
        ("ASK {" + "{" * 150 + "}" * 150 + "}", 413, "depth"),
        ("ASK {" + " {} UNION" * 1_500 + " {} }", 413, "chain"),
        ("ASK { ?s ?p '" + "x" * 21_000 + "' }", 413, "text_bytes"),
        ("SELECT * { VALUES ?a { " + "1 " * 99 + "} VALUES ?b { " + "1 " * 99 + "} }", 413, "result_rows"),
        (
            "SELECT (CONCAT(" + ",".join(["?b"] * 500) + ") AS ?c) { BIND('" + "x" * 4_000 + "' AS ?b) }",
            413,
            "result_bytes",
        ),
    ],
    ids=["depth", "chain", "text", "rows", "bytes"],
)
def test_limit_is_named(client: FlaskClient, query: str, status: int, limit: str) -> None:
    """A limit that was passed is named, with its value and what to try; there is never half an answer."""
    posted = client.post("/sparql", data=query, content_type=DIRECT)
    said = problem(posted, status)
    assert (said["limit"], said["value"]) == (limit, getattr(LIMITS, limit))
    assert said["advice"] not in said["detail"]
    assert said["type"] == f"tag:w3id.org,2026:filmgraph/limit/{limit}"


def test_time_can_be_asked_for(client: FlaskClient) -> None:
    """The parameter timeout bounds a query; at the deadline the answer is 503."""
    answer = get(client, CROSS, timeout="0.4")
    said = problem(answer, 503)
    assert (said["limit"], said["value"]) == ("timeout", 0.4)
    assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("door", ["GET", "POST"])
def test_who_is_stopped_hears_what_takes_less_work(client: FlaskClient, door: str) -> None:
    """Where the text tells why a query takes long, the problem has a hint, by whatever door the query came."""
    slow = CROSS[:-1] + "FILTER(!CONTAINS(STR(?c), 'never')) }"
    terms = {"query": slow, "timeout": "0.4"}
    answer = get(client, **terms) if door == "GET" else client.post("/sparql", data=terms)
    assert "/search" in problem(answer, 503)["hint"]


def test_body_too_long_has_its_limit_and_advice(client: FlaskClient) -> None:
    """A body beyond what a query may take gets the bound and what to do."""
    said = problem(client.post("/sparql", data="x" * 100_000, content_type=DIRECT), 413)
    assert (said["limit"], said["value"]) == ("text_bytes", LIMITS.text_bytes)
    assert said["advice"]


def test_missing_data_is_503(tmp_path: Path) -> None:
    """Without data the service says that it is away, and nothing of our folders."""
    follower = Follower(tmp_path / "none")

    def state() -> Any:
        return SimpleNamespace(source=follower.get().snapshot, version="1", folder=tmp_path)

    with Sandbox(LIMITS) as sandbox:
        app = Flask(__name__)
        mount(app, state, sandbox, prefixes={}, address=ADDRESS)
        answer = get(app.test_client(), "ASK {}")
    assert str(tmp_path) not in problem(answer, 503)["detail"]
    assert answer.headers["Retry-After"] == "60"
