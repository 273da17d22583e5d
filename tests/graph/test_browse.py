"""Lists in a sidecar: true counts, every order walked to its end."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph import sidecar
from graph.sidecar import ORDERS, Listed, Lists, Sidecar
from graph.sidecar.build import fill_things, finish, writing
from graph.sidecar.entries import entry
from graph.sidecar.marks import Mark, fill_lists
from tests.small_graph import publish

BASE = "http://films.example/"
GENRES = ("Drama", "Comedy", "War", "Western", "Horror")


def films(count: int) -> Iterator[tuple[str, str, int]]:
    """So many films: IRI, title, year; a few have no year."""
    chance = random.Random(count)  # noqa: S311  # films, not secrets
    for number in range(count):
        year = 0 if number % 97 == 0 else 1900 + int(120 * chance.random() ** 0.5)
        yield f"{BASE}film/{number}", f"{chance.choice(('The ', '', 'A '))}Title {chance.randrange(count // 2)}", year


def marks(count: int) -> Iterator[Mark]:
    """What is said of these films."""
    chance = random.Random(-count)  # noqa: S311  # films, not secrets
    for iri, _, year in films(count):
        if year:
            yield Mark(iri, "film", "year", str(year))
        for genre in chance.sample(GENRES, chance.choice((0, 1, 1, 2))):
            yield Mark(iri, "film", "genre", f"{BASE}genre/{genre}")
        yield Mark(iri, "film", "director", f"{BASE}person/{int(chance.random() ** 3 * count / 4)}")
        if chance.random() < 0.3:
            yield Mark(iri, "film", "score", f"{chance.randrange(10, 100) / 10}/10")
        if chance.random() < 0.02:
            yield Mark(iri, "film", "reviews", "yes")


def made(path: Path, count: int) -> Lists:
    """The lists of a sidecar with so many films."""
    with writing(path) as base:
        fill_things(base, (entry(iri, "film", [title], [], [str(year or "")], 1) for iri, title, year in films(count)))
        fill_things(base, (entry(f"{BASE}person/{n}", "person", [f"Name {n}"], [], [], 1) for n in range(count // 4)))
        fill_lists(base, marks(count))
        finish(base, {})
    lists = Sidecar.open(path).lists
    assert lists
    return lists


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    """The lists of a thousand films."""
    return made(tmp_path_factory.mktemp("few") / "few.sqlite", 1000)


def walked(lists: Lists, wanted: dict[str, str], order: str, step: int) -> list[Listed]:
    """A list from its beginning to its end."""
    found: list[Listed] = []
    while True:
        _, rows = lists.page("film", wanted, order=order, after=found[-1].key if found else "", limit=step)
        if not rows:
            return found
        found += rows


@pytest.mark.parametrize("order", ORDERS["film"])
@pytest.mark.parametrize("wanted", [{}, {"decade": "1990"}, {"genre": f"{BASE}genre/War", "rating": "7"}])
def test_a_list_is_walked_to_its_end_in_every_order(few: Lists, order: str, wanted: dict[str, str]) -> None:
    """Pages hold each row once, their keys rise, and there are as many rows as the list says."""
    rows = walked(few, wanted, order, 37)
    total, _ = few.page("film", wanted, limit=1)
    assert len(rows) == len({row.iri for row in rows}) == total > 3
    keys = [row.key for row in rows]
    assert keys == sorted(keys)
    if order == "year":
        years = [row.year or 0 for row in rows]
        assert years == sorted(years, reverse=True)


def test_counts_are_what_is_found(few: Lists) -> None:
    """The count beside each choice is the number of rows that it leaves, beside other choices too."""
    wanted = {"genre": f"{BASE}genre/Drama"}
    offered = few.choices("film", wanted)
    assert {"decade", "genre", "rating", "director", "reviews", "evidence"} <= offered.keys()
    for facet, choices in offered.items():
        for choice in choices[:15]:
            narrowed = {**wanted, facet: choice.value}
            assert few.page("film", narrowed, limit=1)[0] == choice.things == len(walked(few, narrowed, "name", 200))


def test_yes_and_no_are_the_whole(few: Lists) -> None:
    """What is reviewed and what is not are together everything, and share nothing."""
    yes, no = (few.narrowed("film", {"reviews": answer}) for answer in ("yes", "no"))
    assert yes | no == few.narrowed("film", {})
    assert not yes & no


@pytest.mark.parametrize(
    "wanted", [{"decade": "18"}, {"rating": "x"}, {"rating": "٣"}, {"director": "x"}, {"genre": ""}]
)
def test_what_nothing_has_finds_nothing(few: Lists, wanted: dict[str, str]) -> None:
    """A value that no film has leaves nothing, and is no error."""
    assert few.page("film", wanted) == (0, [])


def test_a_list_can_begin_anywhere(few: Lists) -> None:
    """A key need not be one of the list's own."""
    _, rows = few.page("film", {}, after="title 3", limit=5)
    assert all(row.key > "title 3" for row in rows)
    assert few.page("film", {}, after="￿")[1] == []
    assert few.page("film", {}, order="year", after="x")[1] == []


def test_an_index_of_before_has_no_lists(tmp_path: Path) -> None:
    """A file that was made without lists says so, and is searched as before."""
    publish(tmp_path)
    path = (tmp_path / "current").resolve() / sidecar.NAME
    old = tmp_path / "old.sqlite"
    old.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(old)) as base:
        base.execute("DROP TABLE item")
        base.commit()
    index = Sidecar.open(old)
    assert index.lists is None
    assert index.suggest("am")
