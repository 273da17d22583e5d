"""Lists: facets, orders, what is left when they are narrowed, and the same as data."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.sidecar.browse import Listed
from tests.webapp.reading import one, soup, words
from webapp.fill.lists import PAGE, _following

LISTS = ("/films", "/people", "/characters", "/reviews")


def data(client: FlaskClient, address: str) -> Any:
    """The page's own data."""
    path, _, terms = address.partition("?")
    return json.loads(client.get(f"{path}.json?{terms}").data)


@pytest.mark.parametrize("path", LISTS)
def test_the_count_beside_a_choice_is_what_it_leaves(client: FlaskClient, path: str) -> None:
    """Each choice, followed, leads to a list of just so many; those of another facet count beside it."""
    whole = data(client, path)
    assert whole["facets"]
    for facet in whole["facets"]:
        for option in facet["options"][:3]:
            left = data(client, f"{path}?{facet['name']}={option['value']}")
            assert left["total"] == option["count"] <= whole["total"]
            again = next(it for it in left["facets"] if it["name"] == facet["name"])
            assert again["chosen"]["label"] == option["label"]


def test_links_narrow_and_chips_widen(client: FlaskClient) -> None:
    """A facet's link narrows the list, a chip takes it back, and both work as plain links."""
    page = soup(client.get("/films?genre=drama"))
    chip = one(page, ".chosen a")
    assert words(chip) == "Remove Genre Drama ×"
    link = page.select(".narrow a[href*='decade=']")[0]
    both = soup(client.get(str(link["href"])))
    assert len(both.select(".chosen a")) == 3
    assert "Drama" in words(one(both, "title"))
    assert words(one(soup(client.get(str(chip["href"]))), "h1")) == words(one(soup(client.get("/films")), "h1"))


def test_narrowed_lists_are_not_for_crawlers(client: FlaskClient) -> None:
    """Links to narrowed lists ask crawlers not to follow: their number has no end."""
    page = soup(client.get("/films?genre=drama"))
    assert all("nofollow" in link["rel"] for link in page.select("main a[href*='genre=']"))
    assert all("nofollow" in link["rel"] for link in soup(client.get("/films")).select(".narrow a"))


def test_an_empty_list_says_what_to_loosen(client: FlaskClient) -> None:
    """Where nothing is left, each facet can be taken away by itself, and all at once."""
    page = soup(client.get("/films?genre=drama&decade=1890&reviews=yes"))
    offered = [words(link) for link in page.select(".loosen a")]
    assert offered == ["Any decade", "Any genre", "Any reviews", "All films"] or set(offered) == {
        "Any decade", "Any genre", "Any reviews", "All films",
    }  # fmt: skip
    assert client.get(str(page.select(".loosen a")[-1]["href"])).status_code == 200


