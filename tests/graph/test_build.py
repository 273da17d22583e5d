"""From reviews to a published snapshot: what is stored, inferred, refused; what a killed writer leaves."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing import get_context
from pathlib import Path

import pytest

from filmgraph import main
from graph import build, query, snapshot
from graph.errors import StoreError, ValidationError
from graph.store import Rows, Snapshot
from webapp import create_app
from webapp.config import Config

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["filmgraph"])
LONGEST = 60.0
"""Seconds that any step may take on a machine however loaded."""
REVIEW = """{title} ({year}) Review

{title} is a {year} drama about a ferry.

Old Nils (Karel Vinter) steers. His daughter Maren (Ida Holm) waits.

Director(s): Petra Lindqvist

Actor(s): Karel Vinter, Ida Holm

Genre: Drama
"""

PAIRS = """
PREFIX schema: <http://schema.org/>
SELECT ?actor ?character WHERE {
  ?film a schema:Movie ; schema:name "Saltmarsh" ; schema:actor ?role .
  ?role a schema:PerformanceRole ; schema:actor/schema:name ?actor ; schema:characterName ?character
} ORDER BY ?actor
"""


def write(folder: Path, name: str, title: str = "Saltmarsh", year: int = 1994) -> str:
    """A review of a film in a file; gives its path."""
    path = folder / name
    path.write_text(REVIEW.format(title=title, year=year), encoding="utf-8")
    return str(path)


@pytest.fixture
def current(place: build.Place, tmp_path: Path) -> Snapshot:
    """The snapshot after one review was added."""
    build.add(place, [write(tmp_path, "saltmarsh.txt")])
    return snapshot.open_current(place.data)


def test_a_query_for_schema_org_data_works_unchanged(current: Snapshot) -> None:
    """The Role pattern of schema.org gives who played whom."""
    assert current.select(PAIRS) == Rows(("actor", "character"), [("Ida Holm", "Maren"), ("Karel Vinter", "Old Nils")])


@pytest.mark.parametrize(
    "pattern",
    [
        "<person/karel-vinter> film:played <character/saltmarsh-1994/old-nils>",
        "<person/karel-vinter> film:actedIn <film/saltmarsh-1994>",
        "<film/saltmarsh-1994> film:director <person/petra-lindqvist>",
        "<film/saltmarsh-1994> film:actor <person/ida-holm>",
        "<person/ida-holm> film:workedWith <person/karel-vinter>, <person/petra-lindqvist>",
        "<person/petra-lindqvist> a film:Director, <http://schema.org/Person>",
        "<role/saltmarsh-1994/ida-holm/maren> film:person <person/ida-holm> ; a <http://schema.org/PerformanceRole>",
    ],
)
def test_shortcuts_are_there(current: Snapshot, pattern: str) -> None:
    """Simple questions have simple patterns."""
    prologue = "BASE <http://localhost:8000/> PREFIX film: <https://w3id.org/filmgraph#> "
    assert current.ask(f"{prologue} ASK {{ {pattern} }}")


def test_nobody_worked_with_themselves(current: Snapshot) -> None:
    """A person is no colleague of their own, however many parts they have."""
    assert not current.ask("ASK { ?who <https://w3id.org/filmgraph#workedWith> ?who }")


def test_what_was_inferred_goes_with_its_source(place: build.Place, tmp_path: Path) -> None:
    """After a source is removed, nothing follows from it any more."""
    first = build.add(place, [write(tmp_path, "one.txt")])
    build.add(place, [write(tmp_path, "two.txt", "Firedamp", 1999)])
    build.remove(place, first.added[0].source)
    with snapshot.open_current(place.data) as after:
        assert not after.ask('ASK { ?film <http://schema.org/name> "Saltmarsh" }')
        assert after.ask('ASK { ?film <http://schema.org/name> "Firedamp" }')
        assert b"saltmarsh" not in after.dump()


def test_removing_and_adding_again_gives_the_same_bytes(place: build.Place, tmp_path: Path) -> None:
    """The graph does not remember what is gone."""
    path = write(tmp_path, "one.txt")
    first = build.add(place, [path])
    with snapshot.open_current(place.data) as before:
        bytes_before = before.dump()
    build.remove(place, first.added[0].source)
    build.add(place, [path])
    with snapshot.open_current(place.data) as after:
        assert after.dump() == bytes_before


def test_two_sources_of_one_role_count_once(place: build.Place, tmp_path: Path) -> None:
    """A statement that two reviews make is one statement, with two passages."""
    build.add(place, [write(tmp_path, "one.txt")])
    other = tmp_path / "two.txt"
    other.write_text(Path(write(tmp_path, "x.md")).read_text().replace("steers", "waits"), encoding="utf-8")
    (tmp_path / "x.md").unlink()
    build.add(place, [str(other)])
    with snapshot.open_current(place.data) as after:
        rows = after.select(query.fill("who-played-whom"))
        assert len([row for row in rows if "Karel Vinter" in row]) == 2
        counted = after.select("SELECT (COUNT(?role) AS ?n) { ?role a <https://w3id.org/filmgraph#Role> }")
        assert counted.rows == [(2,)]


def test_a_violation_stops_everything(place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks a shape is named, and nothing of the run is published."""
    build.add(place, [write(tmp_path, "one.txt")])
    content = tmp_path / "wrong.toml"
    content.write_text('[[film]]\ntitle = "Rust"\nyear = 1870\nroles = [["Ann Bell", "Fay"]]\n', encoding="utf-8")
    with pytest.raises(ValidationError, match=r"wrong\.toml[\s\S]*film/rust-1870[\s\S]*shape"):
        build.import_facts(place, content)
    assert [manifest.number for manifest in snapshot.list_snapshots(place.data)] == [1]


