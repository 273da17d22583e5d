"""A sandbox with small bounds, and a snapshot for it to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import snapshot
from graph.sandbox import Sandbox
from tests.graph.sandbox.bounds import LIMITS
from tests.small_graph import PREFIXES, publish


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a snapshot of the small graph."""
    data = tmp_path_factory.mktemp("sandbox")
    publish(data)
    current = snapshot.current(data)
    assert current is not None
    return current


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with small bounds."""
    with Sandbox(LIMITS, PREFIXES) as pool:
        yield pool
