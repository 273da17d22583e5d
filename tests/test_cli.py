"""The command line, as a user types it: what is printed, where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from filmgraph import main
from graph import build

REVIEW = """Saltmarsh (1994) Review

A ferry, a feud, a long winter.

Saltmarsh is a 1994 drama about two families on one island.

The ferryman, Odd (Karel Vinter), wants only quiet. His neighbour Maren (Ida Holm) wants the harbour.

Movie description: Saltmarsh is a 1994 drama about two families on one island.

Director(s): Petra Lindqvist

Actor(s): Karel Vinter, Ida Holm

Genre: Drama

  • Our Score
User Rating 3.39 (3 votes)
"""


def run(place: build.Place, *words: str, text: str | None = None) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), *words], input=text)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review in a file."""
    path = tmp_path / "saltmarsh.txt"
    path.write_text(REVIEW, encoding="utf-8")
    return path


@pytest.fixture
def stored(place: build.Place, review: Path) -> build.Place:
    """A data folder that holds the review."""
    assert run(place, "add", str(review)).exit_code == 0
    return place


def test_extract_prints_one_object_and_stores_nothing(place: build.Place, review: Path) -> None:
    """The roles, the film and the ratings come as one line of JSON; the data folder is not even made."""
    result = run(place, "extract", str(review))
    facts = json.loads(result.stdout)
    assert facts["film"]["title"] == "Saltmarsh"
    assert facts["film"]["year"] == 1994
    assert facts["directors"] == ["Petra Lindqvist"]
    assert facts["cast"] == ["Karel Vinter", "Ida Holm"]
    assert facts["ratings"] == [{"kind": "user", "value": 3.39, "best": 5, "count": 3}]
    assert [(role["actor"], role["character"]) for role in facts["roles"]] == [
        ("Karel Vinter", "Odd"),
        ("Ida Holm", "Maren"),
    ]
    for role in facts["roles"]:
        proof = role["evidence"]
        assert REVIEW[proof["start"] : proof["end"]] == proof["quote"]
    assert not place.data.exists()


def test_extract_as_turtle_parses(place: build.Place, review: Path) -> None:
    """The triples that ``add`` would store can be looked at before."""
    graph = Graph().parse(data=run(place, "extract", "--format", "ttl", str(review)).stdout, format="turtle")
    assert len(graph) > 50


def test_add_query_remove(stored: build.Place) -> None:
    """A role is found with its sentence after ``add``, and is gone after ``remove``."""
    asked = run(stored, "query", "--name", "who-played-whom", "--format", "csv")
    assert 'Saltmarsh (1994),Karel Vinter,Odd,"The ferryman, Odd (Karel Vinter), wants only quiet."' in asked.stdout
    source = run(stored, "stats", "--sources").stdout.split()[0]
    assert source.startswith("saltmarsh-")
    assert run(stored, "remove", source).exit_code == 0
    assert run(stored, "query", "ASK { ?role a film:Role }").stdout == "no\n"


def test_adding_the_same_again_changes_nothing(stored: build.Place, review: Path) -> None:
    """The second time the text is known, and no snapshot is made."""
    before = run(stored, "snapshots").stdout
    again = run(stored, "add", str(review))
    assert again.exit_code == 0
    assert "stored already" in again.stdout
    assert run(stored, "snapshots").stdout == before


def test_a_changed_text_under_the_same_name_takes_its_place_only_when_told(stored: build.Place, review: Path) -> None:
    """Nothing stored is lost without ``--replace``."""
    review.write_text(REVIEW.replace("quiet", "rest"), encoding="utf-8")
    first = run(stored, "add", str(review))
    assert "both are kept" in first.stderr
    assert len(run(stored, "stats", "--sources").stdout.splitlines()) == 2
    review.write_text(REVIEW.replace("quiet", "peace"), encoding="utf-8")
    run(stored, "add", "--replace", str(review))
    assert len(run(stored, "stats", "--sources").stdout.splitlines()) == 1


def test_less_text_is_kept_when_told(stored: build.Place, review: Path) -> None:
    """A text stored in full stays so with a word on how to change it; ``--replace`` keeps the quotes alone."""
    ask = "ASK { ?review film:text ?text }"
    assert "--replace" in run(stored, "add", "--text", "quotes", str(review)).stdout
    assert run(stored, "query", ask).stdout == "yes\n"
    assert run(stored, "add", "--text", "quotes", "--replace", str(review)).exit_code == 0
    assert run(stored, "query", ask).stdout == "no\n"
    assert run(stored, "query", "ASK { ?proof film:quote ?quote }").stdout == "yes\n"


def test_one_bad_file_among_good_ones(place: build.Place, tmp_path: Path, review: Path) -> None:
    """The good one is stored, each bad one named with its reason, the exit code 1."""
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (tmp_path / "latin.txt").write_bytes("Amélie est très réussie, dit-on à la télé".encode("cp1252"))
    result = run(place, "add", str(tmp_path))
    assert result.exit_code == 1
    assert f"added {review}" in result.stdout
    for name in ("empty.txt", "image.txt", "latin.txt"):
        assert name in result.stderr


