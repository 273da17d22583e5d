"""The graph around a film or a person: what is chosen, how it is told, and that it has bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import URIRef

from graph.iris import Iris
from tests.webapp.reading import one, soup, words
from webapp.fill.graph import FILMS, PEOPLE, graph_page
from webapp.pages import GraphPage
from webapp.site import view

IRIS = Iris()
SKYFALL = IRIS.film("Skyfall", 2012)
ROTH = IRIS.person("Tim Roth")


def around(app: Flask, of: URIRef, *, indexed: bool = True) -> GraphPage:
    """The page of the graph around something, with the index of the snapshot or, as over a server, without."""
    with app.test_request_context():
        page = graph_page(view() if indexed else replace(view(), sidecar=None), of)
    assert page
    return page


def test_a_film_is_surrounded_by_its_people_and_their_films(app: Flask) -> None:
    """Around a film stand its people, and films in which they are too; every tie has a source."""
    page = around(app, SKYFALL)
    names = {person.label for person in page.people}
    assert page.kind == "film"
    assert {"Daniel Craig", "Judi Dench", "Sam Mendes"} <= names
    assert page.films[0].film.iri == str(SKYFALL)
    assert {each.film.label for each in page.films} >= {"Casino Royale", "Revolutionary Road"}
    assert all(tie.part.proofs or tie.part.datasets for each in page.films for tie in each.ties)
    assert {tie.person.iri for each in page.films for tie in each.ties} == {person.iri for person in page.people}


def test_a_person_is_surrounded_by_films_and_those_met_there(app: Flask) -> None:
    """Around a person stand only films of theirs, and of the others only what they did in these."""
    page = around(app, ROTH)
    assert page.kind == "person"
    assert page.people[0].label == "Tim Roth"
    assert len(page.films) == page.in_all == 4
    assert all(str(ROTH) in {tie.person.iri for tie in each.ties} for each in page.films)
    assert page.others


def test_proved_ties_keep_their_sentences(app: Flask) -> None:
    """A tie that a review proves carries the review's sentence."""
    ties = [tie for each in around(app, IRIS.film("1 Mile To You", 2017)).films for tie in each.ties]
    kevin = next(tie for tie in ties if tie.part.whom == "Kevin")
    assert "Kevin" in "".join(piece.text for piece in kevin.part.proofs[0].quote)


def test_the_leads_of_a_film_are_told_first(app: Flask) -> None:
    """Around a film its directors and leads stand before all others, though others are in more films."""
    for indexed in (True, False):
        page = around(app, IRIS.film("Casablanca", 1942), indexed=indexed)
        names = [person.label for person in page.people]
        assert names[:4] == ["Michael Curtiz", "Humphrey Bogart", "Ingrid Bergman", "Paul Henreid"]
        assert list(dict.fromkeys(tie.person.label for tie in page.films[0].ties))[:4] == names[:4]


def test_a_crowd_is_bounded(odd_app: Flask) -> None:
    """Of a cast of hundreds and a career of hundreds no more is chosen than a picture can hold; the page says so."""
    crowd = around(odd_app, IRIS.film("A Cast of Hundreds", 1999))
    trouper = around(odd_app, IRIS.person("Old Trouper"))
    assert (len(crowd.people), crowd.in_all) == (PEOPLE, 400)
    assert (len(trouper.films), trouper.in_all) == (FILMS, 800)
    page = soup(odd_app.test_client().get("/graph?of=person/old-trouper"))
    assert f"{FILMS} of 800 films" in words(one(page, ".lede"))


@pytest.mark.parametrize("of", [SKYFALL, ROTH])
def test_a_server_gives_the_same_kind_of_graph(app: Flask, of: URIRef) -> None:
    """Without an index the same ties are found, so far as the same people and films are chosen."""
    with_index, without = around(app, of), around(app, of, indexed=False)
    assert with_index.in_all == without.in_all
    one_ties, two_ties = (
        {tie.part.iri for each in page.films for tie in each.ties if str(of) in (each.film.iri, tie.person.iri)}
        for page in (with_index, without)
    )
    assert one_ties == two_ties


