"""The SPARQL endpoint: the protocol, negotiation, refusals, limits."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Graph, URIRef
from werkzeug.test import TestResponse

from graph.sandbox import Limits, Sandbox
from graph.snapshot import Follower
from graph.store import GRAPH_TYPES, RESULT_TYPES, Endpoint
from tests.small_graph import ONE, PREFIXES, TWO, publish
from webapp.sparql import mount

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ADDRESS = "http://films.example/sparql"
SD = "http://www.w3.org/ns/sparql-service-description#"
TITLES = "SELECT ?t { ?f film:title ?t } ORDER BY ?t"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u }"
LIMITS = Limits(timeout=30, text_bytes=20_000, result_bytes=1_500_000, result_rows=5_000)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small graph."""
    folder = tmp_path_factory.mktemp("sparql")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    """A client of an application that is the endpoint and nothing else."""
    follower = Follower(data, PREFIXES)

    def state() -> Any:
        opened = follower.get()
        return SimpleNamespace(source=opened.snapshot, version=opened.version, folder=opened.folder)

    with Sandbox(LIMITS, PREFIXES) as sandbox:
        app = Flask(__name__)
        mount(app, state, sandbox, prefixes=PREFIXES, address=ADDRESS, triples=lambda: 42)
        yield app.test_client()


def get(client: FlaskClient, query: str, accept: str | None = JSON, **parameters: Any) -> TestResponse:
    """Ask by GET."""
    headers = {"Accept": accept} if accept is not None else {}
    terms = urlencode({"query": query, **parameters}, doseq=True)
    return client.get(f"/sparql?{terms}", headers=headers)


def titles(answer: TestResponse) -> list[str]:
    """The values of ?t in JSON results."""
    assert answer.status_code == 200, answer.text
    return [row["t"]["value"] for row in json.loads(answer.data)["results"]["bindings"]]


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem document of an answer with this status."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    said: dict[str, Any] = json.loads(answer.data)
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    return said


@pytest.mark.parametrize("how", ["get", "form", "direct", "form-charset", "direct-charset"])
def test_query_comes_by_every_door(client: FlaskClient, how: str) -> None:
    """GET, a posted form and a posted query give the same answer, in any script."""
    query = "SELECT ('日本語 é + % & = #' AS ?t) {}"
    if how == "get":
        answer = get(client, query)
    elif how.startswith("form"):
        kind = FORM + ("; charset=UTF-8" if how.endswith("charset") else "")
        answer = client.post("/sparql", data=urlencode({"query": query}), content_type=kind, headers={"Accept": JSON})
    else:
        kind = DIRECT + ("; charset=utf-8" if how.endswith("charset") else "")
        answer = client.post("/sparql", data=query.encode(), content_type=kind, headers={"Accept": JSON})
    assert titles(answer) == ["日本語 é + % & = #"]


def test_known_prefixes_need_no_declaration(client: FlaskClient) -> None:
    """The prefixes of the ontology work in any query, and a query may declare its own over them."""
    assert titles(get(client, TITLES)) == ["Amélie", "The Broken Bell"]
    assert titles(get(client, f"PREFIX film: <http://example.org/> {TITLES}")) == []


@pytest.mark.parametrize("media", [*RESULT_TYPES, *GRAPH_TYPES])
def test_every_format_is_given_with_its_type(client: FlaskClient, media: str) -> None:
    """Each media type is answered under its own name; text says that it is UTF-8."""
    query = TITLES if media in RESULT_TYPES else "CONSTRUCT { ?f film:title ?t } WHERE { ?f film:title ?t }"
    answer = get(client, query, media)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.mimetype_params.get("charset", "utf-8") == "utf-8"
    assert "Am" in answer.text
    assert "Accept" in answer.headers["Vary"]
    assert answer.content_length == len(answer.data)


def test_format_parameter_goes_before_accept(client: FlaskClient) -> None:
    """A suffix as the parameter format chooses the form of answer; unknown ones and an empty one change nothing."""
    assert get(client, TITLES, JSON, format="csv").mimetype == "text/csv"
    assert get(client, TITLES, JSON, format="ttl").mimetype == JSON
    assert get(client, TITLES, JSON, format="").mimetype == JSON


@pytest.mark.parametrize(
    ("query", "accept"), [(TITLES, "image/png"), (TITLES, "text/turtle"), ("DESCRIBE <urn:x>", "text/csv")]
)
def test_impossible_format_is_406_with_what_is_possible(client: FlaskClient, query: str, accept: str) -> None:
    """Where Accept refuses all forms of the answer, the problem lists them."""
    said = problem(get(client, query, accept), 406)
    assert said["available"]


def test_head_gives_the_headers_only(client: FlaskClient) -> None:
    """HEAD answers as GET does, without the body."""
    terms = urlencode({"query": TITLES})
    head, whole = client.head(f"/sparql?{terms}"), client.get(f"/sparql?{terms}")
    assert (head.status_code, head.data, head.mimetype) == (200, b"", whole.mimetype)
    assert head.content_length == len(whole.data)


