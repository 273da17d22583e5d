"""The page that tells how two people are connected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph import paths, snapshot
from graph.errors import LimitError
from tests.small_graph import ONE, PREFIXES, publish
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app

CHAIN = {"from": "Tim Roth", "to": "Humphrey Bogart"}


def data(client: FlaskClient, **asked: str) -> Any:
    """The page's own data."""
    answer = client.get("/path.json", query_string=asked)
    assert answer.status_code == 200
    return answer.get_json()


def test_a_path_leads_from_one_to_the_other(client: FlaskClient) -> None:
    """Every step begins with the person whom the last one led to, and tells the roles of both in its film."""
    page = data(client, **CHAIN)
    hops = page["hops"]
    assert page["outcome"] == "found"
    assert (hops[0]["before"]["label"], hops[-1]["after"]["label"]) == ("Tim Roth", "Humphrey Bogart")
    assert [hop["before"] for hop in hops[1:]] == [hop["after"] for hop in hops[:-1]]
    for hop in hops:
        assert {role["person"]["iri"] for role in hop["roles"]} == {hop["before"]["iri"], hop["after"]["iri"]}
        assert all(role["proofs"] or role["datasets"] for role in hop["roles"])


def test_the_page_shows_the_films_and_who_says_so(client: FlaskClient) -> None:
    """Films, people and characters are linked, and each role has its sentence or the name of its source."""
    page = soup(client.get("/path", query_string=CHAIN))
    hops = page.select(".hops > li")
    assert words(one(page, ".lede")).startswith(f"{len(hops)} degrees of separation.")
    for hop in hops:
        assert hop.select_one("h3 a[href^='/film/']")
        assert len(hop.select(".who a[href^='/person/']")) == len(hop.select("li")) >= 2
        assert all(line.select_one("blockquote, .unproved a") for line in hop.select("li"))
    assert page.select(".hops blockquote mark")


def test_other_ways_are_as_short(client: FlaskClient) -> None:
    """The other ways have as many films as the one that is shown in full, and none is shown twice."""
    page = data(client, **CHAIN)
    ways = [page["hops"], *page["others"]]
    films = [tuple((hop["film"]["iri"], hop["after"]["iri"]) for hop in way) for way in ways]
    assert len(films) > 1
    assert len(set(films)) == len(films) <= page["count"]
    assert {len(way) for way in films} == {len(page["hops"])}


@pytest.mark.parametrize("text", [
    "Tim Roth", "tim roth", "TIM  ROTH ", "tim-roth", "person/tim-roth", "/person/tim-roth",
    "http://localhost:8000/person/tim-roth",
])  # fmt: skip
def test_a_person_can_be_named_in_many_ways(client: FlaskClient, text: str) -> None:
    """A name in any spelling, an id, a path and an IRI all mean the same person; the box then holds the name."""
    page = data(client, **{**CHAIN, "from": text})
    assert page["origin"]["person"]["label"] == page["origin"]["text"].strip() or page["origin"]["text"] == text.strip()
    assert page["hops"] == data(client, **CHAIN)["hops"]


@pytest.mark.parametrize(("asked", "outcome", "said"), [
    ({}, "unasked", "The shortest way from one person to another"),
    ({"from": "Tim Roth"}, "unasked", "Name the other one."),
    ({"from": "Tim Roth", "to": "tim-roth"}, "same", "That is one person: Tim Roth"),
    ({"from": "Tim Roth", "to": "Akira Kurosawa"}, "apart", "Akira Kurosawa acts in no film that the sources tell of."),
    ({"from": "Tim Roth", "to": "Toshiro Mifune"}, "apart", "No way leads from Tim Roth to Toshiro Mifune."),
    ({"from": "Tim Roth", "to": "Humphrey Bogrt"}, "unclear", "Tim Roth is one end."),
    ({"from": "Qqq Xxx", "to": "Zzz Www"}, "unclear", "The shortest way"),
])  # fmt: skip
def test_every_question_has_an_answer(client: FlaskClient, asked: dict[str, str], outcome: str, said: str) -> None:
    """Whatever is asked, the page says how things stand and offers both boxes again."""
    page = soup(client.get("/path", query_string=asked))
    assert data(client, **asked)["outcome"] == outcome
    assert said in words(one(page, ".lede"))
    assert [box["name"] for box in page.select("form.between input")] == ["from", "to"]


def test_a_slip_of_the_pen_is_understood(client: FlaskClient) -> None:
    """For a name that nobody bears the nearest are offered, and a choice keeps the other end."""
    page = soup(client.get("/path", query_string={"from": "Tim Roth", "to": "Humphrey Bogrt"}))
    (link,) = [link for link in page.select("main .ways a") if "Humphrey Bogart" in words(link)]
    chosen = client.get(str(link["href"]).replace("/path", "/path.json", 1)).get_json()
    assert chosen["hops"] == data(client, **CHAIN)["hops"]


def test_a_name_that_nobody_bears_is_told(client: FlaskClient) -> None:
    """Where nothing is near either, both unknown names are told."""
    page = soup(client.get("/path", query_string={"from": "Qqq Xxx", "to": "Zzz Www"}))
    told = [words(head) for head in page.select("main h2")]
    assert told == ["Who is meant by “Qqq Xxx”?", "Who is meant by “Zzz Www”?"]
    assert words(page).count("Nobody is called that, or nearly that.") == 2


def test_a_person_page_leads_there(client: FlaskClient) -> None:
    """The page of a person who acts has a link that fills in one end; the list of people leads there too."""
    (link,) = soup(client.get("/person/tim-roth")).select("a[href^='/path?']")
    assert one(soup(client.get(str(link["href"]))), "#from")["value"] == "Tim Roth"
    assert soup(client.get("/people")).select("a[href='/path']")


