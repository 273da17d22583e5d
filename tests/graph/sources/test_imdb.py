"""IMDb's files: which rows become facts, which are reported, and what stops the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.sources.characters import read_character
from graph.sources.imdb import Choice
from graph.sources.tables import Tables
from tests.graph.sources.imdb_files import ROWS, read, write


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    """Empty fact tables."""
    (tmp_path / "scratch").mkdir()
    with Tables(tmp_path / "scratch") as empty:
        yield empty


def test_films_with_their_values(tables: Tables, tmp_path: Path) -> None:
    """A film keeps its title, year and runtime; an original title that is the same is none; series are no films."""
    assert list(read(write(tmp_path / "in"), tables).lines()) == []
    assert tables.rows("SELECT id, title, original_title, year, runtime FROM film ORDER BY id") == [
        ("tt1", "Rust & Salt", "塩と錆", 1990, 98),
        ("tt2", r"Say \"When\"", None, None, None),
        ("tt4", "Old Light", None, 1932, 61),
    ]
    assert sorted(tables.rows("SELECT * FROM genre")) == [("tt1", "Drama"), ("tt1", "Sci-Fi"), ("tt4", "Drama")]
    assert sorted(tables.rows("SELECT * FROM other_title")) == [("tt1", "Rost"), ("tt1", "Rust and Salt")]
    assert [(film, float(value), count) for film, _, value, _, count in tables.rows("FROM rating ORDER BY film")] == [
        ("tt1", 7.0, 1200),
        ("tt4", 5.55, 3),
    ]


def test_parts_of_people(tables: Tables, tmp_path: Path) -> None:
    """Characters lose remarks in brackets, who appears as themselves plays no character, old footage is no part."""
    read(write(tmp_path / "in"), tables)
    assert set(tables.rows("SELECT person, character, description FROM role WHERE film = 'tt1'")) == {
        ("nm1", 'Fay "Sparks" Voss', None),
        ("nm1", "The Twin", None),
        ("nm2", "Hugo", None),
        ("nm3", "hugo", None),
        ("nm5", None, "Self - Host"),
    }
    assert set(tables.rows("SELECT person, job FROM credit WHERE film = 'tt1' AND job <> 'actor'")) == {
        ("nm4", "director"),
        ("nm2", "producer"),
        ("nm3", "writer"),
        ("nm1", "writer"),
    }


def test_the_cast_is_numbered_without_the_crew(tables: Tables, tmp_path: Path) -> None:
    """The order of the credits gives each performer a place among performers; where it is none, nothing is said."""
    rows = [
        ROWS["title.principals"][0],
        r"tt1 1 nm4 director \N \N",
        r'tt1 7 nm2 actor \N ["Hugo","The~Twin"]',
        r'tt1 2 nm3 actor \N ["Max"]',
        r"tt1 5 nm6 actor \N \N",
        r'tt4 \N nm2 actor \N ["Lamplighter"]',
    ]
    read(write(tmp_path / "in", title_principals=rows), tables)
    assert set(tables.rows("SELECT film, person, character, billing FROM role")) == {
        ("tt1", "nm3", "Max", 1),
        ("tt1", "nm2", "Hugo", 3),
        ("tt1", "nm2", "The Twin", 3),
        ("tt4", "nm2", "Lamplighter", None),
    }


def test_only_three_files_are_needed(tables: Tables, tmp_path: Path) -> None:
    """Without ratings, crew and other titles the films are there all the same."""
    folder = write(tmp_path / "in", True, title_ratings=[], title_crew=[], title_akas=[])
    assert list(read(folder, tables).lines()) == []
    assert tables.number("SELECT count(*) FROM film") == 3


@pytest.mark.parametrize(
    ("choice", "films"),
    [
        (Choice(types=("tvSeries",)), ["tt3"]),
        (Choice(since=1980), ["tt1"]),
        (Choice(min_votes=100), ["tt1"]),
        (Choice(min_votes=3), ["tt1", "tt4"]),
    ],
)
def test_the_choice_of_titles(tables: Tables, tmp_path: Path, choice: Choice, films: list[str]) -> None:
    """Types, first year and least number of votes select the titles."""
    read(write(tmp_path / "in"), tables, choice)
    assert [film for (film,) in tables.rows("SELECT id FROM film ORDER BY id")] == films


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("title.basics", "tt9 movie Short~Row", "title.basics.tsv:6: fewer columns"),
        ("title.basics", r"tt9 movie A A 0 1990 \N 98 Drama more", "title.basics.tsv:6: more columns"),
        ("title.basics", r"tt1 movie Again Again 0 1990 \N 98 Drama", "title.basics.tsv:6: the id tt1 came before"),
        ("title.basics", r"x9 movie A A 0 1990 \N 98 Drama", "title.basics.tsv:6: x9 is no id"),
        ("title.basics", r"tt9 movie \N \N 0 1990 \N 98 Drama", "title.basics.tsv:6: tt9 has no title"),
        ("title.basics", r"tt9 movie A A 0 199O \N 98 Drama", "title.basics.tsv:6: 199O is no year"),
        ("title.basics", r"tt9 movie A A 0 1990 \N long Drama", "title.basics.tsv:6: long is no number of minutes"),
        ("title.principals", r"tt1 9 nm1 actor \N [Fay", "title.principals.tsv:14: [Fay is no JSON list"),
        ("title.principals", r"tt1 9 nm99 actor \N \N", "title.principals.tsv:14: nm99 has no name"),
        ("name.basics", r"nm1 Twice \N \N \N \N", "name.basics.tsv:9: the id nm1 came before"),
        ("name.basics", r"nm1 \N \N \N \N \N", "name.basics.tsv:9: nm1 has no name"),
        ("title.ratings", "tt1 high 12", "title.ratings.tsv:4: high of 12 votes is no rating"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_file_and_line(
    tables: Tables, tmp_path: Path, file: str, row: str, told: str
) -> None:
    """The other rows are read as if it were not there."""
    folder = write(tmp_path / "in", **{file.replace(".", "_"): [*ROWS[file], row]})
    lines = list(read(folder, tables).lines())
    assert any(line.startswith(told) for line in lines), lines
    assert any("1 ×" in line for line in lines)
    assert tables.number("SELECT count(*) FROM film WHERE id IN ('tt1', 'tt2', 'tt4')") == 3


def test_lines_are_right_after_rejected_ones(tables: Tables, tmp_path: Path) -> None:
    """A row that the reader of the file rejects still counts as a line."""
    header, *rows = ROWS["title.basics"]
    folder = write(tmp_path / "in", title_basics=[header, "tt8 broken", *rows, r"tt1 movie A A 0 1990 \N 98 Drama"])
    lines = list(read(folder, tables).lines())
    assert any(line.startswith("title.basics.tsv:7: the id tt1 came before") for line in lines), lines


def test_twenty_problems_are_shown_and_all_are_counted(tables: Tables, tmp_path: Path) -> None:
    """A file with many bad rows does not flood the report."""
    broken = [f"tt{number} movie" for number in range(100, 150)]
    lines = list(read(write(tmp_path / "in", title_basics=[*ROWS["title.basics"], *broken]), tables).lines())
    assert len(lines) == 21
    assert lines[-1] == "title.basics.tsv: 50 × fewer columns than the first line"


def test_wrong_columns(tables: Tables, tmp_path: Path) -> None:
    """A file of another kind is refused before anything is read."""
    with pytest.raises(InputError, match=r"title\.basics\.tsv: has no column genres"):
        read(write(tmp_path / "in", title_basics=["tconst titleType"]), tables)


def test_a_gzip_that_is_cut_off(tables: Tables, tmp_path: Path) -> None:
    """A download that broke off is told as such."""
    folder = write(tmp_path / "in", True)
    path = folder / "title.principals.tsv.gz"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=r"title\.principals\.tsv\.gz: ends in the middle"):
        read(folder, tables)


def test_nul_bytes(tables: Tables, tmp_path: Path) -> None:
    """A file with a NUL byte is no text file, and the line is named."""
    folder = write(tmp_path / "in")
    path = folder / "name.basics.tsv"
    path.write_bytes(path.read_bytes().replace(b"Una", b"U\0a"))
    with pytest.raises(InputError, match=r"name\.basics\.tsv:6: holds a NUL byte"):
        read(folder, tables)


def test_a_line_that_never_ends(tables: Tables, tmp_path: Path) -> None:
    """A line of megabytes is one bad row."""
    endless = "tt9 movie " + "x" * 5_000_000 + r" A 0 1990 \N 98 Drama"
    lines = list(read(write(tmp_path / "in", title_basics=[*ROWS["title.basics"], endless]), tables).lines())
    assert lines[0] == "title.basics.tsv:6: a line of more than 2 MB"


def test_a_missing_file_is_named(tables: Tables, tmp_path: Path) -> None:
    """What is needed and not there is named with where to get it."""
    with pytest.raises(InputError, match=r"holds no name\.basics"):
        read(write(tmp_path / "in", name_basics=[]), tables)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("James Bond", ("James Bond", None)),
        ("Sir Hiss  (voice)", ("Sir Hiss", None)),
        ("Elsa (singing voice) (uncredited)", ("Elsa", None)),
        ("Young Max (1950s)", ("Young Max (1950s)", None)),
        ("Himself", (None, "Himself")),
        ("Selfridge", ("Selfridge", None)),
        ("(uncredited)", (None, None)),
        ("", (None, None)),
        ("—", (None, None)),
    ],
)
def test_names_of_characters(said: str, read: tuple[str | None, str | None]) -> None:
    """Only remarks that say how a part was played are no part of the name."""
    assert read_character(said) == read
