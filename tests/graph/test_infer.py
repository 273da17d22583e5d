"""Inference by parts, in bulk and from scratch: all three give the same statements."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from graph import build, derive, ontology, snapshot
from graph.errors import StoreError
from graph.infer import infer, update
from graph.infer.bulk import pairs_of_terms, write_inferred
from graph.statements import Statements
from graph.store import Snapshot, Writer, in_memory

SAMPLES = Path(__file__).parents[2] / "samples"
FACTS = """
[source]
name = "own.toml"
{films}
"""
FILM = """
[[film]]
title = "{title}"
year = {year}
directors = ["{director}"]
composers = ["Una Grey"]
roles = [{roles}]
"""


def inferred(current: Snapshot, place: build.Place) -> set[bytes]:
    """What is stored as inferred, without the graph."""
    return set(current.dump(str(place.iris.inferred)).splitlines())


def from_scratch(current: Snapshot, place: build.Place) -> set[bytes]:
    """What follows from the other graphs alone."""
    name = str(place.iris.inferred)
    said = b"".join(current.dump(graph) for graph in current.graphs() if graph != name)
    triples = b"".join(line.rsplit(b" <", 1)[0] + b" .\n" for line in said.splitlines())
    return set(infer(in_memory(triples), place.iris).splitlines())


def facts(chance: random.Random) -> str:
    """A facts file of a few films with few people, so that everything is shared."""
    people = ["Ann Bell", "Cy Dorn", "Max von Ek", "Ida Holm"]
    films = []
    for number in sorted(chance.sample(range(6), chance.randint(1, 5))):
        pairs = [(person, f"Part {chance.randint(1, 3)}") for person in chance.sample(people, chance.randint(1, 3))]
        roles = ", ".join(f'["{person}", "{part}"]' for person, part in pairs)
        films.append(
            FILM.format(title=f"Film {number}", year=1990 + number, director=chance.choice(people), roles=roles)
        )
    return FACTS.format(films="".join(films))


@pytest.mark.parametrize("seed", range(6))
def test_changes_lead_where_a_fresh_start_leads(
    place: build.Place, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After any row of imports and removals the inferred graph is what follows from what is left."""
    chance = random.Random(seed)  # noqa: S311  # films, not secrets
    build.add(place, [str(next(iter(sorted((SAMPLES / "reviews").glob("*.txt")))))])
    monkeypatch.setattr(update, "infer", None)  # from here on only changes are followed
    for step in range(5):
        path = tmp_path / f"{chance.choice('ab')}.toml"
        path.write_text(facts(chance).replace("own.toml", path.name), encoding="utf-8")
        build.import_facts(place, path)
        if step == 3:
            build.remove(place, path.stem + "-toml")
        with snapshot.open_current(place.data) as current:
            assert inferred(current, place) == from_scratch(current, place)
            entry = next(m for m in snapshot.list_snapshots(place.data) if str(m.number) == current.version)
            assert entry.triples == len(current.dump().splitlines())


def test_bulk_inference_gives_what_the_rules_give(sample: build.Place, tmp_path: Path) -> None:
    """The columnar engine's rules and the queries agree, to the statement."""
    with snapshot.open_current(sample.data) as current:
        with Statements.of(current, tmp_path, str(sample.iris.inferred)) as statements:
            count = write_inferred(statements, pairs_of_terms(current), sample.iris, tmp_path / "inferred.nq")
        lines = (tmp_path / "inferred.nq").read_bytes().splitlines()
        assert len(lines) == len(set(lines)) == count > 10_000
        assert set(lines) == from_scratch(current, sample)


