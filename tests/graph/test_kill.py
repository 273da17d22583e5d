"""A writer that is killed at any moment of any command: what was served goes on, what was acknowledged stays.

A process works through adding, importing, removing, withdrawing, rolling back and pruning, and tells before each
step what the state is and what it will be. It is killed at a random moment of a step; the data folder must then be in
one of these two states, whole, and the next process goes on from there.
"""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from graph import build, corrections, snapshot
from graph.errors import InputError
from graph.snapshot import Follower, verify
from graph.store import Snapshot
from graph.withdraw import Wish

KILLS, MOST = 30, 150
"""How often it is killed at least, and at most until each kind of step was interrupted."""
LONGEST = 60.0
"""Seconds that any step may take on a machine however loaded."""
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["graph.build"])
REVIEW = "Title: The {0} (1961)\n\nOdd Nylund plays the keeper Arvid Moe with quiet force in The {0}.\n"
FACTS = (
    'title = "Facts"\n[[film]]\ntitle = "The Quiet Harbour"\nyear = 1961\nroles = [["Piet Doorn", "Louise Farrow"]]\n'
)
RAW = "".join(f'<urn:s{n}> <urn:p> "{n}" <urn:raw> .\n' for n in range(2000))

SOURCES = ("lantern", "anchor", "facts", "raw", "withdrawals")
ROLE = "role/the-anchor-1961/odd-nylund/arvid-moe"
WISH = Wish(ROLE, "he plays somebody else", "2026-11-23")
STEPS = (
    "add lantern", "import facts", "add anchor", "withdraw anchor", "remove lantern", "rollback", "import raw",
    "add lantern", "withdraw anchor", "prune", "remove facts", "undo anchor", "rollback", "remove anchor",
)  # fmt: skip
WANTED = {"add", "import", "remove"}
State = frozenset[str]


def ids(opened: Snapshot) -> dict[str, str]:
    """The graph of each source that a snapshot holds, by its word in ``STEPS``."""
    names = {graph: re.split("[/:]", graph)[-1] for graph in opened.graphs()}
    return {word: graph for graph, name in names.items() for word in SOURCES if name.startswith(word)}


def state(data: Path, number: int | None = None) -> State:
    """Which sources a snapshot holds, the current one by default."""
    if snapshot.current(data) is None:
        return frozenset()
    with snapshot.open_current(data) if number is None else snapshot.open_number(data, number) as opened:
        return frozenset(ids(opened))


def oldest(data: Path) -> int:
    """The number of the oldest snapshot, to which is rolled back."""
    return snapshot.list_snapshots(data)[0].number


def after(place: build.Place, step: str) -> State:
    """The state that a step leads to."""
    what, _, word = step.partition(" ")
    now = state(place.data)
    if what == "rollback":
        return state(place.data, oldest(place.data))
    if what in ("withdraw", "undo"):
        return now - {"withdrawals"} if what == "undo" else now | ({"withdrawals"} if "anchor" in now else set())
    return now - {word} if what == "remove" else now | {word} - {""}


def perform(place: build.Place, folder: Path, step: str) -> None:
    """Do one step; to remove what is not there does nothing."""
    what, _, word = step.partition(" ")
    if step == "import facts":
        build.import_facts(place, folder / "facts.toml")
    elif step == "import raw":
        build.import_raw(place, [folder / "raw.nq"])
    elif what == "add":
        build.add(place, [str(folder / f"{word}.txt")])
    elif what == "prune":
        snapshot.prune(place.data, 3)
    elif what == "rollback":
        snapshot.rollback(place.data, oldest(place.data))
    elif what in ("withdraw", "undo"):
        with suppress(InputError):  # of what is withdrawn already, or not there
            corrections.undo(place, Wish(ROLE)) if what == "undo" else corrections.withdraw(place, WISH)
    elif word in state(place.data):
        with snapshot.open_current(place.data) as opened:
            graph = ids(opened)[word]
        build.remove(place, graph)


def work(place: build.Place, folder: Path, first: int, link: Connection) -> None:
    """Do one step after the other for ever; tell what is and what will be, then that it is done."""
    for number in range(first, first + 10_000):
        step = STEPS[number % len(STEPS)]
        link.send((number, state(place.data), after(place, step)))
        perform(place, folder, step)
        link.send((number + 1, after(place, "prune"), None))


def kill_in(place: build.Place, folder: Path, first: int, chance: random.Random) -> tuple[int, State, State | None]:
    """Let a process work, kill it in a step; gives the last that it said: step, state, and the state that it wanted."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=work, args=(place, folder, first, there))
    process.start()
    there.close()
    wanted = first + chance.randrange(2)
    said: tuple[int, State, State | None] = (first - 1, frozenset(), None)
    while said[0] < wanted or said[2] is None:
        assert here.poll(LONGEST), "the process says nothing"
        said = here.recv()
    quick = STEPS[said[0] % len(STEPS)] in ("rollback", "prune")
    time.sleep(chance.uniform(0, 0.02 if quick else 0.4))
    process.kill()
    process.join()
    with suppress(EOFError):
        while here.poll():
            said = here.recv()
    here.close()
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The inputs of all steps."""
    for title in ("Lantern", "Anchor"):
        (tmp_path / f"{title.lower()}.txt").write_text(REVIEW.format(title))
    (tmp_path / "facts.toml").write_text(FACTS)
    (tmp_path / "raw.nq").write_text(RAW)
    return tmp_path


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(place: build.Place, folder: Path) -> None:
    """After each of 30 kills the state is the one before the step or the one after it, whole, and a reader sees it."""
    chance, step, kills, interrupted = random.Random(11), 0, 0, set[str]()  # noqa: S311  # moments, not secrets
    perform(place, folder, STEPS[0])
    follower = Follower(place.data)
    while (kills := kills + 1) <= KILLS or (not interrupted >= WANTED and kills <= MOST):
        step, before, wanted = kill_in(place, folder, step, chance)
        now = state(place.data)
        assert now in (before, before if wanted is None else wanted), STEPS[step % len(STEPS)]
        assert frozenset(ids(follower.get().snapshot)) == now
        if wanted is not None:
            interrupted.add(STEPS[step % len(STEPS)].split()[0])
    assert interrupted >= WANTED
    assert [entry.faults for entry in verify(place.data)] == [()] * len(snapshot.list_snapshots(place.data))
    build.add(place, [str(folder / "lantern.txt"), str(folder / "anchor.txt")], replace=True)
    build.import_raw(place, [folder / "raw.nq"])
    assert leftovers(place.data) == []


def leftovers(data: Path) -> list[str]:
    """What does not belong into a data folder at rest."""
    known = {"current", "lock", "snapshots"}
    numbers = {f"{number:06d}" for number in (entry.number for entry in snapshot.list_snapshots(data))}
    found = [path.name for path in data.iterdir() if path.name not in known]
    return found + [path.name for path in (data / "snapshots").iterdir() if path.name not in numbers]
