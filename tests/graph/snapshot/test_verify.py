"""Damage is found before it is read: digests of files, manifests that lie, what to do then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import snapshot
from graph.errors import StoreError
from graph.snapshot import verify
from graph.store import Writer, files
from tests.small_graph import ONE, TURTLE, TWO, publish


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two snapshots that share files."""
    publish(tmp_path, {ONE: TURTLE[ONE]})
    publish(tmp_path, {TWO: TURTLE[TWO]})
    return tmp_path


def folder(data: Path, number: int) -> Path:
    """Where a snapshot is."""
    return data / "snapshots" / f"{number:06d}"


def alone(path: Path) -> Path:
    """The file with an inode of its own, so that other snapshots keep theirs."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    return path


def flip(path: Path, at: int) -> None:
    """Turn one bit of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)


def found(data: Path) -> dict[int, tuple[str, ...]]:
    """What ``verify`` finds wrong, by snapshot."""
    return {entry.number: entry.faults for entry in verify(data)}


def run(data: Path, *words: str) -> Result:
    """The command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(data), *words])


def test_what_was_published_is_whole(data: Path) -> None:
    """Nothing is found where nothing happened, however often snapshots were opened and built upon."""
    snapshot.rollback(data, 1)
    publish(data, {ONE: ":x :y :z ."})
    assert found(data) == {1: (), 2: (), 3: ()}
    result = run(data, "snapshots", "verify")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("snapshot 1: ")
    assert result.stdout.splitlines()[0].endswith(": as published")


def test_a_flipped_bit_is_found_in_every_file(data: Path) -> None:
    """Whichever file of a snapshot changes by one bit, that one is named, and the other snapshot is whole."""
    listed = sorted(path for path in folder(data, 2).rglob("*") if path.is_file())
    for path in listed:
        if not path.stat().st_size:
            continue
        whole = alone(path).read_bytes()
        flip(path, len(whole) // 2)
        assert found(data)[1] == ()
        assert any(path.name.removesuffix(".json") in fault for fault in found(data)[2]), path.name
        path.write_bytes(whole)
    assert found(data) == {1: (), 2: ()}


def test_a_file_that_snapshots_share_is_damaged_in_all_of_them(data: Path) -> None:
    """A snapshot that is built on another holds the same files, so damage to one is damage to both."""
    shared = next(path for path in sorted(folder(data, 1).glob("store/*.sst")) if path.stat().st_nlink > 1)
    flip(shared, 10)
    assert found(data) == dict.fromkeys((1, 2), (f"store/{shared.name} is not as it was published",))


@pytest.mark.parametrize("small", [files.SMALL, 0])
@pytest.mark.parametrize("at", [-20, -45])
def test_the_engine_never_sees_a_damaged_end(data: Path, monkeypatch: pytest.MonkeyPatch, small: int, at: int) -> None:
    """The ends of files are looked at in stores of any size: there a bit can make the engine ask for all memory."""
    monkeypatch.setattr(files, "SMALL", small)
    monkeypatch.setattr(files, "BUILT_UPON", small)
    victim = alone(max(folder(data, 2).glob("store/*.sst")))
    flip(victim, at)
    with pytest.raises(StoreError, match=rf"000002 is damaged: store/{victim.name} .*rollback 1"):
        snapshot.open_current(data)
    with pytest.raises(StoreError, match=rf"{victim.name}.*snapshots verify"), Writer(data):
        pass
    with pytest.raises(StoreError, match=victim.name):
        snapshot.rollback(data, 2)
    snapshot.rollback(data, 1)
    assert publish(data, {TWO: TURTLE[TWO]}) == 3
    assert found(data)[3] == ()


@pytest.mark.parametrize("change", ["cut", "grown", "gone", "stranger"])
def test_a_file_of_another_size_is_named(data: Path, change: str) -> None:
    """A file that is cut, grown, gone, or should not be there is named with what is wrong."""
    victim = alone(max(folder(data, 2).glob("store/*.sst")))
    content = victim.read_bytes()
    if change == "gone":
        victim.unlink()
    elif change == "stranger":
        victim.with_name("extra").write_bytes(b"")
    else:
        victim.write_bytes(content[:-7] if change == "cut" else content + b"x")
    says = {"gone": "is missing", "stranger": "store/extra does not belong to it"}
    assert says.get(change, f"bytes, {len(content):,} were published") in found(data)[2][0]
    result = run(data, "snapshots", "verify")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith("`filmgraph snapshots rollback 1`")


LIES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda said: said["counts"].update(films=99), "was changed after it was published"),
    (lambda said: said.update(digest="0" * 64), "was changed after it was published"),
    (lambda said: said.update(triples=1), "was changed after it was published"),
    (lambda said: (said.pop("graphs"), said.pop("seal")), "lacks what it should say"),
    (lambda said: (said.update(colour="red"), said.pop("seal")), "by another version of filmgraph, which wrote colour"),
    (lambda said: (said.update(number=7), said.pop("seal")), "is that of snapshot 7"),
    (lambda said: (said.update(triples=1), said.pop("seal")), "tell of different graphs"),
    (lambda said: (said.update(files="0" * 64), said.pop("seal")), "files.tsv is not as it was published"),
]


@pytest.mark.parametrize(("lie", "says"), LIES)
def test_a_lying_manifest_is_one_clear_line(data: Path, lie: Callable[[dict[str, Any]], object], says: str) -> None:
    """Counts, digests, numbers and keys that are not what was written are named as such."""
    path = folder(data, 2) / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    lie(said)
    path.write_text(json.dumps(said), encoding="utf-8")
    (fault,) = found(data)[2]
    assert says in fault
    result = run(data, "snapshots", "verify", "2")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "\x00"])
def test_a_manifest_that_is_none_is_one_clear_line(data: Path, text: str) -> None:
    """Garbage in place of a manifest hinders neither the list nor the way back."""
    (folder(data, 2) / "manifest.json").write_text(text, encoding="utf-8")
    assert "its manifest cannot be read" in found(data)[2][0]
    assert "damaged" in run(data, "snapshots").stdout
    assert run(data, "snapshots", "rollback", "1").exit_code == 0


def test_publishing_reads_new_files_only(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is linked from the snapshot before keeps its digest, so that large stores publish fast."""
    read: list[str] = []
    digest = files._digest

    def watched(path: Path) -> str:
        read.append(path.name)
        return digest(path)

    monkeypatch.setattr(files, "_digest", watched)
    monkeypatch.setattr(files, "SMALL", 0)
    monkeypatch.setattr(files, "BUILT_UPON", 0)  # else all is read before the writer builds on it
    publish(data, {ONE: ":x :y :z ."})
    shared = {path.name for path in folder(data, 3).glob("store/*") if path.stat().st_nlink > 1}
    assert len(shared) > 3
    assert not shared & set(read)
    assert found(data)[3] == ()