def test_standard_input(place: build.Place) -> None:
    """A dash reads one review from standard input."""
    result = run(place, "add", "-", text=REVIEW)
    assert result.exit_code == 0, result.output
    assert "Saltmarsh (1994), 2 roles" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nonsense"], 2, "No such command"),
        (["add"], 2, "Missing argument"),
        (["add", "--text", "none", "x"], 2, "full"),
        (["add", "no-such-file.txt"], 1, "no-such-file.txt"),
        (["query"], 2, "give one of"),
        (["query", "SELECT * {}"], 1, "filmgraph add"),
        (["query", "--name", "film-cats"], 1, "film-cast"),
        (["query", "--name", "film-cast"], 1, "needs a value for film"),
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


@pytest.mark.parametrize("form", ["table", "csv", "json", "xml"])
def test_rows_in_every_format(stored: build.Place, form: str) -> None:
    """The actor's name stands in the answer whatever its format."""
    result = run(stored, "query", "--format", form, "SELECT ?name { ?who film:played ?whom ; film:name ?name }")
    assert "Karel Vinter" in result.stdout


def test_triples_are_turtle_by_default_and_no_table(stored: build.Place) -> None:
    """CONSTRUCT gives Turtle; a table of triples is refused with what is possible."""
    text = "CONSTRUCT { ?a film:played ?b } WHERE { ?a film:played ?b }"
    assert len(Graph().parse(data=run(stored, "query", text).stdout, format="turtle")) == 2
    refused = run(stored, "query", "--format", "csv", text)
    assert refused.exit_code == 1
    assert "ttl" in refused.stderr


@pytest.mark.parametrize("form", ["nq", "ttl", "jsonld"])
def test_export_is_the_same_each_time(stored: build.Place, form: str) -> None:
    """Two exports are equal to the byte, and hold the roles."""
    first = run(stored, "export", "--format", form).stdout
    assert first == run(stored, "export", "--format", form).stdout
    assert "karel-vinter/odd" in first


def test_misspelt_queries_are_answered_with_what_was_meant(stored: build.Place) -> None:
    """A query that cannot be read gets the word that was meant, one with an unknown term of ours a note beside it."""
    word = run(stored, "query", "SELECT * { ?s ?p ?o FLITER(?o > 1) }")
    assert (word.exit_code, word.stdout) == (1, "")
    assert "did you mean FILTER?" in word.stderr
    term = run(stored, "query", "SELECT * { ?role film:perfomer ?who }")
    assert term.exit_code == 0
    assert "did you mean film:performer?" in term.stderr


def test_columns_of_everything_stand_as_the_query_names_them(stored: build.Place) -> None:
    """A table of all variables has them in the order of the query, each value under its own."""
    said = run(stored, "query", "SELECT DISTINCT * { ?who film:actedIn ?film }").stdout.splitlines()
    assert said[0].split() == ["who", "film"]
    assert "/person/" in said[2].split()[0]


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


def test_a_query_file_that_is_no_text_is_named(stored: build.Place, tmp_path: Path) -> None:
    """A query in another encoding is an error that says so."""
    path = tmp_path / "latin.rq"
    path.write_bytes("ASK { ?a ?b 'é' }".encode("latin-1"))
    result = run(stored, "query", "-f", str(path))
    assert result.exit_code == 1
    assert "latin.rq: byte 13 is not UTF-8" in result.stderr


def test_an_update_is_refused_with_what_is_possible(stored: build.Place) -> None:
    """The command line reads the graph, and says how it is changed."""
    result = run(stored, "query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert result.exit_code == 1
    assert "only read here" in result.stderr


def test_a_folder_without_reviews_and_a_pipe_are_refused(place: build.Place, tmp_path: Path) -> None:
    """Nothing to read is an error that names the folder; a pipe is not waited for."""
    (tmp_path / "empty").mkdir()
    assert "holds no reviews" in run(place, "add", str(tmp_path / "empty")).stderr
    os.mkfifo(tmp_path / "pipe.txt")
    result = run(place, "extract", str(tmp_path / "pipe.txt"))
    assert result.exit_code == 1
    assert "is a pipe or a device" in result.stderr


def test_empty_standard_input_is_called_by_its_name(place: build.Place) -> None:
    """The message does not speak of a dash."""
    assert "standard input" in run(place, "add", "-", text="").stderr


def test_relative_iris_are_under_the_base(stored: build.Place) -> None:
    """A path in angle brackets is that resource of the graph; a query with a BASE of its own keeps it."""
    assert "Saltmarsh" in run(stored, "query", "DESCRIBE <film/saltmarsh-1994>").stdout
    named = run(stored, "query", "--format", "csv", "BASE <http://e/> SELECT ?x { VALUES ?x { <a> } }")
    assert named.stdout == "x\nhttp://e/a\n"


def test_a_query_is_stopped_at_its_deadline(stored: build.Place) -> None:
    """A query that would run for hours ends with one line and exit code 1, whatever the engine is doing."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "filmgraph", "--data", str(stored.data), "query", "--timeout", "0.5", endless]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert result.stderr.startswith("filmgraph: the query was stopped after 0.5 seconds; ")
    assert result.stderr.count("\n") == 1


def test_a_suffix_that_is_none_of_rdf_is_answered_with_those_that_are(place: build.Place, tmp_path: Path) -> None:
    """Packed files are among them."""
    path = tmp_path / "films.docx"
    path.write_text("x")
    assert "expected .ttl, .nt" in (said := run(place, "import", "rdf", str(path)).stderr)
    assert "also with .gz" in said
