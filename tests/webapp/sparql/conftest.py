"""An application that is the endpoint over the small graph, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.sandbox import Sandbox
from graph.snapshot import Follower
from tests.small_graph import PREFIXES, publish
from tests.webapp.sparql.asking import ADDRESS, LIMITS
from webapp.sparql import mount


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small graph."""
    folder = tmp_path_factory.mktemp("sparql")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    """A client of an application that is the endpoint and nothing else."""
    follower = Follower(data, PREFIXES)

    def state() -> Any:
        opened = follower.get()
        return SimpleNamespace(source=opened.snapshot, version=opened.version, folder=opened.folder)

    with Sandbox(LIMITS, PREFIXES) as sandbox:
        app = Flask(__name__)
        mount(app, state, sandbox, prefixes=PREFIXES, address=ADDRESS, triples=lambda: 42)
        yield app.test_client()
