"""What several tests share: the bundled sample, stored once for all workers; how tests are shared out and tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from graph import build
from graph.iris import DEFAULT_BASE
from tests import scheduling
from tests.once import once
from tests.servers import Server, loaded

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

# The same examples each time, however long one takes: `--hypothesis-profile default` looks for others.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first; what measures, or drives a browser, may be tried twice."""
    items.sort(key=lambda item: scheduling.rank(item.nodeid))
    for item in items:
        scheduling.again(item)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> scheduling.Units | None:
    """Workers get whole files, as `scheduling` says."""
    return scheduling.Units(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> build.Place:
    """The bundled sample, imported and published; tests that change something take a place of their own."""
    return build.Place(once(tmp_path_factory, "sample", _store), DEFAULT_BASE)


def _store(folder: Path) -> None:
    place = build.Place(folder, DEFAULT_BASE)
    build.import_facts(place, SAMPLES / "films.toml")
    report = build.add(place, [str(SAMPLES / "reviews")])
    assert report.added
    assert not report.failed


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def sample_server(
    request: pytest.FixtureRequest, sample: build.Place, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A remote server that the bundled sample was pushed to; a test that takes it runs on each kind."""
    with loaded(request.param, tmp_path_factory.mktemp(request.param), sample) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path) -> build.Place:
    """An empty data folder."""
    return build.Place(tmp_path / "var", DEFAULT_BASE)
