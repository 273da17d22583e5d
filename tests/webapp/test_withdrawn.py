"""What a visitor sees of a withdrawn role: it stands on no page but its own, which says why."""

from __future__ import annotations

import feedparser
import pytest
from flask.testing import FlaskClient

from graph import build, corrections
from graph.iris import DEFAULT_BASE
from graph.withdraw import Wish
from tests.graph.test_withdraw import DAY, KEVIN, NILS, ONE, TWO, VOSS, sources, write
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app

REASON = "Kevin is <played> by Nils’ brother"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A visitor of a site with two reviews: a role of the first is withdrawn, and its share in one that both tell."""
    folder = tmp_path_factory.mktemp("withdrawn")
    place = build.Place(folder / "var", DEFAULT_BASE)
    build.add(place, write(folder / "in", one=ONE, two=TWO))
    corrections.withdraw(place, Wish(KEVIN, REASON, DAY, "Ada"))
    first = next(name for name in sources(place) if name.startswith("one-"))
    corrections.withdraw(place, Wish(VOSS, "she plays another", DAY, source=first))
    return create_app(Config(data=place.data, base=DEFAULT_BASE)).test_client()


def review(site: FlaskClient, name: str) -> str:
    """The address of a review."""
    told = site.get(f"/{KEVIN if name == 'one' else NILS}.json").get_json()
    return str(told["proofs"][0]["review"]["iri"]).removeprefix(DEFAULT_BASE[:-1])


def test_its_page_says_that_it_was_withdrawn_and_why(site: FlaskClient) -> None:
    """It is still there (200), with the reason, the day, who says so, the review, and the sentence that was misread."""
    answer = site.get(f"/{KEVIN}")
    assert answer.status_code == 200
    main = words(one(soup(answer), "main"))
    for said in (REASON, "23 November 2026", "by Ada", "Kevin (Cy Dorn) does not care.", "was said to have played"):
        assert said in main
    assert one(soup(answer), "h1 s").get_text() == "Cy Dorn as Kevin"
    told = site.get(f"/{KEVIN}.json").get_json()
    assert (told["stands"], told["withdrawn"][0]["reason"], told["proofs"][0]["rule"] != "") == (False, REASON, True)


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_its_data_is_the_withdrawal(site: FlaskClient, suffix: str) -> None:
    """The role leads to the decision; no statement says that anybody played it."""
    said = site.get(f"/{KEVIN}.{suffix}")
    assert said.status_code == 200
    assert "withdrawnBy" in said.text
    assert site.get(f"/withdrawal/{KEVIN}/from/{review(site, 'one').rsplit('/', 1)[-1]}.{suffix}").status_code == 200
    ask = f"ASK {{ <{DEFAULT_BASE}{KEVIN}> <https://w3id.org/filmgraph#performer> ?who }}"
    assert site.get("/sparql", query_string={"query": ask}, headers={"Accept": "text/csv"}).text.strip() != "true"


@pytest.mark.parametrize("suffix", ["", ".ttl", ".json"])
def test_what_went_along_leads_to_its_page(site: FlaskClient, suffix: str) -> None:
    """The performer, the character and the passage have no other page any more."""
    for thing in ("person/cy-dorn", "character/rust-and-salt-1990/kevin"):
        answer = site.get(f"/{thing}{suffix}")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/{KEVIN}{suffix}")
    passage = site.get(f"/{KEVIN}.json").get_json()["proofs"][0]["evidence"].removeprefix(DEFAULT_BASE)
    assert site.get(f"/{passage}").headers["Location"] == f"/{KEVIN}"


@pytest.mark.parametrize(
    "page",
    ["/film/rust-and-salt-1990", "/people", "/characters", "/search?q=cy+dorn&kind=person",
     "/film/rust-and-salt-1990.csv", "/suggest?q=cy", "/", "/person/ann-bell", "/graph?of=film/rust-and-salt-1990"],
)  # fmt: skip
def test_no_other_page_tells_it(site: FlaskClient, page: str) -> None:
    """Neither film nor lists, search, suggestions or colleagues; what stands is still there."""
    answer = site.get(page)
    assert answer.status_code == 200
    assert "kevin" not in answer.text.lower()
    assert "person/cy-dorn" not in answer.text


def test_the_review_shows_what_was_withdrawn(site: FlaskClient) -> None:
    """The span is set apart and the fact struck out, with the reason; other facts stand."""
    page = soup(site.get(review(site, "one")))
    struck = [words(item) for item in page.select(".margin li") if item.select("s")]
    assert len(struck) == 2
    assert any("Cy Dorn as Kevin" in item and REASON in item for item in struck)
    apart = [words(span) for span in page.select(".proved.withdrawn")]
    assert any("Kevin (Cy Dorn) does not care." in span for span in apart)
    assert not page.select(".proved.withdrawn mark")
    assert len(page.select(".proved:not(.withdrawn)")) > 0
    assert not soup(site.get(review(site, "two"))).select(".withdrawn")


def test_what_another_critic_tells_stands(site: FlaskClient) -> None:
    """The page shows the other's sentence, and that one reading of it was withdrawn."""
    page = soup(site.get(f"/{VOSS}"))
    main = words(one(page, "main"))
    assert "Ann Bell played Voss" in main
    assert "she plays another" in main
    quotes = page.select("section[aria-labelledby=proof] blockquote")
    assert [words(quote) for quote in quotes] == ["Voss (Ann Bell) rows."]
    assert "withdrawn" not in words(one(soup(site.get(f"/{NILS}")), "main")).lower()


def test_corrections_tell_of_it(site: FlaskClient) -> None:
    """The feed of corrections says that roles were withdrawn."""
    found = feedparser.parse(site.get("/feeds/corrections.atom").data)
    assert "Withdrawn: roles" in [entry.title for entry in found.entries]
