"""The endpoint speaks the SPARQL 1.1 protocol: its doors, its formats, its graphs and its description."""

from __future__ import annotations

import gc
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from graph.sandbox import Sandbox
from graph.store import GRAPH_TYPES, RESULT_TYPES, Endpoint
from tests.small_graph import ONE, PREFIXES, TWO, publish
from tests.webapp.sparql.asking import ADDRESS, DIRECT, FORM, JSON, LIMITS, SD, TITLES, XML, get, problem, titles
from webapp.sparql import mount
from webapp.sparql.asked import read_form


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


@pytest.mark.parametrize("text", ["'right now'", "<http://e/uuid()>", "?now"])
def test_names_of_such_functions_in_terms_do_no_harm(client: FlaskClient, text: str) -> None:
    """Where the name of such a function is only a part of a text, an IRI or a variable, the answer has a tag."""
    assert "ETag" in get(client, f"SELECT ({text} AS ?t) {{}}").headers


@given(st.text(max_size=60) | st.text("=&%+;a3Fé", max_size=60))
def test_forms_are_read_as_the_library_does(form: str) -> None:
    """Whatever comes as a form is read as Python's own reader does, or refused where that refuses it."""
    try:
        wanted = parse_qsl(form, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            read_form(form.encode())
    else:
        assert read_form(form.encode()) == wanted


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
