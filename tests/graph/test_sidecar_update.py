"""A search index that follows a change holds what one made from scratch holds."""

from __future__ import annotations

import importlib
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from graph import build, query, sidecar, snapshot
from graph.errors import StoreError
from graph.sidecar.bits import first, unpack
from graph.statements import Statements
from graph.store import Snapshot, Writer
from tests.graph.test_infer import facts
from tests.small_graph import publish

REVIEW = """{title} ({year}) Review

{title} is a {year} drama about two families on one island, and nobody is at ease.

{character} ({actor}) wants only quiet. {other} (Ida Holm) sings.

Director(s): {actor}

Actor(s): {actor}, Ida Holm

Genre: {genre}
"""


def review(chance: random.Random) -> str:
    """A review of one of few films with few people, so that everything is shared."""
    number = chance.randint(0, 5)
    return REVIEW.format(
        title=f"Film {number}",
        year=1990 + number,
        character=chance.choice(["The Ferryman", "Odd", "Karel Étienne", "Part 2"]),
        actor=chance.choice(["Ann Bell", "Cy Dorn", "Max von Ek"]),
        other=chance.choice(["Nora", "Part 1", "Vera Stern"]),
        genre=chance.choice(["Drama", "Comedy", "Crime"]),
    )


def contents(path: Path) -> dict[str, Any]:
    """What a sidecar says, without the numbers under which it keeps it; its indexes are held against its tables."""
    questions = {
        "things": "SELECT * FROM thing ORDER BY id",
        "names": "SELECT thing, folded, kind FROM name ORDER BY thing, folded",
        "spellings": "SELECT folded FROM spelling ORDER BY folded",
        "grams": "SELECT * FROM gram ORDER BY gram",
        "sentences": "SELECT review, text FROM sentence ORDER BY review, id",
        "counts": "SELECT * FROM count ORDER BY name",
        "casts": "SELECT * FROM cast_of ORDER BY film",
        "careers": "SELECT * FROM career ORDER BY person",
        "dossiers": "SELECT * FROM dossier ORDER BY film",
        "places": "SELECT * FROM place ORDER BY thing, film",
        "order": "SELECT weight FROM named ORDER BY id",
    }
    with closing(sqlite3.connect(path)) as base:
        for index in ("name_word", "spelling_gram", "sentence_word"):
            base.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  # our own names
        assert base.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        found = {name: base.execute(question).fetchall() for name, question in questions.items()}
        return {**found, **listed(base)}


def listed(base: sqlite3.Connection) -> dict[str, Any]:
    """The lists in their order, and the things of every value of a facet."""
    places = {(kind, slot): thing for kind, slot, thing in base.execute("SELECT kind, slot, thing FROM item")}
    facets = {}
    for kind, facet, value, things, packed in base.execute("SELECT * FROM facet"):
        slots = first(unpack(packed), 0, 1 << 30)
        assert len(slots) == things
        facets[kind, facet, value] = sorted(places[kind, slot] for slot in slots)
    kinds = {"director": "film", "actor": "film", "outlet": "review", "reviewer": "review"}
    marks = [
        (facet, str(value), places[kinds[facet], slot]) for facet, value, slot in base.execute("SELECT * FROM mark")
    ]
    items = base.execute("SELECT kind, sort, thing, year FROM item ORDER BY kind, sort").fetchall()
    return {"items": items, "facets": facets, "marks": sorted(marks)}


def assert_colleagues(current: Snapshot, index: Path) -> int:
    """A sidecar names the colleagues of everyone whom the store names; gives how many that are."""
    opened, rows = sidecar.Sidecar.open(index), 0
    for row in current.select("SELECT DISTINCT ?p { ?p a <https://w3id.org/filmgraph#Person> } ORDER BY ?p").rows:
        person = str(row[0])
        asked = query.rows(current, "person-colleagues", sidecar.Colleague, person=URIRef(person))
        told = opened.colleagues(person)
        assert told is not None
        assert [(one.films, one.name) for one in told] == [(one.films, one.name) for one in asked]
        if len(asked) < 24:  # where more share the last place, which of one name is told is open
            assert sorted(told, key=repr) == sorted(asked, key=repr)
        rows += len(told)
    return rows


