"""Reading many inputs on all cores gives the same, in the same order, as reading them one by one."""

import gc
import os
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest

from graph import harvest
from graph.errors import FilmgraphError, InputError
from graph.extract import THRESHOLD
from graph.extract.reader import read_batch
from graph.facts import Document
from graph.harvest.readers import Readers

TEXT = "{title} (1994) Review\n\n{title} is a drama about a ferry.\n\nOld Nils (Karel Vinter) steers.\n"


def inputs(count: int) -> list[Document | InputError]:
    """Documents, with an error and an empty text among them."""
    items: list[Document | InputError] = [
        Document(f"r{i}.txt", TEXT.format(title=f"Saltmarsh {i}")) for i in range(count)
    ]
    items.insert(count // 2, InputError("bad.txt: cannot be read"))
    items.append(Document("empty.txt", ""))
    return items


def test_outcomes_do_not_depend_on_the_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Order and facts are the same on one core and on two."""
    monkeypatch.setattr(harvest, "BATCH_CHARACTERS", 300)
    alone = list(harvest.harvest(inputs(12), workers=1))
    together = list(harvest.harvest(inputs(12), workers=2))
    assert [(o.name, o.facts, str(o.error)) for o in alone] == [(o.name, o.facts, str(o.error)) for o in together]
    assert len(alone) == 14


def test_errors_keep_their_place() -> None:
    """An input that cannot be read and a text that is none are errors that name the file; the rest is read."""
    outcomes = list(harvest.harvest(inputs(4)))
    assert [outcome.error is None for outcome in outcomes] == [True, True, False, True, True, False]
    assert "empty.txt" in str(outcomes[-1].error)


def test_nothing_in_gives_nothing_out() -> None:
    """No inputs, no outcomes, no processes."""
    assert list(harvest.harvest([])) == []


def test_a_process_that_dies_is_said_in_words() -> None:
    """Where a process that reads is killed, the error names the first file it had and what to do."""
    with Readers(1) as readers:
        readers.kill()
        with pytest.raises(FilmgraphError, match=r"from r0\.txt on, has ended .* fewer files"):
            readers.submit(inputs(4), THRESHOLD).result()


def test_processes_end_with_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that is given up half way leaves no process behind."""
    monkeypatch.setattr(harvest, "BATCH_CHARACTERS", 300)
    others = set(_children())
    reading = harvest.harvest(inputs(40), workers=2)
    next(reading)
    busy = set(_children()) - others
    assert busy
    cast("Generator[harvest.Outcome, None, None]", reading).close()
    assert busy.isdisjoint(_children())


def _children() -> list[str]:
    """The ids of this process's children."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.mark.parametrize("running", [True, False])
def test_a_batch_leaves_the_collector_as_it_was(running: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cycles are searched for again after a batch, whatever became of it, where they were before."""
    was = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        read_batch(inputs(2), THRESHOLD)
        assert gc.isenabled() == running
        monkeypatch.setattr("graph.extract.reader.extract", None)
        with pytest.raises(TypeError):
            read_batch(inputs(2), THRESHOLD)
        assert gc.isenabled() == running
    finally:
        (gc.enable if was else gc.disable)()
