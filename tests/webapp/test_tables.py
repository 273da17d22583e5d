"""Pages of roles as CSV, and what a visitor can do about a wrong reading."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from graph import build
from graph.errors import SettingError
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app
from webapp.settings import read_telling

ROLE = "/role/hamlet-1996/kenneth-branagh/hamlet"


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_everyone_who_played_a_character_is_to_be_had_with_the_sentence(client: FlaskClient) -> None:
    """The table of a character names actor, film and year, and quotes the sentence that proves the role."""
    found = rows(client, "/character/hamlet-1996/hamlet.csv")
    assert len({(row["film"], row["year"], row["person"]) for row in found}) == len(found) > 4
    (branagh,) = (row for row in found if row["person"] == "Kenneth Branagh")
    assert branagh["sentence"].startswith("Branagh himself plays Hamlet")
    assert (branagh["film"], branagh["year"], branagh["outlet"]) == ("Hamlet", "1996", "Lantern Quarterly")
    assert client.get(branagh["role_iri"].removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(("path", "list_of_years"), [("/film/hamlet-1996", None), ("/person/kenneth-branagh", "parts")])
def test_a_table_has_every_role_of_its_page(client: FlaskClient, path: str, list_of_years: str | None) -> None:
    """Each role of the page's data stands in the table, once for each passage; jobs stand there too."""
    page, found = client.get(f"{path}.json").get_json(), rows(client, f"{path}.csv")
    roles = [part for year in page["roles"] for part in year[list_of_years]] if list_of_years else page["cast"]
    acting = [row for row in found if not row["job"]]
    assert [row["role_iri"] for row in acting] == [role["iri"] for role in roles for _ in role["proofs"] or [None]]
    assert {row["job"] for row in found} >= {"", "director"}
    assert all(bool(row["character"]) != bool(row["description"]) for row in acting)


def test_a_page_of_roles_leads_to_its_table(client: FlaskClient) -> None:
    """The head of the roles links the table, and so do the alternates; other resources have none."""
    page = soup(client.get("/film/hamlet-1996"))
    assert one(page, '.head a.ask[type="text/csv"]')["href"] == "/film/hamlet-1996.csv"
    assert page.select_one('link[rel="alternate"][type="text/csv"]') is not None
    assert client.get(f"{ROLE}.csv").status_code == 404


def test_a_role_says_which_rule_read_it_and_what_to_do_where_it_is_wrong(client: FlaskClient) -> None:
    """Without an address to write to, the page of a role leads to what can be done."""
    page = soup(client.get(ROLE))
    assert page.select(".quote figcaption code")
    assert page.select_one('a[href="/about#wrong"]') is not None
    assert "FILMGRAPH_CONTACT" in words(one(soup(client.get("/about")), "section[aria-labelledby=wrong]"))


@pytest.mark.parametrize(
    ("contact", "begins"),
    [("keeper@films.example", "mailto:keeper@films.example?subject=Wrong"), ("https://a.b/c", "https://a.b/c")],
)
def test_a_wrong_reading_can_be_reported(sample: build.Place, contact: str, begins: str) -> None:
    """Where the site names somebody to write to, the page of a role links it, and a letter begins with the role."""
    client = create_app(Config(sample.data, base=sample.base, contact=contact)).test_client()
    told = str(one(soup(client.get(ROLE)), f'a[href^="{begins}"]')["href"])
    assert told.startswith(begins)
    assert contact.startswith("https") or "hamlet-1996" in told
    assert one(soup(client.get("/about")), f'section[aria-labelledby=wrong] a[href^="{begins[:12]}"]')


def test_an_address_that_nobody_can_write_to_is_refused() -> None:
    """The setting takes an e-mail or a web address, and nothing else."""
    assert read_telling({"FILMGRAPH_CONTACT": "a@b.example"}).contact == "a@b.example"
    assert read_telling({"FILMGRAPH_MOUNT": "/films/"}).mount == "/films/"
    with pytest.raises(SettingError, match="FILMGRAPH_MOUNT"):
        read_telling({"FILMGRAPH_MOUNT": "films"})
    with pytest.raises(SettingError, match="FILMGRAPH_CONTACT"):
        read_telling({"FILMGRAPH_CONTACT": "javascript:alert(1)"})


def test_what_critics_say_of_a_role_is_not_what_they_say_of_the_film(client: FlaskClient) -> None:
    """Where a film bears its character's name, only sentences that name the performer count."""
    said = client.get(f"{ROLE}.json").get_json()["said"]
    sentences = ["".join(piece["text"] for piece in each) for review in said for each in review["sentences"]]
    assert sentences
    assert all("Branagh" in sentence for sentence in sentences)


def test_reviews_that_merely_hold_a_word_are_not_near_an_address(client: FlaskClient) -> None:
    """An address of common words offers no reviews in which the words occur."""
    page = client.get("/nothing", headers={"Accept": "application/json"}).get_json()
    assert page["status"] == 404
    assert [it for it in page["near"] if it["kind"] == "review"] == []