def assert_as_new(current: Snapshot, tmp_path: Path) -> None:
    """The snapshot's sidecar says what one that is made from its store says."""
    fresh = tmp_path / f"fresh-{current.version}"
    catalogue = (current.folder / "graphs.tsv").read_text(encoding="utf-8").splitlines()
    triples = sum(int(line.split("\t")[1]) for line in catalogue)
    sidecar.build(fresh, current, {"triples": triples, "graphs": len(catalogue)})
    assert contents(current.folder / sidecar.NAME) == contents(fresh)
    assert_colleagues(current, fresh)


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The number of times that an index was made from scratch where it could have been followed."""
    made: list[int] = []

    def build_anew(*_: Any) -> dict[str, int]:
        made.append(1)
        raise AssertionError

    monkeypatch.setattr(importlib.import_module("graph.sidecar.update"), "build", build_anew)
    yield made
    assert not made


@pytest.mark.parametrize("seed", range(4))
def test_an_index_that_follows_changes_is_as_one_made_from_scratch(
    place: build.Place, tmp_path: Path, seed: int, followed: list[int]
) -> None:
    """After any row of additions and removals of facts and reviews the index holds what the store holds."""
    chance = random.Random(seed)  # noqa: S311  # films, not secrets
    reviews: list[str] = []
    for step in range(7):
        path = tmp_path / f"{chance.choice('ab')}.toml"
        if reviews and step in (3, 6):
            build.remove(place, reviews.pop(chance.randrange(len(reviews))))
        elif step % 2:
            path.write_text(facts(chance).replace("own.toml", path.name), encoding="utf-8")
            build.import_facts(place, path)
        else:
            text = tmp_path / f"review-{step}.txt"
            text.write_text(review(chance), encoding="utf-8")
            mode = chance.choice(build.MODES)
            reviews += [added.source for added in build.add(place, [str(text)], mode=mode).added]
        with snapshot.open_current(place.data) as current:
            assert_as_new(current, tmp_path)


def test_a_new_title_is_shown_with_characters_and_reviews(place: build.Place, tmp_path: Path) -> None:
    """Where a film gets another label, what is shown with it is brought up to date."""
    text, path = tmp_path / "one.txt", tmp_path / "own.toml"
    text.write_text(review(random.Random(1)), encoding="utf-8")  # noqa: S311  # films, not secrets
    build.add(place, [str(text)])
    with snapshot.open_current(place.data) as current:
        things = contents(current.folder / sidecar.NAME)["things"]
    (film,) = (iri.rsplit("/", 1)[-1] for _, iri, kind, *_ in things if kind == "film")
    path.write_text(f'[source]\nname = "own.toml"\n[[film]]\nid = "{film}"\ntitle = "0 Degrees"\n', encoding="utf-8")
    build.import_facts(place, path)
    with snapshot.open_current(place.data) as current:
        assert_as_new(current, tmp_path)
        things = contents(current.folder / sidecar.NAME)["things"]
    assert {detail for _, _, kind, _, detail, *_ in things if kind in ("character", "review")} == {"0 Degrees"}


def test_a_full_rank_or_a_damaged_index_makes_a_new_one(tmp_path: Path) -> None:
    """Where the old index cannot take the change, the new one is made from the store."""
    publish(tmp_path)
    with Writer(tmp_path) as writer, snapshot.open_current(tmp_path) as before:
        change = sidecar.Change(before, writer.source(), frozenset())
        old = tmp_path / "old"
        old.write_bytes(b"no database")
        sidecar.update(tmp_path / "new", {"triples": 1}, old=old, change=change)
        whole = contents(tmp_path / "new")
        assert whole["things"]
        with pytest.raises(StoreError, match="cannot be written"):
            sidecar.update(tmp_path / "nowhere" / "new", {}, old=before.folder / sidecar.NAME, change=change)


def test_an_index_made_in_bulk_is_as_one_made_by_queries(
    sample: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The columnar engine and the queries agree on every name, detail, weight, sentence, dossier and figure."""
    monkeypatch.setattr("graph.sidecar.bulk_dossiers.AT_ONCE", 7)
    with snapshot.open_current(sample.data) as current:
        with Statements.of(current, tmp_path, str(sample.iris.inferred)) as statements:
            figures = sidecar.build_from(statements, tmp_path / "bulk", {"triples": 1})
        assert figures == sidecar.build(tmp_path / "queries", current, {"triples": 1})
        assert assert_colleagues(current, tmp_path / "bulk") > 100
    assert contents(tmp_path / "bulk") == contents(tmp_path / "queries")


def test_the_index_of_an_earlier_version_is_made_anew_in_bulk(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change to a large graph whose index was made by another version asks no query about everything."""
    texts = [tmp_path / f"{number}.txt" for number in (1, 2)]
    for number, text in enumerate(texts):
        text.write_text(review(random.Random(number)), encoding="utf-8")  # noqa: S311  # films, not secrets
    build.add(place, [str(texts[0])])
    with closing(sqlite3.connect(place.data / "current" / sidecar.NAME)) as base:
        base.execute("PRAGMA user_version = 1")
    monkeypatch.setattr("graph.infer.update.SMALL", 0)
    with monkeypatch.context() as slow:
        for package in (sidecar, importlib.import_module("graph.sidecar.update")):
            slow.setattr(package, "build", None)
        build.add(place, [str(texts[1])])
    with snapshot.open_current(place.data) as current:
        assert_as_new(current, tmp_path)


def test_a_large_import_is_published_with_its_index(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of large imports, beside the load of the store, gives the same index."""
    monkeypatch.setattr("graph.infer.update.SMALL", 0)
    path = tmp_path / "own.toml"
    path.write_text(facts(random.Random(1)), encoding="utf-8")  # noqa: S311  # films, not secrets
    build.import_facts(place, path)
    with snapshot.open_current(place.data) as current:
        assert_as_new(current, tmp_path)