def test_preflight_tells_what_is_allowed(client: FlaskClient) -> None:
    """A browser on another site learns that it may ask, and by which methods."""
    answer = client.options("/sparql", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_with_allow(client: FlaskClient, method: str) -> None:
    """Methods that the protocol does not have are refused with those that it has."""
    answer = client.open("/sparql", method=method)
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_graphs_of_the_request(client: FlaskClient) -> None:
    """default-graph-uri and named-graph-uri narrow the query, by GET and POST, and go before FROM."""
    assert titles(get(client, TITLES, **{"default-graph-uri": ONE})) == ["Amélie"]
    both = {"default-graph-uri": [ONE, TWO]}
    assert titles(get(client, TITLES, JSON, **both)) == ["Amélie", "The Broken Bell"]
    assert titles(get(client, TITLES, **{"named-graph-uri": ONE})) == []
    named = "SELECT ?t { GRAPH ?g { ?f film:title ?t } }"
    posted = client.post("/sparql", data={"query": named, "named-graph-uri": TWO}, headers={"Accept": JSON})
    assert titles(posted) == ["The Broken Bell"]
    terms = urlencode({"default-graph-uri": ONE})
    direct = client.post(f"/sparql?{terms}", data=TITLES, content_type=DIRECT, headers={"Accept": JSON})
    assert titles(direct) == ["Amélie"]
    over = TITLES.replace("{", f"FROM <{TWO}> {{", 1)
    assert titles(get(client, over)) == ["The Broken Bell"]
    assert titles(get(client, over, **{"default-graph-uri": ONE})) == ["Amélie"]
    assert titles(get(client, TITLES, **{"default-graph-uri": "http://example.org/graph/none"})) == []


def test_relative_iris_are_relative_to_the_endpoint(client: FlaskClient) -> None:
    """Where a query has no BASE, the endpoint's own IRI is it."""
    assert titles(get(client, "SELECT (<x> AS ?t) {}")) == ["http://films.example/x"]


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
        ("SELECT * { ?r film:perfomer ?p ", "did you mean film:performer?"),
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


def test_body_too_long_has_its_limit_and_advice(client: FlaskClient) -> None:
    """A body beyond what a query may take gets the bound and what to do."""
    said = problem(client.post("/sparql", data="x" * 100_000, content_type=DIRECT), 413)
    assert (said["limit"], said["value"]) == ("text_bytes", LIMITS.text_bytes)
    assert said["advice"]


def test_large_answer_is_streamed_whole(client: FlaskClient) -> None:
    """An answer that was spooled to a file arrives complete, and the file is given back."""
    query = "SELECT * { VALUES ?a { " + "1 " * 60 + "} VALUES ?b { " + "1 " * 60 + "} BIND('xxxxxxxxxxxxxxxx' AS ?c) }"
    answer = get(client, query, XML)
    assert answer.data.count(b"<result>") == 3600
    assert answer.content_length == len(answer.data) > 100_000
    gc.collect()


def test_same_answer_is_not_sent_twice(client: FlaskClient, data: Path) -> None:
    """A client that has the answer gets 304 until the data, the query or the form of answer changes."""
    first = get(client, TITLES)
    tag = first.headers["ETag"]

    def again(query: str = TITLES, accept: str = JSON) -> int:
        terms = urlencode({"query": query})
        return client.get(f"/sparql?{terms}", headers={"Accept": accept, "If-None-Match": tag}).status_code

    assert again() == 304
    assert again(accept="text/csv") == 200
    assert again(TITLES + " LIMIT 1") == 200
    publish(data, {"http://example.org/graph/three": ":x :y :z ."})
    assert again() == 200


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_answers_that_vary_are_not_cached(client: FlaskClient, function: str) -> None:
    """A query whose answer differs each time has no tag."""
    answer = get(client, f"SELECT ({function} AS ?t) {{}}")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("media", "syntax"),
    [
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_description_of_the_service(client: FlaskClient, media: str, syntax: str) -> None:
    """Without a query machines get the description of the service, in the syntax they like."""
    assert b"ns1:" not in client.get("/sparql", headers={"Accept": media}).data
    answer = client.get("/sparql", headers={"Accept": media})
    assert (answer.status_code, answer.mimetype) == (200, media)
    graph = Graph().parse(data=answer.data, format=syntax)
    (service,) = graph.subjects(RDF.type, URIRef(SD + "Service"))
    assert graph.value(service, URIRef(SD + "endpoint")) == URIRef(ADDRESS)
    assert {str(o).removeprefix(SD) for o in graph.objects(service, URIRef(SD + "supportedLanguage"))} == {
        "SPARQL11Query"
    }
    assert len(list(graph.objects(service, URIRef("http://www.w3.org/ns/shacl#declare")))) == len(PREFIXES)


def test_browser_without_a_query_gets_the_editor(client: FlaskClient) -> None:
    """A browser that opens the endpoint is sent to the page for people."""
    answer = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/query")
    assert problem(client.get("/sparql", headers={"Accept": "image/png"}), 406)


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


def test_remote_server_behind_the_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data is on another server, its answer is passed on, and the same texts are refused."""
    remote = Endpoint("http://127.0.0.1:9/sparql")
    monkeypatch.setattr(remote, "serialize", lambda query, media: f"{media} {query}".encode())
    state = SimpleNamespace(source=remote, version="remote", folder=None)
    with Sandbox(LIMITS) as sandbox:
        app = Flask(__name__)
        mount(app, lambda: state, sandbox, prefixes={}, address=ADDRESS)
        client = app.test_client()
        assert get(client, "ASK {}", "text/csv").text == "text/csv ASK {}"
        problem(get(client, "CLEAR ALL"), 403)
        problem(get(client, "ASK {}", **{"default-graph-uri": ONE}), 400)