def test_a_second_writer_is_told_to_wait(place: build.Place, tmp_path: Path) -> None:
    """Two writers at once: the second says who is at work and changes nothing."""
    path = write(tmp_path, "one.txt")
    code = (
        "import sys, time; from pathlib import Path; from graph.store import Writer\n"
        "with Writer(Path(sys.argv[1])):\n print('locked', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(place.data)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreError, match=f"process {other.pid}"):
            build.add(place, [path])
        other.kill()
    assert build.add(place, [path]).snapshot == 1


def test_a_killed_add_loses_nothing_and_blocks_nothing(place: build.Place, tmp_path: Path) -> None:
    """Twenty times ``filmgraph add`` is killed at a random moment: the site serves on, and the next add works."""
    assert _add(place, write(tmp_path, "first.txt"), LONGEST)
    whole = LONGEST
    client = create_app(Config(place.data)).test_client()
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    killed = tries = 0
    while killed < 20 and tries < 200:
        path = write(tmp_path, f"r{tries}.txt", f"Saltmarsh Part {tries}", 1900 + tries)
        started = time.monotonic()
        if _add(place, path, chance.uniform(0, whole)):
            whole = min(whole, time.monotonic() - started)  # the first ones have more to load
        else:
            killed += 1
        tries += 1
        page = client.get("/film/saltmarsh-1994")
        assert page.status_code == 200
        assert "Karel Vinter" in page.text
    assert killed == 20
    report = build.add(place, [write(tmp_path, "last.txt", "Saltmarsh, the Last", 2020)])
    assert report.added
    assert "Saltmarsh, the Last" in client.get("/film/saltmarsh-the-last-2020").text
    left = {entry.name for entry in (place.data / "snapshots").iterdir()}
    assert left == {f"{manifest.number:06}" for manifest in snapshot.list_snapshots(place.data)}


def _add(place: build.Place, path: str, seconds: float) -> bool:
    """Run ``filmgraph add`` in a process of its own; after ``seconds`` it is killed. Whether it came to its end."""
    running = PROCESSES.Process(target=_command, args=("--data", str(place.data), "add", path))
    running.start()
    running.join(seconds)
    running.kill()
    running.join()
    return running.exitcode == 0


def _command(*words: str) -> None:
    """Be the command line."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        main(words)
