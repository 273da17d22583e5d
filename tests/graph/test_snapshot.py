"""Snapshots: published in one step, followed, rolled back, pruned when nobody reads them."""

from __future__ import annotations

import json
import shutil
import sys
import threading
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.snapshot import Follower
from graph.snapshot.aside import aside
from graph.store import Snapshot, Writer
from tests.small_graph import ONE, PREFIXES, TURTLE, TWO, publish


def numbers(data: Path) -> list[int]:
    """The numbers of the snapshots that there are."""
    return [manifest.number for manifest in snapshot.list_snapshots(data)]


def film(folder: Path, number: int) -> Path:
    """The folder of a snapshot."""
    return folder / "snapshots" / f"{number:06d}"


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


def test_a_lost_link_is_not_taken_for_an_empty_folder(tmp_path: Path) -> None:
    """Where snapshots are there but none is current, readers and writers name the way back, and it works."""
    publish(tmp_path)
    publish(tmp_path, {ONE: ":x :y :z ."})
    (tmp_path / "current").unlink()
    for use in (snapshot.open_current, lambda data: Writer(data).__enter__()):
        with pytest.raises(StoreError, match=r"no current snapshot; run `filmgraph snapshots rollback 2`"):
            use(tmp_path)
    snapshot.rollback(tmp_path, 2)
    assert publish(tmp_path, {ONE: ":x :y :w ."}) == 3


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    """A file in place of the data folder is named as one, by readers and writers."""
    file = tmp_path / "good.txt"
    file.write_text("")
    for use in (snapshot.open_current, lambda data: Writer(data).__enter__(), lambda data: snapshot.prune(data, 1)):
        with pytest.raises(StoreError, match=r"good\.txt is a file, not a data folder"):
            use(file)