def test_a_large_store_is_inferred_in_bulk(place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way that is taken makes no difference to what is published."""
    path = tmp_path / "own.toml"
    path.write_text(facts(random.Random(1)), encoding="utf-8")  # noqa: S311  # films, not secrets
    monkeypatch.setattr(update, "SMALL", 0)
    build.import_facts(place, path)
    with snapshot.open_current(place.data) as current:
        assert inferred(current, place) == from_scratch(current, place) != set()


def test_new_rules_or_terms_start_afresh(place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was inferred by another ontology is not taken over."""
    path = tmp_path / "own.toml"
    path.write_text(facts(random.Random(2)), encoding="utf-8")  # noqa: S311  # films, not secrets
    with monkeypatch.context() as older:
        older.setattr(ontology, "quads", lambda iris: b"")
        build.import_facts(place, path)
    path.write_text(facts(random.Random(3)), encoding="utf-8")  # noqa: S311  # films, not secrets
    build.import_facts(place, path)
    with snapshot.open_current(place.data) as current:
        assert b"http://schema.org/Movie" in current.dump(str(place.iris.inferred))
        assert inferred(current, place) == from_scratch(current, place)


def test_work_after_an_upgrade_of_the_ontology_is_told(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first change of a large graph says that it works out all that follows anew; the next one need not."""
    path, told = tmp_path / "own.toml", list[str]()
    monkeypatch.setattr(update, "SMALL", 0)
    with monkeypatch.context() as older:
        older.setattr(ontology, "quads", lambda iris: b"")
        path.write_text(facts(random.Random(2)), encoding="utf-8")  # noqa: S311  # films, not secrets
        build.import_facts(place, path)
    meter = replace(place, meter=lambda step, *_: told.append(step))
    for seed, steps in ((3, 1), (4, 0)):
        path.write_text(facts(random.Random(seed)), encoding="utf-8")  # noqa: S311  # films, not secrets
        build.import_facts(meter, path)
        assert len([step for step in told if step.startswith("working out what follows from ")]) == steps, told
        told.clear()


def test_a_process_that_cannot_infer_says_why(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is published when what follows cannot be worked out, and the message tells what happened."""
    path = tmp_path / "own.toml"
    path.write_text(facts(random.Random(1)), encoding="utf-8")  # noqa: S311  # films, not secrets
    monkeypatch.setattr(update, "SMALL", 0)
    monkeypatch.setattr("graph.derive.pairs_of_terms", lambda _: [("too", "few")])
    with pytest.raises(StoreError, match="while working out what follows"):
        build.import_facts(place, path)
    assert not place.data.exists(), "nothing was published, and nothing is left"


def test_a_load_knows_whether_another_process_is_at_work(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While what follows is worked out, a load takes one processor of two; before and afterwards it has both."""
    os.mkfifo(tmp_path / "endless")
    monkeypatch.setattr(Writer, "loading", {"urn:g": tmp_path / "endless"})
    with Writer(place.data) as writer:
        assert not writer.beside()
        with derive._at_work(place.iris, writer, tmp_path):
            assert writer.beside()
        assert not writer.beside()


def test_more_statements_may_take_more_memory(tmp_path: Path) -> None:
    """What is worked out of some gigabytes has more memory than what is worked out of one."""
    limits = []
    for size in (0, 1, 3):
        with Statements(tmp_path, size=size * 10**9) as statements:
            ((limit,),) = statements.stream("SELECT current_setting('memory_limit')")
            limits.append(limit)
    assert limits == ["286.1 MiB", "286.1 MiB", "572.2 MiB"]


def test_what_takes_more_memory_gets_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that runs out of memory is run again in more; one that would take far too much fails."""
    monkeypatch.setattr("graph.statements._MEMORY", 20)
    ask = "SELECT list(md5(i::VARCHAR)) AS all_of_them FROM range({}) numbers (i)"
    with Statements(tmp_path) as statements:
        ((found,),) = statements.stream(ask.format(200_000))
        assert len(found) == 200_000
        ((limit,),) = statements.stream("SELECT current_setting('memory_limit')")
        assert limit != "19.0 MiB", "which would not do"
        statements.run(f"CREATE TABLE kept AS {ask.format(300_000)}")
        assert list(statements.stream("SELECT len(all_of_them) FROM kept")) == [(300_000,)]
        with pytest.raises(duckdb.OutOfMemoryException):
            statements.run(f"CREATE TABLE too_much AS {ask.format(20_000_000)}")