@pytest.mark.parametrize("order", ["name", "year", "rating"])
def test_films_of_a_facet_can_be_walked_in_every_order(client: FlaskClient, order: str) -> None:
    """The pages of a narrowed list hold each film once, whatever the order."""
    seen, after = [], ""
    while True:
        page = data(client, f"/films?evidence=no&order={order}&after={after}")
        seen += [entry["iri"] for entry in page["entries"]]
        after = page["following"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["total"] > 100


def test_films_can_be_had_by_director_and_actor(client: FlaskClient) -> None:
    """The films of a person are a list too."""
    page = data(client, "/films?director=greta-gerwig")
    assert "Little Women" in {entry["label"] for entry in page["entries"]}
    assert data(client, "/films?actor=daniel-craig")["total"] >= 1
    assert next(it for it in page["facets"] if it["name"] == "director")["chosen"]["label"] == "Greta Gerwig"


def test_best_rated_films_come_first(client: FlaskClient) -> None:
    """In the order of ratings, the films above a rating are the beginning of all."""
    first = [it["iri"] for it in data(client, "/films?order=rating")["entries"]]
    eight = [it["iri"] for it in data(client, "/films?order=rating&rating=8")["entries"]]
    assert eight
    assert first[: len(eight)] == eight


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_table_for_programs(client: FlaskClient, path: str) -> None:
    """As CSV, narrowed alike, a list holds all its rows, each with the key after which one can go on."""
    answer = client.get(f"{path}.csv?evidence=yes")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.mimetype == "text/csv"
    assert len(rows) == data(client, f"{path}?evidence=yes")["total"] > 0
    rest = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv", query_string={"after": rows[0]["key"]}).text)))
    assert rows[0]["iri"] not in {row["iri"] for row in rest}
    assert client.get(path, headers={"Accept": "text/csv"}).mimetype == "text/csv"


def test_names_of_other_scripts_are_in_the_table(odd: FlaskClient) -> None:
    """The table is UTF-8 and says so; no name is lost."""
    answer = odd.get("/people.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    labels = {row["label"] for row in csv.DictReader(io.StringIO(answer.data.decode()))}
    assert any(not label.isascii() for label in labels)
    assert len(labels) > 120


@pytest.mark.parametrize(
    "terms", ["decade=x", "rating=99", "genre=%00", "director=%22", "outlet=" + "x" * 5000, "year=0"]
)
@pytest.mark.parametrize("path", LISTS)
def test_odd_terms_do_no_harm(client: FlaskClient, path: str, terms: str) -> None:
    """Whatever stands in the address, a list answers."""
    assert client.get(f"{path}?{terms}").status_code == 200


def test_an_unknown_order_is_404(client: FlaskClient) -> None:
    """People have no years to be ordered by; the page names the orders that there are."""
    assert client.get("/people?order=year").status_code == 404
    answer = client.get("/films?order=x", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.get_json()["detail"].endswith("order= may be name or year or rating.")


@pytest.mark.parametrize(
    ("path", "facet", "value", "kind"),
    [("/year/1994", "year", "1994", "films"), ("/decade/1990s", "decade", "1990", "films")],
)
def test_a_year_and_a_decade_are_lists_of_their_own(
    client: FlaskClient, path: str, facet: str, value: str, kind: str
) -> None:
    """They hold what the list of all films holds when it is narrowed to them, and lead to those beside them."""
    own, narrowed = data(client, path), data(client, f"/{kind}?{facet}={value}")
    assert own["entries"] == narrowed["entries"]
    assert own["total"] == narrowed["total"] > 1
    page = soup(client.get(path))
    assert not page.select(".chosen")
    for link in page.select(".chips a[href^='/year/'], .chips a[href^='/decade/']"):
        assert client.get(str(link["href"])).status_code == 200
    assert client.get(path + "?genre=drama").status_code == 200


def test_a_film_leads_to_its_year(client: FlaskClient) -> None:
    """The year above a film's title leads to the films of that year."""
    link = one(soup(client.get("/film/skyfall-2012")), ".kicker a[href='/year/2012']")
    listed = soup(client.get(str(link["href"])))
    assert "Skyfall" in words(one(listed, ".rows"))


def test_outlets_and_reviewers_have_pages(client: FlaskClient) -> None:
    """A review leads to all reviews of its author and of its outlet; how many prove a role is counted there."""
    whole = data(client, "/reviews")
    for facet in ("outlet", "reviewer"):
        option = next(it for it in whole["facets"] if it["name"] == facet)["options"][0]
        own = data(client, f"/{facet}/{option['value']}")
        assert own["total"] == option["count"]
        assert any(it["name"] == "evidence" for it in own["facets"])
        page = soup(client.get(own["entries"][0]["iri"].removeprefix("http://localhost:8000")))
        link = one(page, f".lede a[href^='/{facet}/']")
        assert client.get(str(link["href"])).status_code == 200


@pytest.mark.parametrize("path", ["/year/1800", "/decade/1800s", "/outlet/none", "/reviewer/x.json", "/year/1994.ttl"])
def test_what_has_nothing_is_404(client: FlaskClient, path: str) -> None:
    """A year without films and an outlet without reviews have no page."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "beginning"),
    [
        ("/films?after=zzzz&order=name", "/films"),
        ("/films?genre=drama&after=zzzz", "/films?genre=drama"),
        ("/people?after=%EF%BF%9C%EF%BF%9C", "/people"),
        ("/genre/drama?after=zzzz", "/genre/drama"),
        ("/search?q=bond&from=2900", "/search?q=bond"),
    ],
)
def test_behind_the_end_there_is_nothing(client: FlaskClient, address: str, beginning: str) -> None:
    """A page behind the end of a list is not found, and leads to the list's beginning."""
    answer = client.get(address)
    assert answer.status_code == 404
    page = soup(answer)
    assert "ends before this page" in words(one(page, ".lede"))
    assert str(page.select(".ways a")[0]["href"]) == beginning
    assert client.get(beginning).status_code == 200


def test_a_letter_is_a_place_to_begin(client: FlaskClient) -> None:
    """Where no name begins with a letter or with one behind it, the list says so and is found all the same."""
    for letter in "az":
        assert client.get(f"/films?after={letter}").status_code == 200


def test_a_missing_page_leads_on(client: FlaskClient) -> None:
    """What is not there leads to names like it, to the list it would stand in, and to the first page."""
    page = soup(client.get("/person/danial-craig"))
    assert "/person/daniel-craig" in [str(link["href"]) for link in page.select("main a")]
    ways = [str(link["href"]) for link in page.select(".ways a")]
    assert ways == ["/people", "/", "/about"]
    assert all(client.get(way).status_code == 200 for way in ways)


@pytest.mark.parametrize(("rows", "key"), [(0, None), (PAGE, None), (PAGE + 1, f"key {PAGE - 1}")])
def test_a_page_that_is_just_full_is_the_last(rows: int, key: str | None) -> None:
    """Only where a row is left over there is a next page, and it begins behind the last row of this one."""
    found = [Listed(f"iri {at}", "", "", None, f"key {at}") for at in range(rows)]
    assert _following(found) == key