def test_snapshots_without_digests_still_open(data: Path) -> None:
    """A folder of an earlier version is served; ``verify`` says that it cannot know, the next snapshot has digests."""
    for number in (1, 2):
        (folder(data, number) / "files.tsv").unlink()
        path = folder(data, number) / "manifest.json"
        said = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({key: said[key] for key in said.keys() - {"files", "seal"}}), encoding="utf-8")
    with snapshot.open_current(data) as opened:
        assert opened.graphs() == [ONE, TWO]
    assert "made before digests were kept" in run(data, "snapshots", "verify").stdout
    publish(data, {ONE: ":x :y :z ."})
    assert found(data) == {1: (), 2: (), 3: ()}


def test_what_is_not_there_cannot_be_verified(data: Path, tmp_path: Path) -> None:
    """An unknown number is answered with the known ones, an empty folder with what fills it."""
    with pytest.raises(StoreError, match=r"no snapshot 9 .* there are: 1, 2"):
        list(verify(data, 9))
    with pytest.raises(StoreError, match="there is no data"):
        list(verify(tmp_path / "none"))


def test_a_copy_of_a_snapshot_is_checked_too(data: Path, tmp_path: Path) -> None:
    """The list of files goes with a copy, and a copy that went wrong is noticed when it is opened."""
    copy = shutil.copytree(folder(data, 2), tmp_path / "copy" / "snapshots" / "000002")
    (tmp_path / "copy" / "current").symlink_to("snapshots/000002")
    assert found(tmp_path / "copy") == {2: ()}
    flip(max(copy.glob("store/*.sst")), 0)
    with pytest.raises(StoreError, match="there is no other snapshot: `filmgraph restore` a backup"):
        snapshot.open_current(tmp_path / "copy")
