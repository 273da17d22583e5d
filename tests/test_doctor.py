"""``filmgraph doctor`` finds what is wrong with an installation."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import filmgraph
from graph import build, sidecar, snapshot
from tests.servers import free_port
from webapp import doctor
from webapp.settings import known

ROOT = Path(__file__).parents[1]


def look(data: Path, *more: str, **environment: str) -> tuple[int, dict[str, Any]]:
    """The exit code of the command, and its findings by name."""
    port = () if "--port" in more else ("--port", str(free_port()))
    command = ["--data", str(data), "doctor", "--json", *port, *more]
    result = CliRunner().invoke(filmgraph.main, command, env=environment)
    return result.exit_code, {it["name"]: it for it in json.loads(result.stdout)}


def test_a_good_installation(sample: build.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everything is as it should be, every point is ok and the exit code is 0."""
    for name in [name for name in os.environ if name.startswith("FILMGRAPH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(doctor, "VENDORED", ())
    monkeypatch.setattr(doctor, "LITTLE", 0)
    code, found = look(sample.data)
    assert {name: it["says"] for name, it in found.items() if it["state"] == "wrong"} == {}
    assert code == 0
    assert len(found) == 13
    assert "every file as published" in found["snapshot"]["says"]


def test_no_data(tmp_path: Path) -> None:
    """A folder that is not there is told with the command that fills it."""
    code, found = look(tmp_path / "none")
    assert code == 1
    assert found["data folder"]["state"] == "wrong"
    assert "filmgraph add" in found["data folder"]["run"]


def test_damage_and_an_old_index(sample: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file of the snapshot, an index of another version and a clock that is behind are each found."""
    data = shutil.copytree(sample.data, tmp_path / "var", symlinks=True)
    folder = snapshot.current(data)
    assert folder is not None
    base = sqlite3.connect(folder / sidecar.NAME)
    base.execute("PRAGMA user_version = 1")
    base.commit()
    base.close()
    monkeypatch.setattr("time.time", lambda: 0.0)
    code, found = look(data)
    assert code == 1
    assert {name for name in ("snapshot", "index", "clock") if found[name]["state"] == "wrong"} >= {"index", "clock"}
    assert found["snapshot"]["run"] == "filmgraph snapshots verify"


def test_a_port_in_use_and_a_strange_setting(sample: build.Place) -> None:
    """A port that another program holds is wrong; a setting that there is not is a warning, a bad value is wrong."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        _, found = look(sample.data, "--port", str(other.getsockname()[1]), FILMGRAPH_TIMOUT="5")
    assert (found["port"]["state"], found["settings"]["state"]) == ("wrong", "warning")
    assert "FILMGRAPH_TIMOUT" in found["settings"]["says"]
    _, found = look(sample.data, FILMGRAPH_TIMEOUT="soon")
    assert "FILMGRAPH_TIMEOUT is 'soon'" in found["settings"]["says"]


def test_a_server_that_is_away(sample: build.Place) -> None:
    """A SPARQL server that does not answer is told, and the data folder is not looked at."""
    code, found = look(sample.data, FILMGRAPH_ENDPOINT=f"http://127.0.0.1:{free_port()}/query")
    assert code == 1
    assert found["endpoint"]["state"] == "wrong"
    assert "snapshot" not in found


def test_missing_pieces(sample: build.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages of other versions, missing files and a full disk are named with what to run."""
    monkeypatch.setattr(doctor, "requires", lambda _: ["flask==0.1", "no-such-package==1", "x==1; extra == 'y'"])
    monkeypatch.setattr(doctor, "VENDORED", ("none.js",))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1))
    _, found = look(sample.data)
    assert re.fullmatch(r"flask is [\d.]+, not 0\.1; no-such-package is not installed", found["packages"]["says"])
    assert {found[name]["state"] for name in ("packages", "static files", "data disk", "temporary folder")} == {"wrong"}
    assert found["static files"]["run"] == "make setup"


def test_every_setting_is_documented() -> None:
    """Each variable that the code names is in the README, and the README names none that there is not."""
    name = re.compile(r"FILMGRAPH_[A-Z]+(?:_[A-Z]+)*\b")
    places = [
        ROOT / "filmgraph.py",
        *(path for top in ("commands", "graph", "webapp", "agents") for path in (ROOT / top).rglob("*.py")),
    ]
    used = {found for path in places for found in name.findall(path.read_text(encoding="utf-8"))}
    told = set(name.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert used | known() == told
    assert used <= known()
    for path in (ROOT / "docs").iterdir():
        if path.is_file():
            assert set(name.findall(path.read_text(encoding="utf-8"))) <= told, path.name