def test_a_writer_that_publishes_nothing_leaves_no_folder(tmp_path: Path) -> None:
    """A data folder that was made for a change that failed is gone again; one that was there stays."""
    (tmp_path / "there").mkdir()
    for name in ("new", "there"):
        with Writer(tmp_path / name):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_pruning_nothing_says_so(tmp_path: Path) -> None:
    """Without snapshots there is nothing to list or delete, and no folder is made."""
    for use in (lambda data: list(snapshot.survey(data)), lambda data: snapshot.prune(data, 1)):
        with pytest.raises(StoreError, match="there is no data in"):
            use(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("file", ["store/*.sst", "store/MANIFEST*"])
def test_a_writer_on_damaged_files_says_how_to_go_back(tmp_path: Path, file: str) -> None:
    """Files of the engine that were overwritten are answered with the way back, by a writer too."""
    publish(tmp_path)
    for path in film(tmp_path, 1).glob(file):
        path.write_bytes(b"nonsense" * 20)
    with pytest.raises(StoreError, match=r"damaged"), Writer(tmp_path):
        pass


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


def test_follower_sees_each_new_snapshot(tmp_path: Path) -> None:
    """A follower gives the same object until current moves, then the new one; the old one goes on working."""
    publish(tmp_path)
    follower = Follower(tmp_path, PREFIXES)
    first = follower.get()
    assert follower.get() is first
    publish(tmp_path, {ONE: ":x :y :z ."})
    second = follower.get()
    assert (first.version, second.version) == ("1", "2")
    assert first.snapshot.ask("ASK { ?f film:title 'Amélie' }")
    assert not second.snapshot.ask("ASK { ?f film:title 'Amélie' }")
    assert second.manifest.number == 2
    assert second.sidecar.counts()["films"] == 1


def test_follower_lets_go_of_the_old_snapshot(tmp_path: Path) -> None:
    """Once no request uses an old snapshot, it can be pruned."""
    publish(tmp_path)
    follower = Follower(tmp_path)
    used = follower.get()
    publish(tmp_path, {ONE: ":x :y :z ."})
    follower.get()
    assert snapshot.prune(tmp_path, 1) == []
    del used
    assert snapshot.prune(tmp_path, 1) == [1]


def test_follower_serves_many_threads(tmp_path: Path) -> None:
    """Threads that ask while snapshots are published always get a complete one, and never an older one than before."""
    publish(tmp_path, {ONE: ":x :n 0 ."})
    follower, seen, failures, stop = Follower(tmp_path), [], [], threading.Event()

    def read() -> None:
        last = 0
        while not stop.is_set():
            opened = follower.get()
            value = opened.snapshot.select("SELECT ?n { ?s <http://example.org/n> ?n }").rows
            number = int(opened.version)
            if value != [(number - 1,)] or number < last:
                failures.append((number, last, value))
            last = number
        seen.append(last)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(1, 9):
        publish(tmp_path, {ONE: f":x :n {n} ."}, keep=2)
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert max(seen) >= 1


def test_follower_keeps_serving_when_the_new_snapshot_is_damaged(tmp_path: Path) -> None:
    """A damaged new snapshot does not take down a process that has a good one open."""
    publish(tmp_path)
    follower = Follower(tmp_path)
    good = follower.get()
    publish(tmp_path, {ONE: ":x :y :z ."})
    shutil.rmtree(film(tmp_path, 2) / "store")
    assert follower.get() is good
    assert publish_after_damage(tmp_path) == 3
    assert follower.get().version == "3"


def publish_after_damage(data: Path) -> int:
    """What the message of a damaged snapshot tells to do: roll back, then publish again."""
    with pytest.raises(StoreError, match="filmgraph snapshots"), Writer(data):
        pass
    snapshot.rollback(data, 1)
    return publish(data, {ONE: ":x :y :w ."})


def test_no_data_says_what_to_run(tmp_path: Path) -> None:
    """An empty data folder is answered with the commands that fill it."""
    for reader in (lambda: snapshot.open_current(tmp_path / "none"), Follower(tmp_path / "none").get):
        with pytest.raises(StoreError, match=r"there is no data in .*none; run `filmgraph add FILE…`"):
            reader()


@pytest.mark.parametrize("missing", ["store", "store/CURRENT", "manifest.json", "sidecar.sqlite"])
def test_damaged_snapshot_says_how_to_go_back(tmp_path: Path, missing: str) -> None:
    """Whatever is missing from the current snapshot, the error names the snapshot and the way back."""
    publish(tmp_path)
    publish(tmp_path, {ONE: ":x :y :z ."})
    target = film(tmp_path, 2) / missing
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    with pytest.raises(StoreError, match=r"000002.* `filmgraph snapshots rollback 1`"):
        Follower(tmp_path).get()


def test_damaged_manifest_is_left_out_of_the_list(tmp_path: Path) -> None:
    """A snapshot with an unreadable manifest is not offered."""
    publish(tmp_path)
    publish(tmp_path, {ONE: ":x :y :z ."})
    (film(tmp_path, 1) / "manifest.json").write_text("{")
    assert numbers(tmp_path) == [2]
    assert [(number, manifest is None) for number, manifest in snapshot.survey(tmp_path)] == [(1, True), (2, False)]


def test_leftovers_of_a_crash_are_cleaned(tmp_path: Path) -> None:
    """What a killed publisher left, in any of its steps, is removed; what is current stays."""
    publish(tmp_path)
    shutil.copytree(film(tmp_path, 1), film(tmp_path, 2))  # renamed into place, but current was not switched yet
    (tmp_path / "current.new").symlink_to("snapshots/000002")
    (tmp_path / "current.back").symlink_to("snapshots/000001")
    (tmp_path / "snapshots" / ".new" / "store").mkdir(parents=True)
    (tmp_path / "snapshots" / ".old-000000").mkdir()
    snapshot.clean_leftovers(tmp_path)
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == ["000001"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "lock", "snapshots"]
    assert publish(tmp_path, {ONE: ":x :y :z ."}) == 2


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


def test_compacted_snapshot_holds_the_same(tmp_path: Path) -> None:
    """Compacting publishes the same graphs, figures and index under a new number; the next writer goes on from it."""
    publish(tmp_path)
    assert snapshot.compact(tmp_path) == 2
    before, after = snapshot.list_snapshots(tmp_path)
    assert (before.digest, before.counts, before.extra) == (after.digest, after.counts, after.extra)
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


def test_nothing_to_compact_is_said(tmp_path: Path) -> None:
    """Where nothing was published there is nothing to compact."""
    with pytest.raises(StoreError, match="there is no"):
        snapshot.compact(tmp_path)
