"""Pages of errors: each says in its own words what happened, and leads on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from graph import build
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app

STATUSES = (400, 404, 410, 413, 414, 429, 500, 501, 503)


@pytest.fixture(scope="module")
def failing(sample: build.Place) -> FlaskClient:
    """A visitor of a site with an address for each error."""
    app: Flask = create_app(Config(sample.data, base=sample.base))
    app.add_url_rule("/fail/<int:code>", view_func=abort)
    return app.test_client()


def test_a_site_without_a_snapshot_asks_for_patience(tmp_path: Path) -> None:
    """Before anything was published every page is a 503 that says when to come back, and none is kept."""
    answer = create_app(Config(tmp_path)).test_client().get("/films", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "not to be reached" in words(one(soup(answer), "h1"))


def test_every_error_has_a_page_of_its_own_that_leads_on(failing: FlaskClient) -> None:
    """No two have one title; each has a box to search and ways to go on, and is in a language."""
    titles = []
    for status in STATUSES:
        answer = failing.get(f"/fail/{status}", headers={"Accept": "text/html"})
        assert answer.status_code == status
        page = soup(answer)
        titles.append(words(one(page, "h1")))
        assert one(page, "html")["lang"] == "en"
        assert one(page, ".hero .lede").get_text().strip()
        assert page.select('form[role="search"] input[name="q"]')
        assert page.select(".ways a[href]")
    assert len(set(titles)) == len(STATUSES)


def test_a_program_gets_the_same_as_a_problem_document(failing: FlaskClient) -> None:
    """Whoever asks for JSON gets the status, its title and what to do."""
    told = failing.get("/fail/429", headers={"Accept": "application/json"})
    assert told.mimetype == "application/problem+json"
    assert told.get_json()["status"] == 429
    assert "try again" in told.get_json()["detail"]
