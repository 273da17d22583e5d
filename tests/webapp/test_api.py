"""The interface for programs: what its document says is what the site does."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from tests.webapp.reading import one, soup, words
from webapp.api.routes import routes

BASE = "http://localhost:8000"
HERE = "urn:openapi"
SUFFIXES = {"application/json": "json", "text/csv": "csv", "text/turtle": "ttl", "application/rdf+xml": "rdf"}


@pytest.fixture(scope="module")
def said(app: Flask) -> Any:
    """The OpenAPI document."""
    return json.loads(app.test_client().get("/api/openapi.json").data)


@pytest.fixture(scope="module")
def registry(said: Any) -> Registry[Any]:
    """Where the references of its schemas lead."""
    whole = Resource.from_contents(said, default_specification=DRAFT202012)
    found: Registry[Any] = Registry().with_resource(HERE, whole)
    return found


def operations(said: Any) -> Iterator[tuple[str, str, Any]]:
    """Path, method and what is said of each."""
    return ((path, method, it) for path, each in said["paths"].items() for method, it in each.items())


def problems(schema: Any, found: Any, registry: Registry[Any]) -> list[str]:
    """What of an answer is not as its schema says."""
    inside = json.loads(json.dumps(schema).replace('"#/', f'"{HERE}#/'))
    validator = Draft202012Validator(inside, registry=registry)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(found)]


def called(client: FlaskClient, line: str, accept: str | None = None) -> TestResponse:
    """What a line of curl fetches, with another Accept header if one is given."""
    tokens = iter(shlex.split(line)[1:])
    headers: dict[str, str] = {}
    data: list[tuple[str, str]] = []
    body, get, address = None, False, ""
    for token in tokens:
        match token:
            case "-L":
                pass
            case "-G":
                get = True
            case "-H":
                name, value = next(tokens).split(": ")
                headers[name] = value
            case "-d":
                body = next(tokens)
            case "--data-urlencode":
                name, _, value = next(tokens).partition("=")
                data.append((name, value))
            case _:
                address = token.removeprefix(BASE)
    headers |= {"Accept": accept} if accept else {}
    if body or (data and not get):
        return client.post(address, data=body or dict(data), headers=headers)
    return client.get(address, query_string=dict(data) or None, headers=headers, follow_redirects=True)


def parts(client: FlaskClient) -> list[BeautifulSoup]:
    """The pages of the groups of addresses, and of the schemas."""
    found = soup(client.get("/api")).select("main h2 a")
    return [soup(client.get(str(link["href"]))) for link in found]


def lines(client: FlaskClient) -> dict[str, str]:
    """The lines of curl that the page shows, by the names of their operations."""
    found = {str(it["id"]): it.select("pre code") for page in parts(client) for it in page.select("article[id]")}
    return {name: code[0].get_text() for name, code in found.items() if code}


def test_the_document_is_openapi(said: Any) -> None:
    """The document is a valid OpenAPI 3.1 document, and its names of operations are unique."""
    validate(said)
    assert said["openapi"] == "3.1.0"
    names = [it["operationId"] for _, _, it in operations(said)]
    assert len(names) == len(set(names))


def test_every_route_is_documented(app: Flask, said: Any) -> None:
    """The document has exactly the public routes, each with its methods and a sentence on what it does."""
    there = {(route.path, method.lower()) for route in routes(app) for method in route.methods}
    assert there == {(path, method) for path, method, _ in operations(said)}
    assert all(it["summary"].endswith(".") for _, _, it in operations(said))


def test_every_line_of_curl_works(client: FlaskClient, said: Any, registry: Registry[Any]) -> None:
    """Each operation is shown by a line that answers in every form it lists, and its JSON is as its schema says."""
    shown = lines(client)
    wrong: list[str] = []
    for path, _, it in operations(said):
        for media, content in it["responses"]["200"]["content"].items():
            answer = called(client, shown[it["operationId"]], media)
            if answer.status_code != 200 or answer.mimetype != media:
                wrong.append(f"{path} as {media} is {answer.status_code} {answer.mimetype}")
            elif "json" in media and content["schema"] != {"type": "string"}:
                wrong += [f"{path} {each}" for each in problems(content["schema"], answer.get_json(), registry)]
    assert not wrong


def test_every_parameter_is_understood(client: FlaskClient, said: Any, registry: Registry[Any]) -> None:
    """Each example and each choice of a parameter gets an answer that is as its schema says."""
    shown = lines(client)
    wrong: list[str] = []
    for path, method, it in operations(said):
        line = shown[it["operationId"]]
        content = it["responses"]["200"]["content"]
        media = next(iter(set(content) & {"application/json"}), next(iter(content)))
        for each in it.get("parameters", []) if method == "get" else []:
            name = each["name"]
            for value in each["schema"].get("enum", [each.get("example")]):
                if each["in"] == "path" or value is None:
                    continue
                answer = called(client, f"{line} -G --data-urlencode {shlex.quote(f'{name}={value}')}", media)
                if answer.status_code != 200:
                    wrong.append(f"{path}?{name}={value} is {answer.status_code}")
                elif media == "application/json":
                    wrong += problems(content[media]["schema"], answer.get_json(), registry)
    assert not wrong


def test_the_schemas_of_the_pages_are_strict(said: Any, registry: Registry[Any]) -> None:
    """A schema refuses what a page does not hold: a field too many, a field too few, a value of another type."""
    film = said["components"]["schemas"]["FilmRef"]
    good = {"iri": "http://a.example/", "label": "Salt", "year": None}
    assert not problems(film, good, registry)
    assert problems(film, {**good, "stars": 5}, registry)
    assert problems(film, {"iri": "http://a.example/"}, registry)
    assert problems(film, {**good, "year": "2017"}, registry)


def test_errors_are_as_the_document_says(client: FlaskClient, said: Any, registry: Registry[Any]) -> None:
    """What goes wrong is told in the form that the document gives for it."""
    schema = said["components"]["schemas"]["Problem"]
    for address in ("/film/nothing.json", "/sparql?query=SELEC", "/worklists/none.json"):
        answer = client.get(address, headers={"Accept": "application/json"})
        assert answer.status_code >= 400
        assert answer.mimetype == "application/problem+json"
        assert not problems(schema, json.loads(answer.data), registry)


def test_a_suffix_does_what_accept_does(client: FlaskClient) -> None:
    """The forms of a resource and of a list are to be had by suffix too, as the page says."""
    for address in ("/film/skyfall-2012", "/films", "/ontology"):
        for media, suffix in SUFFIXES.items():
            by_accept = client.get(address, headers={"Accept": media})
            if by_accept.status_code == 200:
                by_suffix = client.get(f"{address}.{suffix}")
                assert (by_suffix.status_code, by_suffix.mimetype) == (200, media)
                assert suffix not in ("json", "csv") or by_suffix.data == by_accept.data


def test_the_pages_show_every_operation_and_schema(client: FlaskClient, said: Any) -> None:
    """There is an article for each operation and each schema, and the links to them lead there."""
    index, shown = soup(client.get("/api")), parts(client)
    names = [str(it["id"]) for page in shown for it in page.select("article[id]")]
    assert sorted(names) == sorted(
        [it["operationId"] for _, _, it in operations(said)] + [*said["components"]["schemas"]]
    )
    leading = [*index.select("main a[href*='#']"), *(link for page in shown for link in page.select("dl a"))]
    assert {str(link["href"]).partition("#")[2] for link in leading} <= set(names)
    assert {words(one(page, "#get_film_key h2")) for page in shown if page.select("#get_film_key")} == {
        "GET /film/{key}"
    }
    assert re.search(r"/api/openapi\.json$", str(one(index, "main a[href$='openapi.json']")["href"]))


def test_the_pages_are_light(client: FlaskClient) -> None:
    """No page of the interface has so many elements that a phone takes long to lay it out."""
    assert max(len(page.find_all()) for page in (soup(client.get("/api")), *parts(client))) < 2_000


def test_there_is_no_other_part(client: FlaskClient) -> None:
    """What is no group of addresses is not found; a group is to be had as JSON, too."""
    assert client.get("/api/nothing").status_code == 404
    group = client.get("/api/lists.json").get_json()
    assert [it["name"] for it in group["groups"]] == ["Lists"]
    assert group["schemas"] == []


def test_the_document_is_kept_until_something_changes(client: FlaskClient) -> None:
    """Who has the document already is told that it is the same; any page may read it."""
    answer = client.get("/api/openapi.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
