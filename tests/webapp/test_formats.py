"""Content negotiation."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from graph.store import Form, types_for
from webapp.formats import FORMATS, choose, formats_for, negotiate

PAGE = ["text/html", "text/turtle", "application/ld+json", "application/json"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle ; Q=0.5", "text/turtle"),
        ("text/turtle;q=0.3, application/ld+json;q=0.8", "application/ld+json"),
        ("application/*", "application/ld+json"),
        ("*/*;q=0.9, application/json", "application/json"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
        ("text/*;q=0.5, text/html;q=0", "text/turtle"),
        ("text/turtle;version=1.1;q=0.7", "text/turtle"),
        ("image/png", None),
        ("*/*;q=0", None),
        (";;,,q=,a/b;q=zz", "text/html"),
        ("text/turtle;q=2, application/json;q=0.1", "application/json"),
    ],
)
def test_accept_header_chooses(accept: str | None, chosen: str | None) -> None:
    """The offered type with the highest q is chosen, a more specific range counting before a wider one."""
    assert negotiate(accept, PAGE) == chosen


@pytest.mark.measured
def test_long_header_is_read_quickly() -> None:
    """A header of ten thousand ranges takes no noticeable time."""
    started = time.process_time()
    assert negotiate(",".join(f"a/b{n};q=0.1" for n in range(10_000)) + ",text/turtle", PAGE) == "text/turtle"
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("accept", "form", "media"),
    [
        ("application/json", Form.SELECT, "application/sparql-results+json"),
        ("application/xml", Form.ASK, "application/sparql-results+xml"),
        ("text/*", Form.SELECT, "text/csv"),
        ("application/*", Form.SELECT, "application/sparql-results+json"),
        ("application/json", Form.CONSTRUCT, "application/ld+json"),
        ("text/plain", Form.DESCRIBE, "application/n-triples"),
        (None, Form.CONSTRUCT, "text/turtle"),
        ("text/turtle", Form.SELECT, None),
        ("text/csv", Form.CONSTRUCT, None),
    ],
)
def test_format_is_chosen_by_any_of_its_names(accept: str | None, form: Form, media: str | None) -> None:
    """A format is found under its own media type and under the common ones that stand for it."""
    chosen = choose(accept, formats_for(form))
    assert (chosen.media if chosen else None) == media


def test_table_holds_what_the_engine_writes() -> None:
    """Every media type of the store has its row, each suffix stands once."""
    written = {media for form in (Form.SELECT, Form.CONSTRUCT) for media in types_for(form)}
    assert {entry.media for entry in FORMATS} == written
    assert len({entry.suffix for entry in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(("suffix", "media"), [("ttl", "text/turtle"), ("json", "application/json")])
def test_a_form_is_no_alternate_of_itself(client: FlaskClient, suffix: str, media: str) -> None:
    """The Link header names the other forms, and not the one that is sent."""
    link = client.get(f"/film/casablanca-1942.{suffix}").headers["Link"]
    assert f'type="{media}"' not in link
    assert 'type="application/ld+json"' in link
