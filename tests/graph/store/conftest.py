"""The small graph, published and open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph import snapshot
from graph.store import (
    Snapshot,
)
from tests.small_graph import PREFIXES, publish


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The small graph, published and open."""
    data = tmp_path_factory.mktemp("store")
    publish(data)
    with snapshot.open_current(data, PREFIXES) as opened:
        yield opened
