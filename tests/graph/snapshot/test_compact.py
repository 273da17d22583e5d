"""Compacting publishes the same data anew, by itself after a large load, and loses nothing that changes meanwhile."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.snapshot.aside import aside
from graph.store import Writer
from tests.small_graph import ONE, TURTLE, publish


def test_compacted_snapshot_holds_the_same(tmp_path: Path) -> None:
    """Compacting publishes the same graphs, figures and index under a new number; the next writer goes on from it."""
    publish(tmp_path)
    assert snapshot.compact(tmp_path) == 2
    before, after = snapshot.list_snapshots(tmp_path)
    assert (before.digest, before.counts) == (after.digest, after.counts)
    assert after.extra == {**before.extra, "compacted": True}
    with snapshot.open_number(tmp_path, 1) as old, snapshot.open_number(tmp_path, 2) as new:
        assert old.dump() == new.dump()
    assert not [found for found in snapshot.verify(tmp_path) if found.faults]
    assert publish(tmp_path, {ONE: ":x :y :z ."}) == 3


def test_what_changes_meanwhile_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store can be written to while it is compacted; then the compacted one is given up, and said to be."""
    compacting = sys.modules["graph.snapshot.compact"]  # the package has a function of that name
    publish(tmp_path)

    def compact_slowly(_: Path) -> None:
        publish(tmp_path, {ONE: ":x :y :z ."})
        with pytest.raises(StoreError, match="is being compacted already"):
            snapshot.compact(tmp_path)

    monkeypatch.setattr(compacting, "compact_store", compact_slowly)
    with pytest.raises(StoreError, match="changed while it was compacted"):
        snapshot.compact(tmp_path)
    assert [found.number for found in snapshot.list_snapshots(tmp_path)] == [1, 2]
    assert not list(tmp_path.glob(".compact-*"))


def test_what_a_killed_compaction_left_is_removed(tmp_path: Path) -> None:
    """The next who publishes removes it, but nothing of one that is at work."""
    publish(tmp_path)
    (tmp_path / ".compact-left").mkdir()
    with aside(tmp_path) as folder:
        assert not (tmp_path / ".compact-left").exists()
        publish(tmp_path, {ONE: ":x :y :z ."})
        assert folder.exists()
    (tmp_path / ".compact-left").mkdir()
    publish(tmp_path, {ONE: ":x :y :zz ."})
    assert not (tmp_path / ".compact-left").exists()


def test_large_load_is_compacted_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load of many statements into a graph of bearable size leaves a compacted store; a small one does not."""
    publishing = sys.modules["graph.snapshot.publish"]  # the package has a function of that name
    done: list[Path] = []
    monkeypatch.setattr(publishing, "compact", done.append)
    monkeypatch.setattr(publishing, "MUCH", 10)
    publish(tmp_path)
    assert len(done) == 1
    publish(tmp_path, {ONE: TURTLE[ONE] + " :x :y :z ."})
    assert len(done) == 1
    monkeypatch.setattr(publishing, "AT_ONCE", 20)
    publish(tmp_path / "other")
    assert len(done) == 1


def test_a_crowded_store_is_compacted_before_it_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded at one stroke beyond what the engine can add to is compacted at once, and not a second time."""
    publishing = sys.modules["graph.snapshot.publish"]
    monkeypatch.setattr(publishing, "CROWD", 2)
    monkeypatch.setattr(publishing, "AT_ONCE", 0)
    monkeypatch.setattr(sys.modules["graph.snapshot.compact"], "AT_ONCE", 0)
    steps: list[str] = []
    for number, size in enumerate((2, 3), start=1):
        file = tmp_path / f"{number}.nq"
        file.write_text("".join(f'<urn:s{n}> <urn:p> "{n}" <urn:g{number}> .\n' for n in range(size)), encoding="utf-8")
        with Writer(tmp_path / "var") as writer:
            writer.load_graph(f"urn:g{number}", file)
            snapshot.publish(tmp_path / "var", writer, told=steps.append)
        assert len(steps) == number - 1
        assert snapshot.is_large(tmp_path / "var") == (number == 1)
    with snapshot.open_current(tmp_path / "var") as current:
        assert len(current.select("SELECT * { ?s <urn:p> ?o }").rows) == 3
    assert snapshot.compact(tmp_path / "var") == 3
    assert not snapshot.is_large(tmp_path / "var")


def test_nothing_to_compact_is_said(tmp_path: Path) -> None:
    """Where nothing was published there is nothing to compact."""
    with pytest.raises(StoreError, match="there is no"):
        snapshot.compact(tmp_path)
