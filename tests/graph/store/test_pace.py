"""A load is handed no more than it has room for."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.store import pace
from graph.store.pace import Pace


class Load:
    """The threads of a load, as the system lists them; each time that somebody sleeps one of those that sort ends."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.slept = folder, 0
        for number, name in enumerate(("python", "rocksdb:low", "rocksdb:high")):
            self._begin(number, name)

    def _begin(self, number: int, name: str) -> None:
        (self.folder / str(number)).mkdir()
        (self.folder / str(number) / "comm").write_text(f"{name}\n", encoding="utf-8")

    def sort(self, batches: int) -> None:
        """Have so many threads sort, and the engine begin another of its own."""
        for number in range(batches):
            self._begin(100 + number, "python")
        self._begin(200, "rocksdb:low")

    def sleep(self, _: float) -> None:
        """Let time pass."""
        self.slept += 1
        shutil.rmtree(self.folder / str(99 + self.slept))


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """A load that has read nothing yet."""
    made = Load(tmp_path)
    monkeypatch.setattr(pace, "time", SimpleNamespace(sleep=made.sleep, monotonic=time.monotonic))
    return made


@pytest.mark.parametrize(
    ("batches", "beside", "processors", "ended"),
    [(0, True, 2, 0), (1, False, 2, 0), (2, False, 2, 1), (1, True, 2, 1), (2, True, 1, 2), (2, True, 4, 1)],
)
def test_a_load_reads_on_when_enough_is_sorted(
    load: Load, monkeypatch: pytest.MonkeyPatch, batches: int, beside: bool, processors: int, ended: int
) -> None:
    """Two batches are sorted at once, one where another process needs the second processor; the rest waits."""
    monkeypatch.setattr(pace, "processors", lambda: processors)
    paced = Pace(load.folder, lambda: beside)
    load.sort(batches)
    paced.wait()
    assert load.slept == ended


def test_a_load_that_seems_to_sort_for_ever_is_fed_all_the_same(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of which nothing is known costs memory at worst: it never keeps a load from its end."""
    monkeypatch.setattr(pace, "PATIENCE", -1.0)
    paced = Pace(load.folder, lambda: False)
    load.sort(5)
    paced.wait()
    paced.wait()
    assert load.slept == 1


def test_a_load_that_has_ended_is_not_waited_for(tmp_path: Path) -> None:
    """Where the system lists no threads, nothing is held back."""
    Pace(tmp_path / "away", lambda: True).wait()


def test_the_processors_are_those_that_this_process_may_use() -> None:
    """There is always one."""
    assert pace.processors() >= 1
