"""TMDB's CSV files, in both of their forms."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import build, datasets, query, snapshot
from graph.errors import InputError
from graph.sources.tables import Tables
from graph.sources.tmdb import find_tmdb, read_tmdb

CAST = [
    {"id": 11, "name": "Karel Vinter", "character": "Odd (voice)", "cast_id": 1},
    {"id": 12, "name": "Ida Holm", "character": ""},
    {"id": 13, "name": "Una O'Grey", "character": "Herself"},
]
CREW = [
    {"id": 14, "name": "Petra Lindqvist", "job": "Director", "department": "Directing"},
    {"id": 14, "name": "Petra Lindqvist", "job": "Screenplay", "department": "Writing"},
    {"id": 15, "name": "Bo Lind", "job": "Best Boy", "department": "Lighting"},
]
FILM = {
    "id": "7",
    "title": "Saltmarsh",
    "original_title": "Saltmyr",
    "release_date": "1994-03-01",
    "runtime": "98.0",
    "tagline": 'Two "families",\none island.',
    "overview": "A ferry.",
    "vote_average": "7.5",
    "vote_count": "12",
}
LISTS = {
    "genres": [{"id": 18, "name": "Drama"}],
    "production_companies": [{"name": "Vik Film", "id": 3}],
    "production_countries": [{"iso_3166_1": "NO", "name": "Norway"}],
}


def write(
    folder: Path, *, larger: bool = False, more: tuple[dict[str, str], ...] = (), cast: list[dict[str, Any]] = CAST
) -> Path:
    """Both files in a folder: the TMDB 5000 ones, or those of the larger dataset."""
    folder.mkdir(exist_ok=True)
    dump = repr if larger else json.dumps
    film = {**FILM, **{key: dump(value) for key, value in LISTS.items()}}
    credit = {"id" if larger else "movie_id": "7", "cast": dump(cast), "crew": dump(CREW)}
    if larger:
        film["imdb_id"] = "tt0042"
    names = ("movies_metadata.csv", "credits.csv") if larger else ("tmdb_5000_movies.csv", "tmdb_5000_credits.csv")
    for name, rows in zip(names, ([film, *more], [credit]), strict=True):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    """Empty fact tables."""
    (tmp_path / "scratch").mkdir()
    with Tables(tmp_path / "scratch") as empty:
        yield empty


@pytest.mark.parametrize(("larger", "film"), [(False, "tmdb-7"), (True, "tt0042")])
def test_films_and_parts(tables: Tables, tmp_path: Path, larger: bool, film: str) -> None:
    """Lists in JSON and in Python's notation are read alike; IMDb's id is kept where there is one."""
    assert list(read_tmdb(*find_tmdb(write(tmp_path / "in", larger=larger)), tables).lines()) == []
    assert tables.rows("SELECT id, title, original_title, year, runtime, tagline FROM film") == [
        (film, "Saltmarsh", "Saltmyr", 1994, 98, 'Two "families",\none island.')
    ]
    for table, name in (("genre", "Drama"), ("studio", "Vik Film"), ("country", "Norway")):
        assert tables.rows(f"FROM {table}") == [(film, name)]
    assert set(tables.rows("FROM role")) == {(film, "tmdb-11", "Odd", None, 1), (film, "tmdb-13", None, "Herself", 3)}
    assert set(tables.rows("FROM credit")) == {
        (film, "tmdb-11", "actor"),
        (film, "tmdb-12", "actor"),
        (film, "tmdb-13", "actor"),
        (film, "tmdb-14", "director"),
        (film, "tmdb-14", "writer"),
    }


def test_the_cast_has_the_order_that_its_members_name(tables: Tables, tmp_path: Path) -> None:
    """Whoever has the lowest ``order`` leads; a second part makes nobody fall behind, no order stands last."""
    cast = [
        {"id": 1, "name": "Ann Bell", "character": "Fay", "order": 2},
        {"id": 2, "name": "Cy Dorn", "character": "Odd"},
        {"id": 3, "name": "Bo Lind", "character": "The Twin", "order": 1},
        {"id": 3, "name": "Bo Lind", "character": "The Other Twin", "order": 0},
    ]
    folder = write(tmp_path / "in", cast=cast)
    read_tmdb(*find_tmdb(folder), tables)
    assert set(tables.rows("SELECT person, character, billing FROM role")) == {
        ("tmdb-3", "The Other Twin", 1),
        ("tmdb-3", "The Twin", 1),
        ("tmdb-1", "Fay", 2),
        ("tmdb-2", "Odd", 3),
    }


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "1997-08-20", "title": "Shifted"}, "has no id or no title"),
        ({"id": "7", "title": "Again"}, "the film 7 came before"),
        ({"id": "8", "title": "Broken", "genres": "[{"}, "genres is no list"),
    ],
)
def test_rows_that_cannot_be_read_are_told(tables: Tables, tmp_path: Path, row: dict[str, str], told: str) -> None:
    """Each with its line; the other films are there."""
    lines = list(read_tmdb(*find_tmdb(write(tmp_path / "in", more=(row,))), tables).lines())
    assert lines[0].startswith("tmdb_5000_movies.csv:4: ")
    assert told in lines[0]
    assert tables.number("SELECT count(*) FROM film WHERE id = 'tmdb-7'") == 1


def test_import(place: build.Place, tmp_path: Path) -> None:
    """Who played whom can be asked after an import; the same files again change nothing."""
    offer = datasets.tmdb(write(tmp_path / "in"), datasets.Edition())
    assert build.import_dataset(place, offer).added[0].source == "tmdb"
    with snapshot.open_current(place.data) as current:
        assert "Odd" in str(current.select(query.fill("who-played-whom")).rows)
    assert build.import_dataset(place, offer).unchanged


def test_files_that_are_missing_or_cut_off(tables: Tables, tmp_path: Path) -> None:
    """What is wrong is said with the file's name."""
    with pytest.raises(InputError, match="holds no tmdb_5000_movies"):
        find_tmdb(tmp_path)
    folder = write(tmp_path / "in")
    whole = folder / "tmdb_5000_credits.csv"
    (folder / "tmdb_5000_credits.csv.gz").write_bytes(gzip.compress(whole.read_bytes())[:-9])
    whole.unlink()
    with pytest.raises(InputError, match=r"credits\.csv\.gz: ends in the middle"):
        read_tmdb(*find_tmdb(folder), tables)
    whole.write_text("movie_id,title\n7,Saltmarsh\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column cast"):
        read_tmdb(*find_tmdb(folder), tables)
