"""Reconciliation, as a client of the API 0.2 sees it; every answer is held against the specification's own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.webapp.reading import soup
from webapp import Config, create_app

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "reconciliation-0.2"


def fits(found: Any, name: str) -> None:
    """Check an answer against a schema of the specification, where it lies beside the repository."""
    if not SCHEMAS.exists():
        return
    files = [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in SCHEMAS.glob("*.json")]
    pairs = [(key, DRAFT7.create_resource(each)) for file, each in files for key in (each["$id"], file)]
    registry: Registry[Any] = Registry().with_resources(pairs)
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    errors = [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft7Validator(schema, registry=registry).iter_errors(found)
    ]
    assert not errors


def asked(client: FlaskClient, **queries: Any) -> Any:
    """The answer to a batch, sent as a form."""
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    fits(answer.get_json(), "reconciliation-result-batch")
    return answer.get_json()


def film(title: str, **more: Any) -> dict[str, Any]:
    """A query for a film; what is said beside the title are its properties."""
    return {"query": title, "type": "Film", "properties": [{"pid": pid, "v": value} for pid, value in more.items()]}


def test_the_manifest_tells_what_there_is(client: FlaskClient) -> None:
    """Without a question the service describes itself, and every address that it names answers."""
    answer = client.get("/reconcile")
    said = answer.get_json()
    fits(said, "manifest")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert [each["id"] for each in said["defaultTypes"]] == ["Film", "Person", "Character", "Review"]
    base = said["identifierSpace"]
    found = client.get("/reconcile/suggest/entity?prefix=Casab&type=Film").get_json()["result"][0]
    assert client.get("/" + said["view"]["url"].replace("{{id}}", found["id"]).removeprefix(base)).status_code == 200
    assert client.get("/" + said["preview"]["url"].replace("{{id}}", found["id"]).removeprefix(base)).status_code == 200
    for each in said["suggest"].values():
        assert client.get(each["service_path"], query_string={"prefix": "f"}).status_code == 200
        assert client.get(each["flyout_service_path"].replace("${id}", found["id"])).status_code == 200


@pytest.mark.parametrize("title", ["Casablanca", "casablnca", "CASABLANCA (1942)", "Csaablanca", "Casa Blanca"])
def test_a_film_is_found_however_it_is_spelt(client: FlaskClient, title: str) -> None:
    """A film with its year is one clear candidate, even where its title is mistyped."""
    first, *_ = asked(client, q0=film(title, year=1942))["q0"]["result"]
    assert (first["name"], first["match"], first["type"][0]["id"]) == ("Casablanca", True, "Film")
    assert first["score"] > 90


def test_what_disagrees_is_no_match(client: FlaskClient) -> None:
    """A film of the right name but of another year, or by another director, is a candidate and no more."""
    found = asked(
        client,
        year=film("Casablanca", year="1987"),
        director=film("Casablanca", director="Billy Wilder"),
        right=film("Casablanca", director="Michael Curtis", character=["Rick Blaine"]),
    )
    assert [found[key]["result"][0]["match"] for key in ("year", "director", "right")] == [False, False, True]
    assert found["year"]["result"][0]["score"] < found["right"]["result"][0]["score"]
    assert {"id": "year", "value": 0.0} in found["year"]["result"][0]["features"]


@pytest.mark.parametrize(
    "name", ["Humphrey Bogart", "Bogart, Humphrey", "H. Bogart", "Humfrey Bogart", "Humphrey Bogrt"]
)
def test_a_person_is_found_however_the_name_is_written(client: FlaskClient, name: str) -> None:
    """Names turned round, with initials or with an error lead to the person; a film that agrees makes it certain."""
    said = {"query": name, "type": "Person", "properties": [{"pid": "film", "v": "Casablanca"}]}
    first, *_ = asked(client, q0=said)["q0"]["result"]
    assert (first["name"], first["match"]) == ("Humphrey Bogart", True)


def test_types_are_kept_to(client: FlaskClient) -> None:
    """Without a type things of all types are found; with "should" others come after; nothing is of two types."""
    found = asked(
        client,
        free={"query": "Casablanca"},
        should={"query": "Casablanca", "type": "Person", "type_strict": "should"},
        all={"query": "Casablanca", "type": ["Film", "Person"], "type_strict": "all"},
        one={"query": "Casablanca", "type": ["Film"], "limit": 1},
        whole={"query": "Casablanca", "type": "https://w3id.org/filmgraph#Film"},
    )
    assert found["free"]["result"][0]["name"] == "Casablanca"
    assert any(each["name"] == "Casablanca" for each in found["should"]["result"])
    assert not any(each["match"] for each in found["should"]["result"])
    assert found["all"]["result"] == []
    assert [each["type"][0]["id"] for each in found["one"]["result"]] == ["Film"]
    assert found["whole"]["result"][0]["id"] == found["one"]["result"][0]["id"]


def test_a_batch_may_come_by_get_and_alone(client: FlaskClient) -> None:
    """GET asks the same as POST; a single query is a name or an object, and answers without a key."""
    text = json.dumps({"q0": film("Casablanca", year=1942)})
    batch = client.get("/reconcile", query_string={"queries": text}).get_json()
    assert batch == client.post("/reconcile", data={"queries": text}).get_json()
    alone = client.get("/reconcile", query_string={"query": "Casablanca", "type": "Film", "limit": "1"}).get_json()
    whole = client.get("/reconcile", query_string={"query": json.dumps({"query": "Casablanca", "type": "Film"})})
    assert len(alone["result"]) == 1
    assert alone["result"][0]["id"] == whole.get_json()["result"][0]["id"] == batch["q0"]["result"][0]["id"]


def test_a_value_may_be_a_thing(client: FlaskClient) -> None:
    """A value that was reconciled before is compared by its id, not by its name."""
    person = asked(client, q0={"query": "Michael Curtiz", "type": "Person"})["q0"]["result"][0]
    found = asked(client, q0=film("Casablanca", director={"id": person["id"], "name": "anything"}))["q0"]["result"][0]
    assert {"id": "director", "value": 1.0} in found["features"]


def test_a_table_is_extended(client: FlaskClient) -> None:
    """Things get values of the properties that were proposed for them, each in the form that fits it."""
    offered = client.get("/reconcile/properties?type=Film").get_json()
    fits(offered, "data-extension-property-proposal")
    names = [each["id"] for each in offered["properties"]]
    assert {"year", "director", "actor", "character", "role"} <= set(names)
    one = asked(client, q0=film("Casablanca"))["q0"]["result"][0]["id"]
    ids = [one, "film/none-such", "no IRI <at all>"]
    wanted = {"ids": ids, "properties": [{"id": each, "settings": {"limit": 2}} for each in names]}
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()
    fits(answer, "data-extension-response")
    assert answer["rows"][one]["year"] == [{"int": 1942}]
    assert answer["rows"][one]["director"][0]["name"] == "Michael Curtiz"
    assert " as " in answer["rows"][one]["role"][0]["str"]
    assert all(len(cell) <= 2 for cell in answer["rows"][one].values())
    assert all(cell == [] for each in ids[1:] for cell in answer["rows"][each].values())
    assert {"id": "Person", "name": "Person"} in [each.get("type") for each in answer["meta"]]


def test_every_property_of_every_type_has_values(client: FlaskClient) -> None:
    """Each property that is proposed for a type says something of some thing of the sample."""
    for kind in ("Film", "Person", "Character", "Review"):
        names = [each["id"] for each in client.get(f"/reconcile/properties?type={kind}").get_json()["properties"]]
        found = client.get("/reconcile/suggest/entity", query_string={"prefix": "c", "type": kind}).get_json()["result"]
        found += client.get("/reconcile/suggest/entity", query_string={"prefix": "m", "type": kind}).get_json()[
            "result"
        ]
        wanted = {"ids": [each["id"] for each in found], "properties": [{"id": each} for each in names]}
        rows = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()["rows"]
        assert {name for row in rows.values() for name, cell in row.items() if cell} == set(names), kind


def test_suggestions_go_on_from_the_cursor(client: FlaskClient) -> None:
    """Things, types and properties are suggested; the cursor passes over those seen before."""
    first = client.get("/reconcile/suggest/entity?prefix=m").get_json()
    rest = client.get("/reconcile/suggest/entity?prefix=m&cursor=3").get_json()
    fits(first, "suggest-entities-response")
    assert [each["id"] for each in first["result"][3:]] == [each["id"] for each in rest["result"]][
        : len(first["result"]) - 3
    ]
    kinds, words = (client.get(f"/reconcile/suggest/{what}?prefix=Ch").get_json() for what in ("type", "property"))
    fits(kinds, "suggest-types-response")
    fits(words, "suggest-properties-response")
    assert [each["id"] for each in (*kinds["result"], *words["result"])] == ["Character", "character"]


def test_a_preview_may_stand_in_another_page(client: FlaskClient) -> None:
    """The preview is a small page that any site may frame, and names who played whom; the flyout is part of it."""
    one = asked(client, q0=film("Casablanca"))["q0"]["result"][0]["id"]
    answer = client.get("/reconcile/preview", query_string={"id": one})
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Humphrey Bogart as Rick Blaine" in soup(answer).get_text()
    html = client.get("/reconcile/flyout/entity", query_string={"id": one}).get_json()["html"]
    assert "Michael Curtiz" in html
    assert "<script" not in html
    gone = client.get("/reconcile/preview", query_string={"id": "<script>alert(1)</script>"})
    assert gone.status_code == 404
    assert "<script>" not in gone.text


def test_a_callback_wraps_the_answer(client: FlaskClient) -> None:
    """JSONP calls the function that was named; what is no name of a function is refused."""
    answer = client.get("/reconcile?callback=jQuery.cb_1")
    assert answer.mimetype == "text/javascript"
    assert answer.text.startswith("/**/jQuery.cb_1({")
    for name in ("alert(1)//", "a b", "", "x" * 101, "a.b.", "<script>"):
        bad = client.get("/reconcile", query_string={"callback": name})
        assert (bad.status_code, bad.mimetype) == (400, "application/json")


def test_pages_of_others_may_ask(client: FlaskClient) -> None:
    """A browser's preflight is answered for every address of the service."""
    for path in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/properties"):
        answer = client.options(path, headers={"Origin": "http://a.example", "Access-Control-Request-Method": "POST"})
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]


