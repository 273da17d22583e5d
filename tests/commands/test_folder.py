"""The data folder on the command line: export, validate, snapshots; mistakes and damage are told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import build
from tests.commands.typed import REVIEW, run


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nonsense"], 2, "No such command"),
        (["add"], 2, "Missing argument"),
        (["add", "--text", "none", "x"], 2, "full"),
        (["add", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["query"], 2, "give one of"),
        (["query", "SELECT * {}"], 1, "filmgraph add"),
        (["query", "--name", "film-cats"], 1, "did you mean film-cast"),
        (["query", "--name", "many-faces"], 1, "did you mean examples/18-many-faces or"),
        (["query", "--name", "film-cast"], 1, "needs a value for film, such as film=film/"),
        (["query", "--name", "film-cast", "film"], 2, "key=value"),
        (["remove", "x"], 1, "no source 'x'"),
        (["snapshots", "rollback", "3"], 1, "3"),
        (["export"], 1, "filmgraph add"),
        (["import", "facts", "missing.toml"], 1, "missing.toml"),
        (["--base", "here", "stats"], 1, "--base is 'here'"),
        (["extract", "--threshold", "nan", "x.txt"], 2, "not a number from 0 to 1"),
        (["add", "--threshold", "nan", "x.txt"], 2, "not a number from 0 to 1"),
        (["query", "--name", "film-cast", "flim=x"], 1, "has no term flim; it takes film"),
        (["query", "--name", "film-cast", "film="], 2, "film= has no value"),
        (["--endpoint", "foo", "query", "ASK {}"], 1, "--endpoint is 'foo'"),
        (["--endpoint", "http://localhost:1/", "remove", "x"], 1, "is only asked"),
        (["query", "-f", "no-such.rq"], 1, "no-such.rq: cannot be read"),
    ],
)
def test_mistakes_are_answered_with_what_to_do(place: build.Place, words: list[str], code: int, message: str) -> None:
    """One line on stderr; 2 for a wrong call, 1 for what cannot be done."""
    result = run(place, *words)
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("group", [[], ["import"], ["snapshots"]])
def test_commands_are_told_in_whole_words(
    place: build.Place, group: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a terminal of 80 columns the list of commands cuts no sentence."""
    monkeypatch.setenv("COLUMNS", "80")
    listed = run(place, *group, "--help").stdout.split("Commands:")[1]
    assert len(listed.splitlines()) > 4
    assert "..." not in listed


@pytest.mark.parametrize("form", ["nq", "ttl", "jsonld"])
def test_export_is_the_same_each_time(stored: build.Place, form: str) -> None:
    """Two exports are equal to the byte, and hold the roles."""
    first = run(stored, "export", "--format", form).stdout
    assert first == run(stored, "export", "--format", form).stdout
    assert "karel-vinter/odd" in first


def test_the_data_folder_knows_its_base(stored: build.Place) -> None:
    """Another base than the published one is refused, so that no folder holds two."""
    result = run(stored, "--base", "https://films.example/", "stats")
    assert result.exit_code == 1
    assert "published under http://localhost:8000/" in result.stderr


def test_validate_passes_on_what_was_added(stored: build.Place) -> None:
    """What got in fits the shapes."""
    result = run(stored, "validate")
    assert result.exit_code == 0, result.output
    assert "1 graph" in result.stdout


def test_rollback_brings_the_earlier_state_back(stored: build.Place, tmp_path: Path) -> None:
    """Two snapshots; the first is made current again, and what came later is not seen."""
    other = tmp_path / "other.txt"
    other.write_text(REVIEW.replace("Saltmarsh", "Firedamp").replace("Odd", "Nils"), encoding="utf-8")
    assert run(stored, "add", str(other)).exit_code == 0
    assert run(stored, "snapshots", "rollback", "1").exit_code == 0
    assert "Firedamp" not in run(stored, "query", "--name", "who-played-whom").stdout
    assert run(stored, "snapshots").stdout.splitlines()[0].startswith("*")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, review: Path) -> None:
    """Two folders filled the same way export byte-identical N-Quads."""
    exports = []
    for name in ("one", "two"):
        place = build.Place(tmp_path / name, "http://localhost:8000/")
        run(place, "add", str(review))
        exports.append(run(place, "export").stdout_bytes)
    assert exports[0] == exports[1]
    assert exports[0]


@pytest.mark.parametrize("damage", ["missing", "overwritten", "cut"])
def test_a_damaged_index_hinders_no_addition(stored: build.Place, tmp_path: Path, damage: str) -> None:
    """``validate`` names the damaged index; ``add`` works without it, and publishes a whole one."""
    index = stored.data / "current" / "sidecar.sqlite"
    whole = index.read_bytes()
    index.unlink()
    if damage != "missing":
        index.write_bytes(b"x" * 9000 if damage == "overwritten" else whole[: len(whole) // 2])
    checked = run(stored, "validate")
    assert checked.exit_code == 1
    assert "search index" in checked.stderr
    other = tmp_path / "second.txt"
    other.write_text(REVIEW.replace("a long winter", "a short winter"), encoding="utf-8")
    added = run(stored, "add", str(other))
    assert added.exit_code == 0, added.output
    assert run(stored, "validate").exit_code == 0
    assert (
        run(stored, "query", "SELECT (COUNT(?film) AS ?n) { ?film a film:Film }", "--format", "csv").stdout == "n\n1\n"
    )


def test_damaged_files_of_the_engine_are_named(stored: build.Place) -> None:
    """Flipped bits in the store's files are one line with the way back, not a traceback."""
    for path in (stored.data / "current" / "store").glob("*.sst"):
        data = bytearray(path.read_bytes())
        data[40 : len(data) // 2] = bytes(byte ^ 0x5A for byte in data[40 : len(data) // 2])
        path.unlink()
        path.write_bytes(data)
    result = run(stored, "export")
    assert result.exit_code == 1
    assert "damaged" in result.stderr
    assert "Traceback" not in result.output


def test_a_suffix_that_is_none_of_rdf_is_answered_with_those_that_are(place: build.Place, tmp_path: Path) -> None:
    """Packed files are among them."""
    path = tmp_path / "films.docx"
    path.write_text("x")
    assert "expected .ttl, .nt" in (said := run(place, "import", "rdf", str(path)).stderr)
    assert "also with .gz" in said
