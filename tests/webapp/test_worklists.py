"""Gaps and disagreements: what is listed is there, counted, and to be had as data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import build
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app
from webapp.fill.worklists import KINDS

FACTS = """
[source]
name = "{name}.toml"
[[film]]
id = "f1"
title = "The Long Wait"
year = {year}
roles = [["Ann Bell", "Nora"]]
"""


@pytest.fixture
def disputed(place: build.Place, tmp_path: Path) -> FlaskClient:
    """A visitor of a site on which two sources give a film two years and no director."""
    for name, year in (("one", 1990), ("two", 1991)):
        path = tmp_path / f"{name}.toml"
        path.write_text(FACTS.format(name=name, year=year), encoding="utf-8")
        build.import_facts(place, path)
    return create_app(Config(place.data, base=place.base)).test_client()


def test_every_worklist_is_counted_and_linked(client: FlaskClient) -> None:
    """The overview links each list and says how much is in it; the list says the same."""
    page = soup(client.get("/worklists"))
    assert len(page.select(".work li")) == len(KINDS)
    for item in page.select(".work li"):
        link = one(item, "a")
        listed = soup(client.get(str(link["href"])))
        assert words(one(listed, "h1 small")) == words(one(item, ".number"))


@pytest.mark.parametrize("name", KINDS)
def test_a_worklist_is_walked_to_its_end(client: FlaskClient, name: str) -> None:
    """Its pages hold each line once, as many as it says, and the table holds the same."""
    seen: list[tuple[str, str]] = []
    after = ""
    while True:
        page = json.loads(client.get(f"/worklists/{name}.json", query_string={"after": after}).data)
        seen += [(work["thing"]["iri"], work["note"]) for work in page["works"]]
        after = page["following"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["worklist"]["count"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/worklists/{name}.csv").text)))
    assert [row["iri"] for row in rows] == [iri for iri, _ in seen]
    for iri, _ in seen[:3]:
        assert client.get(iri.removeprefix("http://localhost:8000")).status_code == 200


def test_two_years_are_a_disagreement(disputed: FlaskClient) -> None:
    """A film to which two sources give two years is listed with both, and a film without director is listed too."""
    (work,) = json.loads(disputed.get("/worklists/disagreements.json").data)["works"]
    assert work["thing"]["label"] == "The Long Wait"
    assert work["note"] == "Year: 1990 or 1991"
    (film,) = json.loads(disputed.get("/worklists/films-without-director.json").data)["works"]
    assert film["thing"] == work["thing"]
    (role,) = json.loads(disputed.get("/worklists/roles-without-evidence.json").data)["works"]
    assert (role["thing"]["label"], role["note"], role["about"]["label"]) == ("Ann Bell", "Nora", "The Long Wait")


def test_an_empty_worklist_says_so(disputed: FlaskClient) -> None:
    """Nothing to do is a sentence, not an empty page; what is no worklist is 404."""
    assert "Nothing to do here" in words(one(soup(disputed.get("/worklists/described-only")), "main"))
    assert disputed.get("/worklists/none").status_code == 404
    assert disputed.get("/worklists/unresolved.ttl").status_code == 404