BAD = {
    "cut off": '{"q0": {"query": "a"',
    "a list": "[1, 2]",
    "no query": '{"q0": {}}',
    "a number for a name": '{"q0": {"query": 7}}',
    "a query that is none": '{"q0": "Casablanca"}',
    "an unknown type": '{"q0": {"query": "a", "type": "Planet"}}',
    "types that are none": '{"q0": {"query": "a", "type": [1]}}',
    "an unknown strictness": '{"q0": {"query": "a", "type_strict": "maybe"}}',
    "a limit that is none": '{"q0": {"query": "a", "limit": "many"}}',
    "a limit below nothing": '{"q0": {"query": "a", "limit": -1}}',
    "not a number": '{"q0": {"query": "a", "limit": NaN}}',
    "properties that are none": '{"q0": {"query": "a", "properties": {"pid": "year"}}}',
    "a property without an id": '{"q0": {"query": "a", "properties": [{"v": 1}]}}',
    "a value within a list within a list": '{"q0": {"query": "a", "properties": [{"pid": "year", "v": [[1]]}]}}',
    "a thing without an id": '{"q0": {"query": "a", "properties": [{"pid": "director", "v": {"name": "b"}}]}}',
    "too many": json.dumps({f"q{number}": {"query": "a"} for number in range(51)}),
    "too deep": "[" * 200_000,
    "too deep within": '{"q0":' * 100_000,
    "a long number": '{"q0": {"query": "a", "limit": ' + "9" * 5_000 + "}}",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_a_bad_batch_gets_the_reason(client: FlaskClient, text: str) -> None:
    """What is no batch gets 400 and the convention's error, which says what was wrong."""
    answer = client.post("/reconcile", data={"queries": text})
    said = answer.get_json()
    assert (answer.status_code, said["status"]) == (400, "error")
    assert len(said["message"]) > 10
    assert said["code"]


@pytest.mark.parametrize(
    "asked",
    [
        {"ids": "film/a", "properties": []},
        {"ids": [1], "properties": []},
        {"ids": [], "properties": [{"id": "shoe-size"}]},
        {"ids": [], "properties": ["year"]},
        {"ids": ["a"] * 201, "properties": []},
        ["ids"],
    ],
)
def test_a_bad_extension_gets_the_reason(client: FlaskClient, asked: Any) -> None:
    """A table that cannot be extended as asked gets 400 and the reason."""
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert (answer.status_code, answer.get_json()["status"]) == (400, "error")


@pytest.mark.parametrize("name", ["", "   ", "?!", "七人の侍", "a" * 5_000, "\x00", "'; DROP", '" OR *', "NEAR(a b)"])
def test_odd_names_are_answered(client: FlaskClient, name: str) -> None:
    """A name of any letters, or of none that count, gets an answer and never an error of ours."""
    answer = client.post("/reconcile", data={"queries": json.dumps({"q0": {"query": name}})})
    assert answer.status_code == (200 if name.strip() else 400)


def test_who_asks_too_often_waits(sample: Any) -> None:
    """Batches count against a client's share of questions; above it he is told when to come back."""
    visitor = create_app(Config(sample.data, base=sample.base, rate=2)).test_client()
    statuses = [visitor.get("/reconcile?query=Casablanca").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert int(visitor.get("/reconcile?query=Casablanca").headers["Retry-After"]) > 0
