"""Addresses published earlier: they lead to what took their place, in every form."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graph import build, corrections, recall, snapshot
from graph.iris import DEFAULT_BASE
from graph.withdraw import Wish
from tests.graph.test_reunite import BRIEF, COLD, NAMESAKE, REVIEW, imdb, reviews
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app

FAY = "role/rost/ann-bell/fay-voss"


def source(place: build.Place, name: str) -> str:
    """The id of a source."""
    with snapshot.open_current(place.data) as current:
        return next(entry.id for entry in recall.sources(current) if entry.id.startswith(name))


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A visitor of a site whose reviews joined a dataset."""
    folder = tmp_path_factory.mktemp("moved")
    place = build.Place(folder / "var", DEFAULT_BASE)
    build.add(place, reviews(folder / "in", one=REVIEW, two=BRIEF, cold=COLD))
    corrections.withdraw(place, Wish(FAY, "she sings only", "2026-11-23", source=source(place, "two")))
    imdb(place, folder / "imdb", **NAMESAKE)
    build.resolve(place)
    return create_app(Config(data=place.data, base=DEFAULT_BASE)).test_client()


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld", ".nt", ".rdf", ".json", "?cast=all"])
def test_a_merged_film_redirects_for_good_in_every_form(moved: FlaskClient, suffix: str) -> None:
    """The suffix and what was asked go along, and there is something at the other end."""
    answer = moved.get(f"/film/rost{suffix}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/film/tt1{suffix}")
    assert moved.get(answer.headers["Location"]).status_code == 200
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("media", ["text/html", "text/turtle", "application/ld+json", "application/json"])
def test_a_merged_film_redirects_by_media_type_too(moved: FlaskClient, media: str) -> None:
    """The form is chosen at the new address."""
    answer = moved.get("/film/rost", headers={"Accept": media}, follow_redirects=True)
    assert (answer.status_code, answer.mimetype, answer.request.path) == (200, media, "/film/tt1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("person/cy-dorn", "person/nm2"),
        ("character/rost/sparks", "character/tt1/fay-sparks-voss"),
        ("role/rust-and-salt-1990/ann-bell/voss", "role/tt1/nm1/fay-sparks-voss"),
        ("credit/rost/ivar-ohara/director", "credit/tt1/nm4/director"),
    ],
)
def test_what_hangs_on_them_redirects_as_well(moved: FlaskClient, old: str, new: str) -> None:
    """People, characters, roles and credits."""
    assert moved.get(f"/{old}").headers["Location"] == f"/{new}"
    assert moved.get(f"/{new}").status_code == 200


def test_a_name_of_two_people_gives_the_choice(moved: FlaskClient) -> None:
    """One review's Ann Bell turned out to be another than the other's."""
    answer = moved.get("/person/ann-bell")
    assert answer.status_code == 300
    links = [str(link["href"]) for link in one(soup(answer), "main").select("ul.rows a")]
    assert links == ["/person/nm1", "/person/nm8"]
    assert "several" in words(one(soup(answer), "h1"))
    assert "person/nm8" in moved.get("/person/ann-bell.ttl").text


def test_sparql_on_the_old_iri_finds_the_new_one(moved: FlaskClient) -> None:
    """Both by the property and by the merge that gives the reason."""
    old = "<http://localhost:8000/film/rost>"
    ask = f"SELECT ?new ?why {{ {old} film:mergedInto ?new . ?merge film:about {old} ; rdfs:label ?why }}"
    answer = moved.get("/sparql", query_string={"query": ask}, headers={"Accept": "text/csv"}).text
    assert "http://localhost:8000/film/tt1," in answer
    assert moved.get("/merge/film/rost/into/tt1").status_code == 200


@pytest.mark.parametrize("suffix", ["", ".ttl", ".json"])
def test_a_withdrawal_goes_along_with_its_role(moved: FlaskClient, suffix: str) -> None:
    """Its old address leads to the one that it has for the dataset's role, in every form."""
    ask = "SELECT ?old ?new { ?old film:mergedInto ?new . ?new a film:Withdrawal }"
    answer = moved.get("/sparql", query_string={"query": ask}, headers={"Accept": "text/csv"}).text
    old, new = (iri.removeprefix(DEFAULT_BASE.rstrip("/")) for iri in answer.splitlines()[1].split(","))
    assert old.startswith(f"/withdrawal/{FAY}/from/two-")
    assert new.startswith("/withdrawal/role/tt1/nm1/")
    redirect = moved.get(f"{old}{suffix}")
    assert (redirect.status_code, redirect.headers["Location"]) == (301, f"{new}{suffix}")
    assert moved.get(f"{new}{suffix}").status_code == 200


def test_an_unknown_address_stays_unknown(moved: FlaskClient) -> None:
    """No redirect is made up."""
    assert moved.get("/film/rest").status_code == 404
