"""Reviews in old encodings on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import build
from tests.commands.typed import REVIEW, run

ACCENTED = REVIEW.replace("Karel Vinter", "Kárel Vintér").replace("quiet", "café")
PAGE = f"<html><head>{{meta}}<title>Saltmarsh</title></head><body><article><p>{ACCENTED}</p></article></body></html>"


def _actors(place: build.Place, path: Path, *options: str) -> list[str]:
    result = run(place, "extract", *options, str(path))
    assert result.exit_code == 0, result.stderr
    return [role["actor"] for role in json.loads(result.stdout)["roles"]]


@pytest.mark.parametrize("written", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_text_is_read_in_the_encoding_that_is_named(place: build.Place, tmp_path: Path, written: str) -> None:
    """With an encoding named, texts in it and texts in UTF-8 are both read rightly."""
    path = tmp_path / "saltmarsh.txt"
    path.write_text(ACCENTED, encoding=written)
    assert "Kárel Vintér" in _actors(place, path, "--encoding", "windows-1252")


def test_lines_of_a_table_are_read_in_the_encoding_that_is_named(place: build.Place, tmp_path: Path) -> None:
    """Files of several reviews are read in it line by line."""
    path = tmp_path / "several.jsonl"
    path.write_text(json.dumps({"text": ACCENTED}, ensure_ascii=False) + "\n", encoding="cp1252")
    assert "Kárel Vintér" in _actors(place, path, "--encoding", "cp1252")


def test_what_a_page_declares_stays(place: build.Place, tmp_path: Path) -> None:
    """A page that declares its encoding is read in it, whatever is named for those that declare none."""
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(meta='<meta charset="windows-1252">'), encoding="cp1252")
    assert "Kárel Vintér" in _actors(place, path, "--encoding", "cp1251")
    path.write_text(PAGE.format(meta=""), encoding="cp1252")
    assert "Kárel Vintér" in _actors(place, path, "--encoding", "cp1252")


def test_a_file_in_no_named_encoding_says_how_to_read_it(place: build.Place, tmp_path: Path) -> None:
    """Without the option the error names it; a wrong encoding, or one that is none, is refused by name."""
    path = tmp_path / "saltmarsh.txt"
    path.write_text(ACCENTED, encoding="cp1252")
    assert "--encoding cp1252" in run(place, "extract", str(path)).stderr
    assert "neither UTF-8 nor ascii" in run(place, "extract", "--encoding", "ascii", str(path)).stderr
    for name in ("nonsense", "utf-16", "base64"):
        refused = run(place, "add", "--encoding", name, str(path))
        assert (refused.exit_code, f"{name}: is no encoding" in refused.stderr) == (2, True)


def test_a_review_in_an_old_encoding_is_stored(place: build.Place, tmp_path: Path) -> None:
    """What was read in an old encoding is stored and found with its accents."""
    path = tmp_path / "saltmarsh.txt"
    path.write_text(ACCENTED, encoding="cp1252")
    assert run(place, "add", "--encoding", "cp1252", str(path)).exit_code == 0
    assert "Kárel Vintér" in run(place, "query", "--name", "who-played-whom", "--format", "csv").stdout
