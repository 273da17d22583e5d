"""Reviews on the command line: extract, add, remove; what is printed, where, and the exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from rdflib import Graph

from graph import build
from tests.commands.typed import REVIEW, run


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


def test_part_of_an_id_is_answered_with_the_whole(stored: build.Place) -> None:
    """Who removes a source by the name of its file is told its id, however much longer that is."""
    source = run(stored, "stats", "--sources").stdout.split()[0]
    assert f"did you mean {source}?" in run(stored, "remove", "saltmarsh").stderr


def test_broken_json_is_told_where_it_breaks(place: build.Place, tmp_path: Path) -> None:
    """The column is that of the line as it stands in the file; a file of several lines has its line named."""
    broken = '{"title": "X", "text": "A plays B."'
    (tmp_path / "a.jsonl").write_text(f"{broken}\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('{\n "title" "X"\n}\n', encoding="utf-8")
    assert f"' delimiter at column {len(broken) + 1}\n" in run(place, "extract", str(tmp_path / "a.jsonl")).stderr
    assert "' delimiter at line 2, column 10\n" in run(place, "extract", str(tmp_path / "b.json")).stderr


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


@pytest.mark.parametrize("options", [(), ("--text", "full")])
def test_replacing_a_text_by_itself_changes_nothing(
    stored: build.Place, review: Path, options: tuple[str, ...]
) -> None:
    """``--replace`` with a file as it was makes no snapshot; where the text is stored otherwise, it makes one."""
    before = run(stored, "snapshots").stdout
    again = run(stored, "add", "--replace", *options, str(review))
    assert (again.exit_code, again.stdout.split()[0]) == (0, "unchanged")
    assert run(stored, "snapshots").stdout == before
    assert "is current" in run(stored, "add", "--replace", "--text", "offsets", str(review)).stdout


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


def test_names_of_files_do_not_steer_the_terminal(place: build.Place, tmp_path: Path) -> None:
    """Signs that a terminal obeys are spelt out, in the name of a file and in the words of a review."""
    path = tmp_path / "a\x1b[2J\u202e.txt"
    path.write_text(REVIEW.replace("wants only quiet", "wants\x1b]0;title\x07 only quiet"), encoding="utf-8")
    for words in (["add"], ["extract", "--format", "text"]):
        said = run(place, *words, str(path), color=True).output
        assert "a\\x1b[2J\\u202e.txt" in said
        assert not {"\x1b", "\x07", "\u202e"} & set(said)
    (tmp_path / "b\x1b[2J.txt").write_text("")
    assert "\x1b" not in run(place, "add", str(tmp_path / "b\x1b[2J.txt"), color=True).stderr
    table = run(place, "query", "SELECT ?q { ?x film:quote ?q }", color=True).stdout
    assert "\\x1b]0;title" in table
    assert "\x1b" not in table


def test_an_explanation_is_coloured_only_for_a_terminal(place: build.Place, tmp_path: Path) -> None:
    """Where it goes into a file it is plain text, and what a review's words would do to a terminal is spelt out."""
    path = tmp_path / "review.txt"
    path.write_text(REVIEW.rstrip() + " It ends\x1b[2J here.\n", encoding="utf-8")
    shown = run(place, "extract", "--explain", str(path)).stdout
    assert "✓ Karel Vinter → Odd" in shown
    assert "ends\\x1b[2J here." in shown
    assert shown.count("\\x1b") == 1
    assert "\x1b" not in shown
