"""The fields beside a review's text, as sites and people write them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from graph.errors import InputError
from graph.facts import Metadata, Rating
from graph.sources.html import read_html
from graph.sources.json_lines import read_json
from graph.sources.text import read_markdown

BODY = "It is a slow film, and a cold one. Nobody is in a hurry, and nobody has to be, for the tide is not."


def _front(matter: str, mark: str = "---") -> Metadata:
    return read_markdown(f"{mark}\n{matter}\n{mark}\n\n{BODY}\n".encode(), "case.md").metadata


def _json(**fields: object) -> Metadata:
    (item,) = read_json(json.dumps({"text": BODY, **fields}).encode(), "case.json")
    if isinstance(item, InputError):
        raise item
    return item.metadata


@pytest.mark.parametrize(
    ("matter", "wanted"),
    [
        ("rating: ★★★½", {"ratings": (Rating("own", 3.5, 5.0),)}),
        ("grade: B+", {"ratings": (Rating("own", 3.3, 4.3),)}),
        ("stars: 3.5 out of 4 stars", {"ratings": (Rating("own", 3.5, 4.0),)}),
        ("date: April 11, 2017", {"published": "2017-04-11"}),
        ("date: 2017-04-11 09:30:00 +0100", {"published": "2017-04-11 09:30:00 +0100"}),
        ("cast: Bo Li, Cy Dorn and Marit Foss", {"cast": ("Bo Li", "Cy Dorn", "Marit Foss")}),
        ("cast: Sammy Voss, Jr., Bo Li", {"cast": ("Sammy Voss, Jr.", "Bo Li")}),
        ("starring:\n  - Bo Li as Kevin\n  - Cy Dorn", {"cast": ("Bo Li", "Cy Dorn"), "roles": (("Bo Li", "Kevin"),)}),
        ("genre: drama, comedy", {"genres": ("drama", "comedy")}),
        ("runtime: 1h 38m", {"runtime": 98}),
        ("writer: Otto Lind\nmusic: Marit Foss", {"credits": (("writer", "Otto Lind"), ("composer", "Marit Foss"))}),
        ("film:\n  title: Salt\n  year: 2017\n  director: Ana Ruiz", {"title": "Salt", "year": 2017}),
        ("params:\n  rating: 4", {"ratings": (Rating("own", 4.0, 5.0),)}),
        ("rating: quite good\nyear: soon", {"ratings": (), "year": None}),
    ],
)
def test_front_matter(matter: str, wanted: dict[str, Any]) -> None:
    """Front matter is read as the programs that it is written for allow it to be written."""
    found = _front(matter)
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_toml_front_matter() -> None:
    """Front matter between plus signs is TOML."""
    found = _front('title = "Salt"\ndate = 2017-04-11\nrating = 4', "+++")
    assert (found.headline, found.published, found.ratings) == ("Salt", "2017-04-11", (Rating("own", 4.0, 5.0),))


def test_broken_toml_front_matter() -> None:
    """Front matter that is no TOML is refused with the reason."""
    with pytest.raises(InputError, match=r"case\.md: its front matter is not TOML"):
        _front("title: Salt", "+++")


def test_json_fields() -> None:
    """A JSON review may name everyone who made the film, and more of the film."""
    found = _json(year=2017, writers=["Otto Lind"], runtime="98 min", countries=["Norway"], certificate="15")
    assert (found.year, found.credits, found.runtime) == (2017, (("writer", "Otto Lind"),), 98)
    assert (found.countries, found.certificate) == (("Norway",), "15")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("rating", "good", "3.5/5"),
        ("runtime", "long", "1h 38m"),
        ("date", "11 Foo 2017", "ISO 8601"),
        ("year", 17, "1870"),
    ],
)
def test_wrong_json_fields(field: str, value: object, words: str) -> None:
    """A wrong field is refused with the file, the field, the value and what was expected."""
    with pytest.raises(InputError, match=rf"case\.json: {field}: .*{words}"):
        _json(**{field: value})


def test_a_pages_film_in_full() -> None:
    """A page's JSON-LD tells of makers, length, certificate, countries and companies as well."""
    film = {
        "@type": "Movie",
        "name": "Salt",
        "duration": "PT1H38M",
        "contentRating": "Rated PG-13",
        "countryOfOrigin": {"@type": "Country", "name": "Norway"},
        "author": {"@type": "Person", "name": "Otto Lind"},
        "musicBy": {"@type": "Person", "name": "Marit Foss"},
        "productionCompany": {"@type": "Organization", "name": "Harbor Light"},
    }
    data = json.dumps({"@context": "https://schema.org", "@type": "Review", "itemReviewed": film})
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body><p>{BODY}</p></body></html>'
    found = asdict(read_html(page.encode(), "case.html").metadata)
    assert (found["runtime"], found["certificate"], found["countries"]) == (98, "PG-13", ("Norway",))
    assert found["credits"] == (("writer", "Otto Lind"), ("composer", "Marit Foss"))
    assert found["studios"] == ("Harbor Light",)
