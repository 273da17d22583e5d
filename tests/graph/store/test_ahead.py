"""Reading a store into memory ahead of the first questions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.store import ahead


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What the system is asked to read: places and lengths."""
    found: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _file, place, length, _advice: found.append((place, length)))
    return found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder with a file of two and a half steps and a small one."""
    (tmp_path / "large.sst").write_bytes(bytes(ahead.STEP * 5 // 2))
    (tmp_path / "small.sst").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    return tmp_path


def test_every_part_of_every_file_is_read(store: Path, asked: list[tuple[int, int]]) -> None:
    """The system is asked for all bytes, as much at a time as it reads at once."""
    assert ahead.read_ahead(store) == ahead.STEP * 5 // 2 + 1
    assert sorted(asked) == sorted((place * ahead.STEP, ahead.STEP) for place in (0, 0, 1, 2))


def test_a_store_that_memory_cannot_hold_is_left_on_disk(
    store: Path, asked: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would push everything else out of memory is not read."""
    monkeypatch.setattr(ahead, "available", lambda: ahead.STEP * 4)
    assert ahead.read_ahead(store) == 0
    assert not asked


def test_there_need_not_be_a_store(tmp_path: Path, asked: list[tuple[int, int]]) -> None:
    """A folder that is gone holds nothing to read."""
    assert ahead.read_ahead(tmp_path / "gone") == 0
    assert not asked


def test_free_memory_is_known() -> None:
    """Some memory of this machine is free, and not all that any machine has."""
    assert 1 << 20 < ahead.available() < 1 << 50
