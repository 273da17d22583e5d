"""A small dataset in IMDb's format, all names invented, and fact tables read back as facts."""

from __future__ import annotations

import gzip
from pathlib import Path

from graph.facts import Credit, Facts, Film, Rating, Role, Value
from graph.sources.imdb import Choice, find_imdb, read_imdb
from graph.sources.tables import Problems, Tables

ROWS = {
    "title.basics": [
        "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres",
        r"tt1 movie Rust~&~Salt 塩と錆 0 1990 \N 98 Drama,Sci-Fi",
        r"tt2 short Say~\"When\" Say~\"When\" 0 \N \N \N \N",
        r"tt3 tvSeries Left~Out Left~Out 0 1990 \N 30 Drama",
        r"tt4 movie Old~Light Old~Light 0 1932 \N 61 Drama",
    ],
    "title.principals": [
        "tconst ordering nconst category job characters",
        r'tt1 1 nm1 actress \N ["Fay~\"Sparks\"~Voss","The~Twin"]',
        r'tt1 2 nm2 actor \N ["Hugo~(voice)"]',
        r'tt1 3 nm3 actor \N ["hugo"]',
        r"tt1 4 nm4 director \N \N",
        r"tt1 5 nm1 actress \N \N",
        r"tt1 6 nm2 producer \N \N",
        r'tt1 7 nm5 self \N ["Self~-~Host"]',
        r"tt1 8 nm6 actor \N \N",
        r'tt1 9 nm5 archive_footage \N ["Nobody"]',
        r'tt2 1 nm1 actress \N ["Élodie","ÉLODIE"]',
        r'tt3 1 nm1 actress \N ["Left~Out"]',
        r'tt4 1 nm2 actor \N ["Lamplighter"]',
    ],
    "name.basics": [
        "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
        r"nm1 Ann~Bell \N \N actress tt1",
        r"nm2 Çy~Dorn \N \N actor tt1",
        r"nm3 Max~von~Ek \N \N actor tt1",
        r"nm4 Ivar~\O'Hara \N \N director tt1",
        r"nm5 Una~Grey \N \N \N \N",
        r"nm6 Bo~Lind \N \N \N \N",
        r"nm7 No~Part \N \N \N \N",
    ],
    "title.ratings": ["tconst averageRating numVotes", "tt1 7.0 1200", "tt4 5.55 3"],
    "title.crew": ["tconst directors writers", r"tt1 nm4 nm3,nm1", r"tt2 \N \N"],
    "title.akas": [
        "titleId ordering title region language types attributes isOriginalTitle",
        r"tt1 1 Rust~and~Salt US \N \N \N 0",
        r"tt1 2 塩と錆 JP \N \N \N 1",
        r"tt1 3 Rust~&~Salt GB \N \N \N 0",
        r"tt1 4 Rost US \N \N \N 0",
    ],
}
"""Rows of each file; a blank stands for a tab, a tilde for a blank."""


def write(folder: Path, packed: bool = False, /, **changed: list[str]) -> Path:
    """The files in a folder; ``changed`` replaces the rows of a file (``title_basics=[…]``), none leaves it out."""
    folder.mkdir(exist_ok=True)
    for name, rows in ROWS.items():
        rows = changed.get(name.replace(".", "_"), rows)
        text = "".join(row.replace(" ", "\t").replace("~", " ") + "\n" for row in rows).encode()
        if rows:
            path = folder / f"{name}.tsv{'.gz' if packed else ''}"
            path.write_bytes(gzip.compress(text, mtime=0) if packed else text)
    return folder


def read(folder: Path, tables: Tables, choice: Choice | None = None) -> Problems:
    """Fill fact tables from a folder."""
    return read_imdb(find_imdb(folder), choice or Choice(), tables)


def as_facts(tables: Tables) -> list[Facts]:
    """What fact tables say, film by film, as the records that reviews give."""
    names = dict(tables.rows("SELECT id, name FROM person"))
    films = tables.rows("SELECT id, title, original_title, year, runtime FROM film ORDER BY id")
    return [_facts(tables, names, *film) for film in films]


def _facts(
    tables: Tables, names: dict[str, str], film: str, title: str, original: str | None, year: int | None, minutes: int
) -> Facts:
    def values(table: str) -> tuple[Value[str], ...]:
        rows = tables.rows(f"SELECT name FROM {table} WHERE film = ?", [film])  # noqa: S608
        return tuple(Value(name) for (name,) in rows)

    roles = tables.rows("SELECT person, character, description, billing FROM role WHERE film = ?", [film])
    jobs = tables.rows("SELECT person, job FROM credit WHERE film = ?", [film])
    ratings = tables.rows("SELECT kind, value, best, count FROM rating WHERE film = ?", [film])
    people = {person for person, *_ in (*roles, *jobs)}
    return Facts(
        source="test",
        film=Film(
            title=Value(title),
            year=Value(year) if year else None,
            original_title=Value(original) if original else None,
            runtime=Value(minutes) if minutes else None,
            genres=values("genre"),
            other_titles=values("other_title"),
            identifier=film,
        ),
        credits=tuple(Credit(names[person], job) for person, job in jobs),
        roles=tuple(
            Role(names[person], name, words, 1.0, billing=place)
            for person, name, words, place in sorted(roles, key=str)
        ),
        ratings=tuple(Rating(kind, float(value), float(best), count) for kind, value, best, count in ratings),
        identifiers=tuple((names[person], person) for person in sorted(people)),
    )
