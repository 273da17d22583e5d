"""A walk over the whole sample: no broken link, no title twice, no wrong HTML."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urlsplit

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

HREF = re.compile(r'href="([^"]*)"')
NOT_FOLLOWED = re.compile(r'<a [^>]*rel="[^"]*nofollow[^>]*>')
"""Narrowed lists: their number has no end, and crawlers are asked to leave them."""
ALTERNATE = re.compile(r'<link rel="alternate" type="([^"]*)" href="([^"]*)"')
HEADING = re.compile(r"<h([1-6])\b")
LANDMARKS = ("<header", 'role="search"', '<nav aria-label="Main"', '<main id="main"', '<footer class="foot"')
"""In the order in which a screen reader meets them; pages that have a search box of their own have none above."""
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
ASKING = ("/query", "/sparql", "/search", "/suggest", "/static", "/path?", "/graph?")
BEGIN = ("/", "/graph", "/graph?of=film%2Fskyfall-2012", "/graph?of=person%2Ftim-roth")
"""Where the walk begins: the first page, and graphs, to which only links lead that are not followed."""
FORMS = 3
"""Pages of each kind whose other forms are fetched."""
STRICT = 12
"""Pages of each kind whose HTML is parsed strictly, which takes long."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One page: its title, its fragments, and the links on it."""

    title: str
    ids: frozenset[str]
    links: tuple[str, ...]
    body: str


@pytest.fixture(scope="module")
def visited(app: Flask) -> dict[str, Visited]:
    """Every page that can be reached from the first by links, by its path; forms of data are only asked for by HEAD."""
    client, waiting, pages = app.test_client(), deque(BEGIN), dict[str, Visited]()
    while waiting:
        path = waiting.popleft()
        if path in pages:
            continue
        pages[path] = _visit(client, path)
        waiting.extend(place for place in map(_place, pages[path].links) if place and place not in pages)
    return pages


def _visit(client: FlaskClient, path: str) -> Visited:
    answer = client.get(path)
    assert answer.status_code in (200, 303), f"{path} is {answer.status_code}"
    if answer.mimetype != "text/html" or answer.status_code == 303:
        return Visited("", frozenset(), (), "")
    body = answer.get_data(as_text=True)
    title = TITLE.search(body)
    links = tuple(unescape(link) for link in HREF.findall(NOT_FOLLOWED.sub("", body)))
    return Visited(title[1] if title else "", frozenset(map(unescape, ID.findall(body))), links, body)


def _place(link: str) -> str | None:
    """The page that a link leads to, None where it leaves the site, asks a question, or gives data."""
    place = urldefrag(link)[0]
    data = re.search(r"\.(ttl|jsonld|nt|rdf|json|xml)(\?|$)", place)
    inside = place.startswith("/") and not place.startswith(ASKING)
    return place if inside and not data else None


def test_the_walk_reaches_everything(visited: dict[str, Visited]) -> None:
    """Every kind of page is reached by links alone."""
    kinds = Counter(urlsplit(path).path.split("/")[1] for path in visited)
    for kind in ("film", "person", "character", "genre", "review", "role", "dataset", "rating", "ontology", "api"):
        assert kinds[kind] > 0, kind
    assert kinds["film"] >= 170


def test_no_fragment_is_missing(visited: dict[str, Visited]) -> None:
    """A link to a place inside a page finds it there."""
    missing = []
    for path, page in visited.items():
        for link in page.links:
            place, fragment = urldefrag(link)
            target = visited.get(place or path)
            if fragment and target and target.body and unquote(fragment) not in target.ids:
                missing.append(f"{path} → {link}")
    assert not missing[:5]


def test_no_fragment_is_given_twice(visited: dict[str, Visited]) -> None:
    """No page uses an id twice."""
    twice = {path: [i for i, n in Counter(ID.findall(page.body)).items() if n > 1] for path, page in visited.items()}
    assert not {path: ids for path, ids in twice.items() if ids}


