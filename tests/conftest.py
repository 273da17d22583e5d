"""What several tests share: the bundled sample, stored once a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import build
from graph.iris import DEFAULT_BASE
from tests.servers import Server, loaded

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> build.Place:
    """The bundled sample, imported and published; tests that change something take a place of their own."""
    place = build.Place(tmp_path_factory.mktemp("sample"), DEFAULT_BASE)
    build.import_facts(place, SAMPLES / "films.toml")
    report = build.add(place, [str(SAMPLES / "reviews")])
    assert report.added
    assert not report.failed
    return place


@pytest.fixture(
    scope="session",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("oxigraph", "virtuoso")],
)
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
