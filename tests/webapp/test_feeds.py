"""Feeds of what is new and of corrections, read by a feed reader's own parser."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from graph import build
from graph.iris import DEFAULT_BASE
from webapp import Config, create_app

REVIEW = "{title} ({year})\n\nDirected by Ana Ruiz\n\nMira Osei plays the ferryman's widow {whom}, & sings <loudly>.\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph to which two reviews came one after the other, one of which was taken out and one replaced."""
    folder = tmp_path_factory.mktemp("feeds")
    place = build.Place(folder / "data", DEFAULT_BASE)
    for name, year, whom in (("Salt Harvest", 2019, "Lena"), ("Nachtwasser", 2018, "Ida"), ("Firedamp", 1999, "Ruth")):
        (folder / f"{name}.txt").write_text(REVIEW.format(title=name, year=year, whom=whom), encoding="utf-8")
        report = build.add(place, [str(folder / f"{name}.txt")])
    build.remove(place, report.added[0].source)
    return folder / "data"


@pytest.fixture
def visitor(data: Path) -> FlaskClient:
    """A visitor of that site."""
    return create_app(Config(data)).test_client()


def read(visitor: FlaskClient, name: str) -> Any:
    """A feed as a feed reader sees it; it must be well-formed."""
    found = feedparser.parse(io.BytesIO(visitor.get(f"/feeds/{name}.atom").data))
    assert (found.bozo, found.version) == (False, "atom10")
    return found


def test_new_reviews_come_first_with_their_roles_and_sentences(visitor: FlaskClient) -> None:
    """The newest review leads, with its address, the time it came, and who played whom in the review's words."""
    found = read(visitor, "reviews")
    assert [entry.title for entry in found.entries] == ["Nachtwasser (2018)", "Salt Harvest (2019)"]
    first = found.entries[0]
    assert first.id == first.link
    assert first.link.startswith(f"{DEFAULT_BASE}review/nachtwasser")
    assert visitor.get(first.link.removeprefix(DEFAULT_BASE[:-1])).status_code == 200
    assert "Mira Osei as Ida" in first.content[0].value
    assert "&amp; sings &lt;loudly&gt;" in first.content[0].value
    assert found.feed.links[0].href == f"{DEFAULT_BASE}feeds/reviews.atom"
    assert first.updated_parsed >= found.entries[1].updated_parsed
    assert found.feed.updated == first.updated


def test_characters_that_no_xml_may_hold_are_replaced(tmp_path: Path) -> None:
    """A control character in the name of an outlet does not make the feed unreadable."""
    text = REVIEW.format(title="Salt Harvest", year=2019, whom="Lena")
    (tmp_path / "review.json").write_text(json.dumps({"text": text, "outlet": "The\x01 Lamp"}), encoding="utf-8")
    build.add(build.Place(tmp_path / "data", DEFAULT_BASE), [str(tmp_path / "review.json")])
    (entry,) = read(create_app(Config(tmp_path / "data")).test_client(), "reviews").entries
    assert "The\ufffd Lamp" in entry.summary


def test_what_was_withdrawn_is_a_correction(visitor: FlaskClient) -> None:
    """A review that was taken out stands in the feed of corrections, with a name of its own."""
    found = read(visitor, "corrections")
    (entry,) = [entry for entry in found.entries if entry.title.startswith("Withdrawn")]
    assert "firedamp" in entry.title
    assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_a_feed_is_sent_once_a_snapshot(visitor: FlaskClient) -> None:
    """A reader that has the feed gets 304; pages name the feed; other names are not found."""
    answer = visitor.get("/feeds/reviews.atom")
    assert visitor.get("/feeds/reviews.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert '<link rel="alternate" type="application/atom+xml" href="/feeds/reviews.atom"' in visitor.get("/").text
    assert visitor.get("/feeds/films.atom").status_code == 404
