"""A base with a path of its own: its IRIs lead to the pages, which are at the root."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import build
from tests.commands.typed import REVIEW
from webapp import Config, create_app

BASE = "https://films.example/kg/"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A visitor of a site whose base has a path."""
    folder = tmp_path_factory.mktemp("below")
    place = build.Place(folder / "var", BASE)
    path: Path = folder / "saltmarsh.txt"
    path.write_text(REVIEW, encoding="utf-8")
    build.add(place, [str(path)])
    return create_app(Config(data=place.data, base=BASE)).test_client()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/kg/", "/"),
        ("/kg/film/saltmarsh-1994", "/film/saltmarsh-1994"),
        ("/kg/film/saltmarsh-1994.ttl?x=%C3%A9", "/film/saltmarsh-1994.ttl?x=%C3%A9"),
        ("/kg/sparql?query=ASK%7B%7D", "/sparql?query=ASK%7B%7D"),
    ],
)
def test_an_iri_leads_to_its_page(below: FlaskClient, path: str, target: str) -> None:
    """What was asked goes along, and there is something at the other end."""
    answer = below.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (307, target)
    assert below.get(path, follow_redirects=True).status_code in (200, 406)
    assert "film/saltmarsh-1994" in below.get("/films").text


def test_the_endpoint_takes_a_post_there(below: FlaskClient) -> None:
    """The address that the site's descriptions name takes queries by POST, too."""
    answer = below.post("/kg/sparql", data={"query": "ASK { ?f a film:Film }"}, follow_redirects=True)
    assert answer.get_json()["boolean"] is True


@pytest.mark.parametrize("path", ["/kg//evil.example/", "/kg/%2F%2Fevil.example"])
def test_no_other_host_is_led_to(below: FlaskClient, path: str) -> None:
    """However many slashes there are, the site leads to itself."""
    assert not below.get(path).headers.get("Location", "/").startswith("//")


def test_a_base_without_a_path_has_no_such_addresses(client: FlaskClient) -> None:
    """There is nothing to lead away from."""
    assert client.get("/kg/film/casablanca-1942").status_code == 404