@pytest.mark.parametrize(("origin", "goal"), [
    ("三船敏郎", "志村喬"), ("يوسف شاهين", "هند رستم"), ("Patrick Magee", "Ian Richardson"),
    ("Marta Vane", "Piet Doorn"), ("Extra Number 3", "Extra Number 99"),
])  # fmt: skip
def test_names_of_any_script_are_connected(odd: FlaskClient, origin: str, goal: str) -> None:
    """Names in other scripts, films with long titles and with double roles are found and shown in both directions."""
    there, back = data(odd, **{"from": origin, "to": goal}), data(odd, **{"from": goal, "to": origin})
    assert there["outcome"] == back["outcome"] == "found"
    assert there["count"] == back["count"]
    assert len(there["hops"]) == len(back["hops"]) == 1
    assert words(one(soup(odd.get("/path", query_string={"from": origin, "to": goal})), ".lede")).startswith("1 degree")


def test_a_long_name_is_cut(client: FlaskClient) -> None:
    """What is too long for a name is cut before the page repeats it."""
    answer = client.get("/path", query_string={"from": "x" * 5000, "to": "Tim Roth"}, follow_redirects=True)
    assert answer.status_code == 200
    assert len(str(one(soup(answer), "#from")["value"])) == 200


def test_marks_in_a_name_stay_text(client: FlaskClient) -> None:
    """What looks like HTML or SPARQL in a name is neither."""
    answer = client.get("/path", query_string={"from": '<script>"', "to": "http://x/> } #"})
    assert answer.status_code == 200
    assert '<script>"' not in answer.text


NAMESAKES = """
  :ann1 a film:Person ; film:name "Ann Lee" ; rdfs:label "Ann Lee" .
  :ann2 a film:Person ; film:name "Ann Lee" ; rdfs:label "Ann Lee" .
  :bob a film:Person ; film:name "Bob Ray" ; rdfs:label "Bob Ray" .
  :film a film:Film ; film:title "One" ; rdfs:label "One" ; film:actor :ann1, :bob .
  :r1 a film:Credit ; film:inFilm :film ; film:person :ann1 ; film:job "actor" .
  :r2 a film:Role ; film:inFilm :film ; film:performer :bob ; film:roleDescription "the cook" .
  :old film:mergedInto :bob .
"""


@pytest.fixture
def namesakes(tmp_path: Path) -> FlaskClient:
    """A site with two people of one name, under IRIs of another host."""
    publish(tmp_path, {ONE: NAMESAKES})
    with snapshot.open_current(tmp_path, PREFIXES):
        return create_app(Config(tmp_path, base="http://localhost:8000/")).test_client()


def test_namesakes_are_told_apart(namesakes: FlaskClient) -> None:
    """A name that several people bear is not guessed at: all are offered, and an IRI chooses one for good."""
    page = data(namesakes, **{"from": "Ann Lee", "to": "Bob Ray"})
    offers = page["origin"]["offers"]
    assert page["outcome"] == "unclear"
    assert page["origin"]["several"]
    assert [offer["detail"] for offer in offers] == ["ann1", "ann2"]
    chosen = data(namesakes, **{"from": offers[0]["iri"], "to": "Bob Ray"})
    assert chosen["outcome"] == "found"
    assert chosen["origin"]["text"] == offers[0]["iri"]


def test_namesakes_in_a_list_are_told_apart(tmp_path: Path) -> None:
    """In the list of people those of one name have a film beside it, the others nothing."""
    publish(tmp_path, {ONE: f"{NAMESAKES} :r3 a film:Role ; film:inFilm :film ; film:performer :ann2 ."})
    site = create_app(Config(tmp_path, base="http://localhost:8000/")).test_client()
    with snapshot.open_current(tmp_path, PREFIXES):
        entries = site.get("/people.json").get_json()["entries"]
    assert [(it["iri"][-4:], it["note"]) for it in entries] == [("ann1", None), ("ann2", "in One"), ("/bob", None)]


def test_a_credit_without_a_role_connects(namesakes: FlaskClient) -> None:
    """Who is only said to be in the cast is on the way too, and a merged address means who took its place."""
    asked = {"from": "http://example.org/ann1", "to": "http://example.org/old"}
    (hop,) = data(namesakes, **asked)["hops"]
    assert [(role["person"]["label"], role["description"]) for role in hop["roles"]] == [
        ("Ann Lee", None),
        ("Bob Ray", "the cook"),
    ]
    assert "a part without a name" in words(one(soup(namesakes.get("/path", query_string=asked)), ".hops"))


def test_a_search_that_takes_too_long_is_not_kept(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that runs out of time gives 503, and the next visitor gets a new try."""

    def slow(*_: object) -> None:
        raise LimitError("too long")

    asked = {"from": "Tim Roth", "to": "Gary Oldman"}
    with monkeypatch.context() as patch:
        patch.setattr(paths, "shortest", slow)
        assert client.get("/path", query_string=asked).status_code == 503
    assert client.get("/path", query_string=asked).status_code == 200


def test_suggestions_can_be_of_one_kind(client: FlaskClient) -> None:
    """The boxes for people are offered people only."""
    hits = client.get("/suggest?q=kev&kind=person").get_json()["hits"]
    everything = client.get("/suggest?q=kev").get_json()["hits"]
    assert {hit["kind"] for hit in hits} == {"person"} != {hit["kind"] for hit in everything}
