"""A base with a path of its own: the site is under that path, whether or not the proxy in front takes it away."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from graph import build
from tests.commands.typed import REVIEW
from webapp import Config, create_app
from webapp.site import KEY

BASE = "https://films.example/kg/"
FILM = "film/saltmarsh-1994"
NOWHERE = "film/nowhere-2001"
PAGES = (
    "", FILM, "films", "films?after=s", "people", "characters", "reviews", "genres", "search?q=salt", "path",
    f"graph?of={FILM}", "query", "query?ask=film-cast", "query/explain?query=ASK+{}", "query/code?query=ASK+{}",
    "learn", "learn/01-one-pattern", "ontology", "ontology/Role", "about", "api", "sources", "worklists", "dumps",
    NOWHERE,
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> build.Place:
    """A graph whose base has a path."""
    folder = tmp_path_factory.mktemp("below")
    place = build.Place(folder / "var", BASE)
    path: Path = folder / "saltmarsh.txt"
    path.write_text(REVIEW, encoding="utf-8")
    build.add(place, [str(path)])
    return place


@pytest.fixture(scope="module")
def below(place: build.Place) -> FlaskClient:
    """A visitor of the site on it."""
    return create_app(Config(data=place.data, base=BASE)).test_client()


def _linked(body: str, page: str) -> set[str]:
    """The addresses on this site that a page links, loads or sends a form to."""
    tree = html.document_fromstring(body)
    found = {str(value) for value in tree.xpath("//@href | //@src | //@action | //@formaction | //@cite")}
    found |= {
        word
        for name in ("names", "terms", "prefixes", "suggest", "result", "endpoint", "page", "root", "graph", "modules")
        for value in tree.xpath(f"//@data-{name}")
        for word in str(value).split()
        if word.startswith("/")
    }
    return {to.partition("#")[0] for to in (urljoin(page, each) for each in found) if to.startswith("/")}


def _kind(address: str) -> tuple[object, ...]:
    """What addresses of one kind share: where they begin, and what form they ask for."""
    path = address.partition("?")[0]
    return *path.split("/")[2:3], path.rpartition(".")[2] if "." in path else "", path.count("/") > 2


def test_every_link_stays_below_the_path_and_leads_somewhere(below: FlaskClient) -> None:
    """Pages, data, static files, the editor and the graph: no page links outside, or to what is not there."""
    linked: set[str] = set()
    for page in PAGES:
        answer = below.get(f"/kg/{page}", headers={"Accept": "text/html"})
        assert answer.status_code == (404 if page == NOWHERE else 200), page
        found = _linked(answer.text, f"/kg/{page}")
        assert len(found) > 10, page
        assert [each for each in found if not each.startswith("/kg/")] == [], page
        linked |= found
    pages = {each for each in linked if "?" not in each or "/static/" in each} - {f"/kg/{NOWHERE}"}
    pages -= {"/kg/query/result", "/kg/query/names"}  # which want a query
    kinds = {_kind(each): each for each in sorted(pages)}
    told = {each: below.get(each).status_code for each in kinds.values()}
    assert {each: status for each, status in told.items() if status not in (200, 302, 303)} == {}
    assert len(told) > 30


@pytest.mark.parametrize("path", ["/kg/", f"/kg/{FILM}", "/kg/films", "/kg/query", "/kg/static/site.css"])
def test_a_proxy_may_take_the_path_away(below: FlaskClient, path: str) -> None:
    """The same page is there without the path, with the same links."""
    whole, taken = below.get(path), below.get(path.removeprefix("/kg"))
    assert whole.status_code == taken.status_code == 200
    assert whole.data == taken.data


def test_the_path_without_its_slash_leads_to_the_first_page(below: FlaskClient) -> None:
    """Who leaves out the slash arrives all the same."""
    answer = below.get("/kg")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/kg/")


def test_what_programs_read_names_addresses_below_the_path(below: FlaskClient) -> None:
    """The sitemap, the feed, robots.txt, the manifest and the interface agree with the pages."""
    sitemap = etree.fromstring(below.get("/kg/sitemap-pages.xml").data)
    addresses = sitemap.xpath("//*[local-name()='loc']/text()")
    assert f"{BASE}path" in addresses
    assert {below.get(urlsplit(each).path).status_code for each in addresses} == {200}
    assert "Disallow: /kg/sparql" in below.get("/kg/robots.txt").text.splitlines()
    manifest = below.get("/kg/manifest.webmanifest").get_json(force=True)
    assert (manifest["start_url"], manifest["scope"]) == ("/kg/", "/kg/")
    assert {each["url"] for each in manifest["shortcuts"]} == {"/kg/search", "/kg/query"}
    assert f'href="{BASE}review/' in below.get("/kg/feeds/reviews.atom").text
    assert below.get("/kg/api/openapi.json").get_json()["servers"] == [{"url": BASE.rstrip("/")}]


def test_the_endpoint_takes_a_post_there(below: FlaskClient) -> None:
    """The address that the site's descriptions name takes queries by POST, too; browsers are led to the editor."""
    answer = below.post("/kg/sparql", data={"query": "ASK { ?f a film:Film }"})
    assert answer.get_json()["boolean"] is True
    assert below.get("/kg/sparql", headers={"Accept": "text/html"}).headers["Location"] == "/kg/query"


def test_a_short_link_is_one_below_the_path(below: FlaskClient) -> None:
    """A short link names the path once, and leads to its query."""
    short = below.get("/kg/query/code.json?query=ASK+{}").get_json()["short"]
    assert short.startswith(f"{BASE}q/")
    assert below.get(urlsplit(short).path, follow_redirects=True).status_code == 200


def test_a_named_query_without_terms_asks_of_this_site(below: FlaskClient) -> None:
    """The sample terms of a named query are under the base of the site."""
    text = below.get("/kg/query.json?ask=film-cast").get_json()["text"]
    assert "<https://films.example/kg/film/" in text
    assert "localhost" not in text


@pytest.mark.parametrize("path", ["/kg//evil.example/", "/kg/%2F%2Fevil.example", "/kg/%2F%2Fevil.example/", "/kg//"])
def test_no_other_host_is_led_to(below: FlaskClient, path: str) -> None:
    """However many slashes there are, the site leads to itself."""
    assert not below.get(path).headers.get("Location", "/").startswith("//")


def test_requests_are_counted_by_their_page(below: FlaskClient) -> None:
    """The first part below the path is what is counted."""
    counts = below.application.extensions[KEY].counts
    assert [counts.route(path) for path in ("/kg/film/x", "/film/x", "/kg/", "/kg")] == ["/film", "/film", "/", "/kg"]


def test_the_site_may_be_reached_elsewhere_than_its_names(place: build.Place) -> None:
    """Where names are at a redirecting service, links are under the path that visitors use."""
    for mounted, begin in (("/", "/"), ("/films/", "/films/"), ("/films", "/films/")):
        visitor = create_app(Config(data=place.data, base=BASE, mounted=mounted)).test_client()
        body = visitor.get(f"{begin}{FILM}").text
        assert f'href="{begin}person/' in body
        assert f'rel="canonical" href="{BASE}{FILM}"' in body


def test_a_base_without_a_path_has_no_such_addresses(client: FlaskClient) -> None:
    """There is nothing that would be taken away."""
    assert client.get("/kg/film/casablanca-1942").status_code == 404
