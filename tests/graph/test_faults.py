"""What happens to a data folder when a writer is killed, the disk is full, or somebody else is writing."""

from __future__ import annotations

import errno
import os
import random
import resource
import subprocess
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from graph import snapshot
from graph.errors import StoreError
from graph.snapshot import Follower
from graph.store import Writer
from graph.store.faults import explain
from tests.small_graph import ONE, TURTLE, TWO, nquads, publish

PROCESSES = get_context("forkserver")
KILLS = 20
LONGEST = 60.0
"""Seconds that any step may take on a machine however loaded."""


def graph_of(n: int) -> str:
    """A graph of n triples: what one state of the store looks like."""
    return " ".join(f":s :p {i} ." for i in range(n))


def write_for_ever(data: Path, ready: Connection) -> None:
    """Publish one state after the other, in which both graphs have as many triples as the snapshot's number."""
    ready.send(True)
    while True:
        with Writer(data) as writer:
            n = 1 + int(snapshot.open_current(data).version) if snapshot.current(data) else 1
            for graph in (ONE, TWO):
                writer.replace_graph(graph, nquads(graph_of(n), graph))
            snapshot.publish(data, writer, keep=3)


def hold_the_lock(data: Path, ready: Connection) -> None:
    """Be the writer until the other side says so."""
    with Writer(data) as writer:
        writer.replace_graph(TWO, nquads(TURTLE[TWO], TWO))
        ready.send(os.getpid())
        ready.recv()


def publish_within(data: Path, size: int, ready: Connection) -> None:
    """Publish much, where no file may grow beyond some bytes; tell what came of it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        publish(data, {ONE: " ".join(f':s{i} :p "{i} {"x" * 100}" .' for i in range(3000))})
        ready.send("")
    except StoreError as error:
        ready.send(str(error))


def start(target: object, *args: object) -> tuple[ForkServerProcess, Connection]:
    """Start a process that speaks first; gives it once it has come up."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=target, args=(*args, there))  # type: ignore[arg-type]
    process.start()
    there.close()
    assert here.poll(LONGEST), "the process did not come up"
    return process, here


def wait_until(happened: object, process: ForkServerProcess) -> None:
    """Wait for a condition while a process is alive."""
    end = time.monotonic() + LONGEST
    while not happened() and time.monotonic() < end:  # type: ignore[operator]
        assert process.is_alive()
        time.sleep(0.01)


def current_number(data: Path) -> int:
    """The number of the current snapshot, 0 if there is none."""
    folder = snapshot.current(data)
    return int(folder.name) if folder else 0


def check_consistent(data: Path) -> int:
    """The current snapshot is one that was published as a whole; gives its number."""
    with snapshot.open_current(data) as opened:
        number = int(opened.version)
        for graph in (ONE, TWO):
            assert opened.dump(graph) == nquads(graph_of(number), graph)
        return number


def test_kill_at_any_moment_leaves_the_last_snapshot_serving(tmp_path: Path) -> None:
    """A writer killed at 20 random moments never damages what is served, and never stops the next writer."""
    chance, last = random.Random(7), 0  # noqa: S311  # moments, not secrets
    follower = None
    for kill in range(KILLS):
        process, ready = start(write_for_ever, tmp_path)
        ready.recv()
        if kill % 2 == 0:  # every other time something is published first, however slow the machine
            wait_until(lambda last=last: current_number(tmp_path) > last, process)
        time.sleep(chance.uniform(0, 0.25))
        process.kill()
        process.join()
        last, before = check_consistent(tmp_path), last
        assert last >= before
        follower = follower or Follower(tmp_path)
        assert int(follower.get().version) == last
    assert last >= KILLS // 2
    with Writer(tmp_path) as writer:
        assert snapshot.publish(tmp_path, writer) == last + 1
    assert not list((tmp_path / "snapshots").glob(".*"))


def test_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """While one process writes, another gets an error that names it; afterwards it can write; readers never wait."""
    publish(tmp_path, {ONE: TURTLE[ONE]})
    process, link = start(hold_the_lock, tmp_path)
    holder = link.recv()
    with pytest.raises(StoreError, match=rf"process {holder}\) is changing"), Writer(tmp_path):
        pass
    with pytest.raises(StoreError, match="is changing"):
        snapshot.prune(tmp_path, 1)
    with snapshot.open_current(tmp_path) as opened:
        assert opened.graphs() == [ONE]
    process.kill()
    process.join()
    assert publish(tmp_path, {TWO: TURTLE[TWO]}) == 2


@pytest.mark.parametrize("size", [2_000, 50_000, 300_000])
def test_no_room_leaves_the_last_snapshot(tmp_path: Path, size: int) -> None:
    """Where files cannot grow, publishing fails with a message, and the data is as before, ready for another try."""
    publish(tmp_path, {TWO: TURTLE[TWO]})
    process, link = start(publish_within, tmp_path, size)
    assert str(tmp_path) in link.recv()
    process.join()
    with snapshot.open_current(tmp_path) as opened:
        assert opened.graphs() == [TWO]
    assert publish(tmp_path, {ONE: TURTLE[ONE]}) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1.5 MB, where the machine lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no right to mount a small file system here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_full_disk_leaves_the_last_snapshot(small_disk: Path) -> None:
    """On a full disk publishing fails with advice, and what was published stays readable."""
    publish(small_disk, {TWO: TURTLE[TWO]})
    big = " ".join(f':s{i} :p "{random.Random(i).randbytes(300).hex()}" .' for i in range(4000))  # noqa: S311
    with pytest.raises(StoreError, match=r"full|No space"):
        publish(small_disk, {ONE: big})
    with snapshot.open_current(small_disk) as opened:
        assert opened.dump() == nquads(TURTLE[TWO], TWO)
    assert publish(small_disk, {ONE: TURTLE[ONE]}) == 2


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "mounted read-only"),
        (errno.EACCES, "owner"),
    ],
)
def test_fault_of_the_disk_says_what_to_do(number: int, says: str) -> None:
    """Each fault of the disk has its own advice."""
    assert says in explain(OSError(number, os.strerror(number)), Path("var"), "publishing")


def test_unwritable_folder_is_explained(tmp_path: Path) -> None:
    """A data folder that cannot be made is an error with its path, not a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"), Writer(tmp_path / "file" / "var"):
        pass


def test_scratch_of_a_killed_writer_is_never_read(tmp_path: Path) -> None:
    """Whatever stands in the scratch folder, the next writer starts from the current snapshot."""
    publish(tmp_path, {ONE: TURTLE[ONE]})
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("garbage")
    with Writer(tmp_path) as writer:
        assert writer.source().dump() == nquads(TURTLE[ONE], ONE)
    assert not (tmp_path / "store").exists()
