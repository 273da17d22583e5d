"""How the tests of the endpoint ask, and what they read from its answers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.sandbox import Limits

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ADDRESS = "http://films.example/sparql"
SD = "http://www.w3.org/ns/sparql-service-description#"
TITLES = "SELECT ?t { ?f film:title ?t } ORDER BY ?t"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u }"
LIMITS = Limits(timeout=30, text_bytes=20_000, result_bytes=1_500_000, result_rows=5_000)


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
