"""The style page: it shows whatever the style sheet can dress."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient

import webapp
from graph import build
from webapp import Config, create_app

SHEET = Path(webapp.__file__).parent / "static" / "site.css"


@pytest.fixture(scope="module")
def page(sample: build.Place) -> str:
    """The page, on a site that is being worked on."""
    answer = create_app(Config(sample.data, base=sample.base, dev=True)).test_client().get("/styles")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_class_of_the_style_sheet_is_shown(page: str) -> None:
    """Each class that the style sheet speaks of stands somewhere on the page."""
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    wanted = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules))
    shown = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert len(wanted) > 100
    assert wanted <= shown


def test_every_colour_is_shown(page: str) -> None:
    """Each custom property that is a colour has a swatch."""
    first = SHEET.read_text(encoding="utf-8").split("}", 1)[0]
    colours = re.findall(r"--(\w+): #", first)
    assert [name for name in colours if f"swatch-{name}" not in page] == []


def test_the_page_is_right_html(page: str) -> None:
    """A strict parser accepts it, and no id stands twice."""
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert not parser.errors
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_visitors_do_not_see_it(client: FlaskClient) -> None:
    """On a site for visitors there is no such page, and its address is not in the description of the interface."""
    assert client.get("/styles").status_code == 404
    assert "/styles" not in client.get("/api/openapi.json").get_data(as_text=True)
