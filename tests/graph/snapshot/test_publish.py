"""Snapshots: published in one step, rolled back, pruned when nobody reads them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.store import Snapshot, Writer
from tests.graph.snapshot.folders import film, numbers
from tests.small_graph import ONE, PREFIXES, TURTLE, TWO, publish


def test_published_state_is_readable_at_once(tmp_path: Path) -> None:
    """After publish the current snapshot holds what the writer held, with its number, counts and digest."""
    assert snapshot.current(tmp_path) is None
    assert publish(tmp_path) == 1
    with snapshot.open_current(tmp_path, PREFIXES) as opened:
        assert opened.version == "1"
        assert opened.ask("ASK { ?f film:title 'Amélie' }")
    (manifest,) = snapshot.list_snapshots(tmp_path)
    assert (manifest.number, manifest.graphs) == (1, 2)
    assert manifest.counts["films"] == 2
    assert manifest.triples == manifest.counts["triples"] > 30


def test_same_content_has_the_same_digest(tmp_path: Path) -> None:
    """The digest depends on the data alone, not on the order of changes or on what was there before."""
    publish(tmp_path / "a")
    publish(tmp_path / "b", {TWO: TURTLE[TWO], ONE: ":x :y :z ."})
    publish(tmp_path / "b", {ONE: TURTLE[ONE]})
    digests = [snapshot.list_snapshots(tmp_path / name)[-1].digest for name in "ab"]
    assert digests[0] == digests[1] != snapshot.list_snapshots(tmp_path / "b")[0].digest


def test_next_writer_goes_on_from_the_current_snapshot(tmp_path: Path) -> None:
    """Each snapshot builds on the one before; changes that were not published are gone."""
    publish(tmp_path, {ONE: TURTLE[ONE]})
    with Writer(tmp_path) as writer:
        writer.drop_graph(ONE)
    assert publish(tmp_path, {TWO: TURTLE[TWO]}) == 2
    with snapshot.open_current(tmp_path) as opened:
        assert opened.graphs() == [ONE, TWO]


def test_open_snapshot_does_not_change(tmp_path: Path) -> None:
    """Who has opened a snapshot sees the same data whatever is published later."""
    publish(tmp_path)
    with snapshot.open_current(tmp_path) as opened:
        before = opened.dump()
        publish(tmp_path, {ONE: ":x :y :z ."}, drop=[TWO])
        assert opened.dump() == before


def test_manifest_keeps_what_the_publisher_adds(tmp_path: Path) -> None:
    """Further figures of the publisher are in the manifest."""
    with Writer(tmp_path) as writer:
        snapshot.publish(tmp_path, writer, manifest_extra={"base": "http://films.example/"})
    assert snapshot.list_snapshots(tmp_path)[0].extra == {"base": "http://films.example/"}


def test_rollback_makes_an_older_snapshot_current(tmp_path: Path) -> None:
    """Rolling back serves the older data; the next change builds on it and gets a new number."""
    publish(tmp_path, {ONE: TURTLE[ONE]})
    publish(tmp_path, {TWO: TURTLE[TWO]})
    snapshot.rollback(tmp_path, 1)
    with snapshot.open_current(tmp_path) as opened:
        assert (opened.version, opened.graphs()) == ("1", [ONE])
    assert publish(tmp_path, {"http://example.org/three": ":x :y :z ."}) == 3
    with snapshot.open_current(tmp_path) as opened:
        assert opened.graphs() == [ONE, "http://example.org/three"]
    assert numbers(tmp_path) == [1, 2, 3]


def test_rollback_to_nowhere_names_what_there_is(tmp_path: Path) -> None:
    """An unknown number is answered with the known ones."""
    publish(tmp_path)
    publish(tmp_path, {ONE: ":x :y :z ."})
    with pytest.raises(StoreError, match=r"no snapshot 7 .* there are: 1, 2"):
        snapshot.rollback(tmp_path, 7)


def test_prune_keeps_the_newest_and_the_current(tmp_path: Path) -> None:
    """Pruning deletes the oldest, never the current one, however old it is."""
    for n in range(5):
        publish(tmp_path, {ONE: f":x :y {n} ."})
    snapshot.rollback(tmp_path, 1)
    assert snapshot.prune(tmp_path, 2) == [2, 3]
    assert numbers(tmp_path) == [1, 4, 5]
    assert snapshot.prune(tmp_path, 1) == [4]
    assert numbers(tmp_path) == [1, 5]


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    """After a rollback and a prune the next snapshot has a number that none had before."""
    for n in range(3):
        publish(tmp_path, {ONE: f":x :y {n} ."})
    snapshot.rollback(tmp_path, 1)
    snapshot.prune(tmp_path, 1)
    assert publish(tmp_path, {ONE: ":x :y 9 ."}) == 4


def test_a_writer_that_publishes_nothing_leaves_no_folder(tmp_path: Path) -> None:
    """A data folder that was made for a change that failed is gone again; one that was there stays."""
    (tmp_path / "there").mkdir()
    for name in ("new", "there"):
        with Writer(tmp_path / name):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_prune_spares_what_is_open(tmp_path: Path) -> None:
    """A snapshot that somebody reads is not deleted, and can be once it is closed."""
    publish(tmp_path)
    opened = snapshot.open_current(tmp_path)
    publish(tmp_path, {ONE: ":x :y :z ."}, keep=1)
    assert numbers(tmp_path) == [1, 2]
    assert opened.ask("ASK { ?s ?p 'Amélie' }")
    opened.close()
    assert snapshot.prune(tmp_path, 1) == [1]
    assert numbers(tmp_path) == [2]


def test_publish_prunes(tmp_path: Path) -> None:
    """Publishing keeps as many snapshots as it is told to."""
    for n in range(4):
        publish(tmp_path, {ONE: f":x :y {n} ."}, keep=2)
    assert numbers(tmp_path) == [3, 4]


def test_snapshot_can_be_opened_by_its_folder(tmp_path: Path) -> None:
    """A copy of a snapshot's folder anywhere is a snapshot."""
    publish(tmp_path / "var")
    copy = shutil.copytree(film(tmp_path / "var", 1), tmp_path / "replica")
    with Snapshot.open(copy) as opened:
        assert (opened.version, opened.graphs()) == ("replica", [ONE, TWO])


def test_manifest_is_json_for_others(tmp_path: Path) -> None:
    """Other programs can read the manifest."""
    publish(tmp_path)
    said = json.loads((film(tmp_path, 1) / "manifest.json").read_text(encoding="utf-8"))
    assert {"number", "created", "triples", "graphs", "digest", "counts", "extra", "files", "seal"} == said.keys()
