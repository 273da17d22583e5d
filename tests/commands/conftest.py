"""A review in a file, and a data folder that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import build
from tests.commands.typed import REVIEW, run


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review in a file."""
    path = tmp_path / "saltmarsh.txt"
    path.write_text(REVIEW, encoding="utf-8")
    return path


@pytest.fixture
def stored(place: build.Place, review: Path) -> build.Place:
    """A data folder that holds the review."""
    assert run(place, "add", str(review)).exit_code == 0
    return place
