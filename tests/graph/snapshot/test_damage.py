"""What is missing, damaged or left behind in a data folder is named with the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.snapshot import Follower
from graph.store import Writer
from tests.graph.snapshot.folders import film, numbers
from tests.small_graph import ONE, publish


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
