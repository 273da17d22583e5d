"""Fact lines: every label by its own examples, lengths of time, and lists of people."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract import factbox, rules
from graph.extract.labels import bare_label, read_labels
from graph.extract.layout import read_layout
from graph.extract.people import read_people
from graph.facts import Span

LABELS: list[dict[str, Any]] = rules.load("factbox")["label"]
GENRES: list[dict[str, Any]] = rules.load("genres")["genre"]


@pytest.mark.parametrize("rule", LABELS, ids=lambda rule: rule["field"])
def test_label_catches_its_example(rule: dict[str, Any]) -> None:
    """Each label is read from its example as the field that it stands for."""
    assert rule["field"] in [field for found in read_labels(rule["catches"]) for field in found.fields]


@pytest.mark.parametrize("rule", LABELS, ids=lambda rule: rule["field"])
def test_label_spares_its_counterexample(rule: dict[str, Any]) -> None:
    """No label is read from its counterexample."""
    assert rule["field"] not in [field for found in read_labels(rule["spares"]) for field in found.fields]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Director: Ana Ruiz | Writer: Bo Li", {"director": "Ana Ruiz", "writer": "Bo Li"}),
        ("**Director:** Ana Ruiz", {"director": "Ana Ruiz"}),
        ("<b>Director:</b> Ana Ruiz<br>", {"director": "Ana Ruiz"}),
        ("| Director | Ana Ruiz |", {"director": "Ana Ruiz"}),
        ("Dir: Ana Ruiz, Cast: Bo Li", {"director": "Ana Ruiz", "cast": "Bo Li"}),
        ("Writer/Director: Ana Ruiz", {"director": "Ana Ruiz", "writer": "Ana Ruiz"}),
        ("director: ana ruiz", {"director": "ana ruiz"}),
        ("Directed by Ana Ruiz. With Bo Li and Cy Dorn.", {"director": "Ana Ruiz", "cast": "Bo Li and Cy Dorn."}),
        ("(Norway, 2021, 96 mins) Dir: Ana Ruiz", {"director": "Ana Ruiz"}),
        ("Norway 1927. Dir. Ana Ruiz. 94 min.", {"director": "Ana Ruiz"}),
        ("Directed by Ana Ruiz, the film is long.", {}),
        ("With Bo Li he goes home.", {}),
        ("By the time it ends, nobody cares.", {}),
        ("Direction: the maestro enters again with tension, beauty and blood.", {}),
        ("Anna: Where is my coat?", {}),
    ],
)
def test_fact_lines_of_many_shapes(line: str, values: dict[str, str]) -> None:
    """A line gives its labelled values in whatever shape it is written; a sentence gives none."""
    assert {field: found.value.of(line) for found in read_labels(line) for field in found.fields} == values


def test_label_alone() -> None:
    """A label alone in its line is recognised, and a name alone is not."""
    assert bare_label("## Cast") == ("cast",)
    assert bare_label("Ana Ruiz") == ()


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("98 min", 98),
        ("1h 38m", 98),
        ("1 hour, 38 minutes", 98),
        ("2 hrs", 120),
        ("1:38", 98),
        ("98", 98),
        ("104′", 104),
    ],
)
def test_lengths_of_time(words: str, minutes: int) -> None:
    """A running time is given in minutes, however it is written."""
    found = factbox.find_minutes(words, Span(0, len(words)))
    assert found is not None
    assert found[0] == minutes


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Ann Bell, Bo Li and Cy Dorn", ["Ann Bell", "Bo Li", "Cy Dorn"]),
        ("Ann Bell (Fay), Bo Li (the vet)", ["Ann Bell", "Bo Li"]),
        ("[Ann Bell](https://example.org), **Bo Li**", ["Ann Bell", "Bo Li"]),
        ("Ann Bell, and the voice of Cy Dorn Jr.", ["Ann Bell", "Cy Dorn Jr."]),
        ("various", []),
        ("tension, beauty", []),
    ],
)
def test_lists_of_people(words: str, people: list[str]) -> None:
    """A list gives its names without roles, links and fillers; words that are no names are left out."""
    assert [person.name for person in read_people(words, Span(0, len(words)))] == people


def test_shared_surname() -> None:
    """Directors joined by "and" may share a surname."""
    assert [p.name for p in read_people("Joel and Etta Roe", Span(0, 17), shared_surname=True)] == [
        "Joel Roe",
        "Etta Roe",
    ]


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre["name"])
def test_genre_examples(genre: dict[str, Any]) -> None:
    """Each genre's line is read as it is written, and a word that is near it stays another genre."""
    for example in (genre["catches"], genre["spares"]):
        (value,) = factbox.genres(example, read_layout(example))
        written = example.removeprefix("Genre: ")
        assert value.value == written[:1].upper() + written[1:]
    assert genre["spares"].removeprefix("Genre: ") not in genre["words"]
