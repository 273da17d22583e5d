"""Names keep their places by rank, however often a thing's weight changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.sidecar.build import fill_names, fill_things, writing
from graph.sidecar.entries import Entry
from graph.sidecar.patch import Patch


def genre(name: str, weight: int) -> Entry:
    """A genre of which so much is said, under two names."""
    return Entry(f"http://localhost/genre/{name}", "genre", name, (f"{name} films",), "", weight)


def order(path: Path) -> list[tuple[str, int]]:
    """All names, best first, with the weights of what bears them."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("INSERT INTO name_word (name_word, rank) VALUES ('integrity-check', 1)")
        return base.execute("SELECT folded, weight FROM named ORDER BY id").fetchall()


@pytest.mark.parametrize("step", [1, -1])
def test_room_for_names_never_ends_where_one_thing_gains_or_loses_weight(tmp_path: Path, step: int) -> None:
    """A thing of which more is said each time takes its ids along, past others and back, so none are used up."""
    path, drama = tmp_path / "index", genre("drama", 1000)
    things = [genre("western", 1100), drama, genre("crime", 990)]
    with writing(path) as base:
        fill_things(base, things)
        fill_names(base, sorted(things, key=lambda thing: thing.rank))
        base.execute("INSERT INTO name_word (name_word) VALUES ('rebuild')")
    with closing(sqlite3.connect(path)) as base, base:
        patch = Patch(base)
        for number in range(1, 201):
            drama = replace(drama, weight=1000 + step * number)
            patch.replace(drama.key, drama)
            patch.flush()
    best = [(name, thing.weight) for thing in sorted([*things[::2], drama], key=lambda thing: thing.rank)
            for name in (thing.label, *thing.others)]  # fmt: skip
    assert order(path) == best
