"""A started service under attack: each is a clean error, no process of the site dies, memory stays within its bound.

With FILMGRAPH_ATTACKS=full in the environment everything is sent at full size; FILMGRAPH_ATTACKS_DATA names another
data folder than the sample to be attacked, which is only read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import build
from tests.benchmarks.client import family, memory
from tests.benchmarks.service import served
from tests.webapp.attacks.service import CAST, MEMORY, PATIENT, Service, wait_until

DEADLINE = 3


@pytest.fixture(scope="package")
def service(sample: build.Place) -> Iterator[Service]:
    """The sample, or another data folder, served with small bounds."""
    data = Path(os.environ.get("FILMGRAPH_ATTACKS_DATA", sample.data))
    with served(data, memory=str(MEMORY), timeout=str(DEADLINE), max_timeout=str(PATIENT), slow_seconds="0") as address:
        host, port = address.removeprefix("http://").strip("/").split(":")
        started = Service(host, int(port))
        wait_until(lambda: len(started.web()) >= 3)  # the first process and two workers
        yield started


@pytest.fixture(autouse=True)
def unharmed(service: Service, request: pytest.FixtureRequest) -> Iterator[None]:
    """After each attack the same processes serve, within their memory, and answer at once."""
    before = service.web()
    yield
    if "killed_worker" not in request.node.name:
        assert before <= service.web()
    assert memory(family(service.main())) < MEMORY << 20
    status, _, body = service.post(CAST)
    assert (status, len(json.loads(body)["results"]["bindings"])) == (200, 3)