def test_no_title_is_used_twice(visited: dict[str, Visited]) -> None:
    """Two addresses have two titles, apart from parts of one page."""
    titles = Counter(page.title for path, page in visited.items() if page.title and "?" not in path)
    assert not [title for title, count in titles.items() if count > 1]


def test_no_page_has_inline_code_or_style(visited: dict[str, Visited]) -> None:
    """The content security policy forbids inline scripts and styles, so no page has any."""
    inline = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*(src=|ld\+json))")
    assert not [path for path, page in visited.items() if inline.search(page.body)]


def test_pages_are_right_html(visited: dict[str, Visited]) -> None:
    """A strict parser accepts pages of every kind."""
    seen: Counter[str] = Counter()
    wrong: dict[str, list[object]] = {}
    for path, page in visited.items():
        kind = path.split("/")[1]
        if page.body and seen[kind] < STRICT:
            seen[kind] += 1
            parser = html5lib.HTMLParser()
            parser.parse(page.body)
            wrong |= {path: parser.errors} if parser.errors else {}
    assert not wrong
    assert len(seen) > 10


def test_each_page_has_one_heading_and_one_main(visited: dict[str, Visited]) -> None:
    """Every page has exactly one h1 and one main landmark."""
    wrong = [p for p, v in visited.items() if v.body and (v.body.count("<h1"), v.body.count("<main")) != (1, 1)]
    assert not wrong


def test_every_other_form_is_there(app: Flask, visited: dict[str, Visited]) -> None:
    """Every page has its data as JSON at least, and each form that its head links is what it says."""
    client, seen = app.test_client(), Counter[str]()
    wrong: list[str] = []
    for path, page in visited.items():
        kind = urlsplit(path).path.split("/")[1]
        forms = ALTERNATE.findall(page.body)
        if page.body and "application/json" not in dict(forms):
            wrong.append(f"{path} has no JSON")
        seen[kind] += 1
        for media, address in forms if seen[kind] <= FORMS else ():
            answer = client.get(unescape(address))
            if (answer.status_code, answer.mimetype) != (200, media):
                wrong.append(f"{address} is {answer.status_code} {answer.mimetype}, not {media}")
    assert not wrong[:5]


def test_pictures_have_words(visited: dict[str, Visited]) -> None:
    """Every picture has an alternative: an image its text, a drawing its label."""
    pictures = re.compile(r"<img\b(?![^>]*\balt=)[^>]*>|<svg\b(?![^>]*\baria-(?:label|hidden)=)[^>]*>")
    assert not [path for path, page in visited.items() if pictures.search(page.body)]


def test_headings_are_an_outline(visited: dict[str, Visited]) -> None:
    """The first heading of a page is its title, and none is more than one level below the one before it."""
    wrong = []
    for path, page in visited.items():
        levels = [int(level) for level in HEADING.findall(page.body)]
        if levels and (levels[0] != 1 or any(after > before + 1 for before, after in pairwise(levels))):
            wrong.append(f"{path}: {levels[:12]}")
    assert not wrong[:5]


def test_landmarks_come_in_their_order(visited: dict[str, Visited]) -> None:
    """Every page begins with a link past the head, and has its landmarks once, in the order in which one reads."""
    wrong = []
    for path, page in visited.items():
        if page.body:
            places = [page.body.find(mark) for mark in LANDMARKS]
            first = page.body[page.body.index("<body>") + 6 :].lstrip()
            once = all(page.body.count(mark) == 1 for mark in LANDMARKS if "search" not in mark)
            own = [place for place, mark in zip(places, LANDMARKS, strict=True) if "search" not in mark]
            if not first.startswith('<a class="skip" href="#main">') or not once or own != sorted(own):
                wrong.append(path)
    assert not wrong[:5]


def test_sections_are_named_by_their_headings(visited: dict[str, Visited]) -> None:
    """Whatever says which element names it names one that is there."""
    named = re.compile(r'aria-(?:labelledby|describedby|controls)="([^"]*)"')
    wrong = [
        f"{path}: {name}"
        for path, page in visited.items()
        for names in named.findall(page.body)
        for name in unescape(names).split()
        if name not in page.ids
    ]
    assert not wrong[:5]
