"""The commands on a disk that is full or read-only: one line that says what to do, and what was served goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import snapshot
from graph.store import Snapshot
from tests.small_graph import ONE, publish
from webapp import Config, create_app

REVIEW = "Title: The {0} (1961)\n\nOdd Nylund plays the keeper Arvid Moe with quiet force in The {0}.\n"
PROCESSES = get_context("forkserver")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """A small file system at ``tmp_path / "disk"``; called with mount options, it gets these."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system here")
    try:
        yield lambda options: void(subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True))
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def void(_: object) -> None:
    """Nothing."""


def run(tmp_path: Path, *words: str) -> Result:
    """The command line on the data folder of the small disk."""
    return CliRunner().invoke(main, ["--data", str(tmp_path / "disk" / "var"), *words])


def review(tmp_path: Path, title: str) -> str:
    """A review of a film."""
    path = tmp_path / f"{title}.txt"
    path.write_text(REVIEW.format(title))
    return str(path)


def test_a_full_disk_changes_nothing(tmp_path: Path, disk: Callable[[str], None]) -> None:
    """An import that does not fit is one line; nothing of it stays, and a smaller change works at once."""
    assert run(tmp_path, "add", review(tmp_path, "Lantern")).exit_code == 0
    big = tmp_path / "big.nq"
    big.write_text("".join(f'<urn:s{n}> <urn:p{n % 7}> "{n:0200}" <urn:big> .\n' for n in range(60_000)))
    before = run(tmp_path, "export").stdout
    refused = run(tmp_path, "import", "rdf", "--raw", str(big))
    assert refused.exit_code == 1
    assert "is full" in refused.stderr
    assert "Free some space" in refused.stderr
    assert "Traceback" not in refused.output
    assert run(tmp_path, "export").stdout == before
    assert sorted(path.name for path in (tmp_path / "disk" / "var").iterdir()) == ["current", "lock", "snapshots"]
    assert run(tmp_path, "add", review(tmp_path, "Anchor")).exit_code == 0
    disk("size=13m")
    assert run(tmp_path, "snapshots", "verify").exit_code == 0


CHANGES = (
    ["add", "REVIEW"], ["remove", "x"], ["import", "rdf", "--raw", "REVIEW"], ["snapshots", "rollback", "1"],
    ["snapshots", "prune"], ["push", "http://127.0.0.1:9/store"],
)  # fmt: skip


def test_a_read_only_folder_is_served_and_not_changed(tmp_path: Path, disk: Callable[[str], None]) -> None:
    """Queries, pages and checks work; every change is refused with the reason."""
    path = review(tmp_path, "Lantern")
    assert run(tmp_path, "add", path).exit_code == 0
    disk("ro")
    for words in CHANGES:
        refused = run(tmp_path, *(path if word == "REVIEW" else word for word in words))
        assert refused.exit_code == 1
        assert "is mounted read-only; point FILMGRAPH_DATA to another folder" in refused.stderr, words
    assert "Arvid Moe" in run(tmp_path, "query", "SELECT ?n { ?x film:played/film:name ?n }").stdout
    for words in (["snapshots", "verify"], ["validate"], ["stats"], ["export"]):
        assert run(tmp_path, *words).exit_code == 0, words
    client = create_app(Config(tmp_path / "disk" / "var")).test_client()
    for page in ("/", "/film/the-lantern-1961", "/search?q=lantern"):
        assert client.get(page).status_code == 200
    assert client.get("/sparql?query=ASK%7B?s%20?p%20?o%7D").get_json()["boolean"] is True


def read_for_ever(data: Path, link: Connection) -> None:
    """Open what is current, read all of it, again and again; tell what went wrong, or how often it went well."""
    done = 0
    try:
        while not link.poll():
            with snapshot.open_current(data) as opened:
                assert opened.graphs() == [ONE]
                assert len(opened.dump(ONE).splitlines()) == 1
            done += 1
        link.send(str(done))
    except Exception as error:  # whatever it is, the test is to see it
        link.send(repr(error))


def test_readers_do_not_mind_a_writer_that_prunes(tmp_path: Path) -> None:
    """While every older snapshot is deleted at once, processes that read always find a whole one."""
    publish(tmp_path, {ONE: ":x :n 0 ."})
    links = []
    for _ in range(2):
        here, there = PROCESSES.Pipe()
        PROCESSES.Process(target=read_for_ever, args=(tmp_path, there), daemon=True).start()
        links.append(here)
    for n in range(1, 25):
        publish(tmp_path, {ONE: f":x :n {n} ."}, keep=1)
    for link in links:
        link.send("stop")
        assert link.poll(60)
        assert int(link.recv()) >= 0
    assert snapshot.prune(tmp_path, 1) == [] or len(snapshot.list_snapshots(tmp_path)) == 1


def test_a_reader_of_a_pruned_snapshot_finishes(tmp_path: Path) -> None:
    """A snapshot that is open stays on the disk until it is closed, however many are published meanwhile."""
    publish(tmp_path, {ONE: ":x :n 0 ."})
    with Snapshot.open(tmp_path / "snapshots" / "000001") as opened:
        for n in range(1, 4):
            publish(tmp_path, {ONE: f":x :n {n} ."}, keep=1)
        assert snapshot.prune(tmp_path, 1) == []
        assert b'"0"' in opened.dump(ONE)
    assert snapshot.prune(tmp_path, 1) == [1]