def test_the_table_tells_all_that_the_data_holds(client: FlaskClient) -> None:
    """The table has a row for every tie of the page's data, with film, person, part and source, without any script."""
    data = client.get("/graph.json?of=film/skyfall-2012").get_json()
    page = soup(client.get("/graph?of=film/skyfall-2012"))
    rows = page.select("table.ties tr[data-tie]")
    assert len(rows) == sum(len(each["ties"]) for each in data["films"])
    assert [words(row) for row in page.select("table.ties tr.film cite")] == [
        it["film"]["label"] for it in data["films"]
    ]
    assert all(row.select_one("th a[href^='/person/']") for row in rows)
    assert all(row.select_one("blockquote, .unproved a") for row in rows)
    assert one(page, "section.picture").has_attr("hidden")


def test_a_film_without_anything_has_an_empty_graph(odd: FlaskClient) -> None:
    """Where nothing is known there is no picture and no table, but a sentence that says so."""
    page = soup(odd.get("/graph?of=film/nothing-known"))
    assert "nothing to draw" in words(one(page, ".lede"))
    assert not page.select("table, .picture")


def test_the_graph_is_found_by_address_iri_and_link(client: FlaskClient) -> None:
    """A path, an IRI and the links of film and person pages lead to one address; what is unknown is 404."""
    assert client.get(f"/graph?of={SKYFALL}").headers["Location"].endswith("/graph?of=film%2Fskyfall-2012")
    for page in ("/film/skyfall-2012", "/person/tim-roth"):
        link = one(soup(client.get(page)), ".onward a[href^='/graph?']")
        assert client.get(str(link["href"])).status_code == 200
    for unknown in ("film/never-made", "genre/drama", "http://elsewhere.example/x", "</script>"):
        assert client.get("/graph", query_string={"of": unknown}, follow_redirects=True).status_code == 404
    assert one(soup(client.get("/graph")), "main input[type=search]")


def test_a_name_leads_to_its_graph(client: FlaskClient) -> None:
    """The name of one person or the title of one film is enough, however it is written."""
    for name, path in (("Tim Roth", "person%2Ftim-roth"), ("skyfall", "film%2Fskyfall-2012")):
        answer = client.get("/graph", query_string={"of": name})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/graph?of={path}")
    answer = client.get("/graph.json", query_string={"of": "tim roth"}, follow_redirects=True)
    assert answer.get_json()["centre"]["label"] == "Tim Roth"


def test_names_that_are_near_are_offered(client: FlaskClient) -> None:
    """A misspelt name and a part of one lead to the graphs that may be meant."""
    for name in ("Tim Rith", "roth"):
        page = soup(client.get("/graph", query_string={"of": name}))
        offered = {words(link): str(link["href"]) for link in page.select(".ways a")}
        assert offered["Tim Roth"] == "/graph?of=person%2Ftim-roth"
        assert all(client.get(address).status_code == 200 for address in offered.values())
    nothing = soup(client.get("/graph", query_string={"of": "zzqqxx"}))
    assert "No film or person is called that" in words(one(nothing, "main"))
    assert one(nothing, "#of")["value"] == "zzqqxx"


def test_an_address_without_a_film_offers_the_near_ones(client: FlaskClient) -> None:
    """Where nothing is at the address that a graph was asked for around, its words are looked up."""
    answer = client.get("/graph", query_string={"of": "film/skyfal-2012"})
    assert answer.status_code == 404
    assert "Skyfall" in words(one(soup(answer), ".rows"))


def test_names_of_other_scripts_stand_in_the_table(odd: FlaskClient) -> None:
    """A graph of Japanese names marks their language."""
    page = soup(odd.get("/graph", query_string={"of": "film/七人の侍-1954"}, follow_redirects=True))
    assert page.select("table.ties th bdi")
