"""``/readyz`` tells whether visitors may be sent here, and what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from graph import build
from webapp import Config, create_app
from webapp.site import KEY, Site


def test_ready_when_all_is_there(client: FlaskClient) -> None:
    """With a snapshot, room on the disk and processes for queries, visitors may be sent here."""
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "checks": [{"name": n, "state": "ok"} for n in ("graph", "queries", "disk")]}


def test_not_ready_without_a_snapshot(tmp_path: Path) -> None:
    """Without anything published the answer is 503, and tells no path of the machine."""
    answer = create_app(Config(tmp_path, base="http://localhost:8000/")).test_client().get("/readyz")
    assert answer.status_code == 503
    assert "the log says why" in answer.text
    assert str(tmp_path) not in answer.text


def test_not_ready_on_a_full_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a large answer would find no room, the answer is 503 and says how much is wanted."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "the temporary folder has 1,000 bytes free; an answer may take 100,000,000" in answer.text


def test_not_ready_without_processes(sample: build.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process for queries is up, the answer is 503."""
    app = create_app(Config(sample.data, base=sample.base))
    site: Site = app.extensions[KEY]
    monkeypatch.setattr(type(site.sandbox), "pids", lambda _: ())
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "no process for queries is up" in answer.text
