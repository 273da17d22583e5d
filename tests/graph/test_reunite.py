"""Resolution over what is stored: reviews that came first end up as if the dataset had been there before them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build, datasets, snapshot
from graph.iris import DEFAULT_BASE
from graph.sources.imdb import Choice
from tests.graph.sources import test_tmdb
from tests.graph.sources.imdb_files import ROWS, write

REVIEW = """Rust and Salt (1990) Review

Rust and Salt is a 1990 drama about a ferry.

The diver, Voss (Ann Bell), wants only quiet. Kevin (Cy Dorn) does not care.

Una Grey plays Max, her brother. Voss (Ann Bell) leaves.

Director(s): Ivar O'Hara

Actor(s): Ann Bell, Cy Dorn

User rating: 3.5 of 5 (4 votes)
"""
BRIEF = """Rost Review

Rost is a drama.

Sparks (Ann Bell) rows. Fay Voss (Ann Bell) sings.

Director(s): Ivar O'Hara
"""
COLD = """Cold Ferry (1995) Review

Cold Ferry is a 1995 drama.

The nurse, Ida (Ann Bell), waits.
"""
NAMESAKE = {
    "title_basics": [*ROWS["title.basics"], r"tt5 movie Cold~Ferry Cold~Ferry 0 1995 \N 98 Drama"],
    "title_principals": [*ROWS["title.principals"], r'tt5 1 nm8 actress \N ["Ida"]'],
    "name_basics": [*ROWS["name.basics"], r"nm8 Ann~Bell \N \N actress tt5"],
}


def run(place: build.Place, *words: str) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), *words])


def imdb(place: build.Place, folder: Path, **changed: list[str]) -> None:
    """The small dataset, imported."""
    build.import_dataset(place, datasets.imdb(write(folder, **changed), Choice(), datasets.Edition()))


def reviews(folder: Path, **texts: str) -> list[str]:
    """Reviews as files; gives their paths."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.txt") for name in texts]


def dump(place: build.Place) -> list[str]:
    """All that sources say, as lines."""
    with snapshot.open_current(place.data) as current:
        own = {f"{DEFAULT_BASE}graph/{name}" for name in ("inferred", "ontology", "merges")}
        return [
            line for name in current.graphs() if name not in own for line in current.dump(name).decode().split("\n")
        ]


def rows(place: build.Place, text: str) -> list[tuple[object, ...]]:
    """The rows of a query on what is published."""
    with snapshot.open_current(place.data) as current:
        return [tuple(str(cell).removeprefix(DEFAULT_BASE) for cell in row) for row in current.select(text).rows]


@pytest.mark.parametrize("mode", build.MODES)
def test_the_order_of_reviews_and_dataset_does_not_matter(tmp_path: Path, mode: str) -> None:
    """Byte for byte, each source says what it would say had the dataset come first."""
    first, later = (build.Place(tmp_path / name, DEFAULT_BASE) for name in ("first", "later"))
    files = reviews(tmp_path / "in", one=REVIEW, two=BRIEF)
    plain = tmp_path / "in" / "plain.json"
    plain.write_text(json.dumps({"title": "Rust and Salt", "year": 1990, "text": "Ann Bell rows. " * 9}), "utf-8")
    files.append(str(plain))
    imdb(first, tmp_path / "imdb")
    build.add(first, files, mode=mode)
    build.add(later, files, mode=mode)
    imdb(later, tmp_path / "imdb")
    assert dump(first) != dump(later)
    assert build.resolve(later).snapshot is not None
    assert dump(first) == dump(later)
    assert any('"Review of Rust & Salt (1990)"' in line for line in dump(later))
    assert run(later, "validate").exit_code == 0


@pytest.fixture
def merged(place: build.Place, tmp_path: Path) -> build.Place:
    """Two reviews, then the dataset, then resolution."""
    build.add(place, reviews(tmp_path / "in", one=REVIEW, two=BRIEF))
    imdb(place, tmp_path / "imdb")
    build.resolve(place)
    return place


def test_resolving_again_changes_nothing(merged: build.Place) -> None:
    """The second run publishes no snapshot."""
    result = run(merged, "resolve")
    assert "unchanged everything is resolved already" in result.stdout
    assert len(snapshot.list_snapshots(merged.data)) == 3


def test_a_published_iri_leads_to_the_one_that_took_its_place(merged: build.Place) -> None:
    """Films, people, characters, roles, credits and passages; the first three with the reason and how sure it is."""
    pairs = set(rows(merged, "SELECT ?old ?new { ?old <https://w3id.org/filmgraph#mergedInto> ?new }"))
    assert {
        ("film/rust-and-salt-1990", "film/tt1"),
        ("film/rost", "film/tt1"),
        ("person/ann-bell", "person/nm1"),
        ("character/rost/fay-voss", "character/tt1/fay-sparks-voss"),
        ("role/rost/ann-bell/sparks", "role/tt1/nm1/fay-sparks-voss"),
        ("credit/rost/ivar-ohara/director", "credit/tt1/nm4/director"),
    } <= pairs
    assert any(str(old).startswith("evidence/") for old, _ in pairs)
    merges = rows(merged, query_of("Merge", "?merge film:confidence ?sure"))
    assert ("film/rost", "film/tt1", "the only film of this title, 2 shared people", "0.94") in merges
    assert ("person/ann-bell", "person/nm1", "the same name in the film's cast", "0.99") in merges
    assert any(row[0] == "character/rost/sparks" and "“Sparks” fits" in str(row[2]) for row in merges)


def query_of(kind: str, more: str = "BIND(1 AS ?sure)") -> str:
    """The merges or doubts of a graph with what they are about."""
    return f"""
    PREFIX film: <https://w3id.org/filmgraph#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?old ?new ?why ?sure {{
      ?merge a film:{kind} ; film:about ?old ; <http://purl.org/dc/terms/references> ?new ; rdfs:label ?why . {more}
    }}"""


def test_what_is_gone_is_said_nowhere_else(merged: build.Place) -> None:
    """No source speaks of an IRI that was merged."""
    gone = {str(old) for (old,) in rows(merged, "SELECT ?old { ?old <https://w3id.org/filmgraph#mergedInto> ?new }")}
    assert [line for line in dump(merged) if any(f"<{DEFAULT_BASE}{iri}>" in line for iri in gone)] == []


def test_two_roles_that_become_one_keep_the_passages_of_both(merged: build.Place) -> None:
    """Sparks and Fay Voss are one character: one role, two sentences."""
    role = "<http://localhost:8000/role/tt1/nm1/fay-sparks-voss>"
    said = rows(
        merged, f"SELECT ?s {{ {role} <https://w3id.org/filmgraph#evidence>/<https://w3id.org/filmgraph#quote> ?s }}"
    )
    assert ("Sparks (Ann Bell) rows.",) in said
    assert ("Fay Voss (Ann Bell) sings.",) in said


def test_pairs_that_disagree_or_are_not_sure_are_listed(merged: build.Place) -> None:
    """Where film and actor agree and the characters' names do not, both stay; the list tells why, in three forms."""
    table = run(merged, "stats", "--unresolved").stdout
    assert "disagreement" in table
    listed = list(csv.DictReader(io.StringIO(run(merged, "stats", "--unresolved", "--format", "csv").stdout)))
    assert [(row["kind"], row["label"], row["otherLabel"], row["reason"]) for row in listed] == [
        ("disagreement", "Cy Dorn as Kevin", "Çy Dorn as Hugo", "another name than the dataset's")
    ]
    assert listed[0]["source"].startswith(f"{DEFAULT_BASE}review/one-")
    found = json.loads(run(merged, "stats", "--unresolved", "--format", "json").stdout)
    assert len(found["results"]["bindings"]) == len(listed) == 1
    assert run(merged, "stats", "--format", "csv").exit_code == 2


def test_nothing_unresolved(place: build.Place, tmp_path: Path) -> None:
    """A graph without doubts says so."""
    build.add(place, reviews(tmp_path / "in", one=REVIEW))
    assert run(place, "stats", "--unresolved").stdout == "nothing is unresolved\n"


def test_a_film_a_year_off_stays_apart_and_is_listed(place: build.Place, tmp_path: Path) -> None:
    """Nobody in common and another year: the review keeps a film of its own."""
    imdb(place, tmp_path / "imdb")
    build.add(place, reviews(tmp_path / "in", old="Old Light (1933) Review\n\nMia (Ada Quill) rows in Old Light.\n"))
    found = rows(place, query_of("Doubt"))
    assert found == [("film/old-light-1933", "film/tt4", "the same title and a year apart, but nobody in common", "1")]
    before = dump(place)
    assert build.resolve(place).snapshot is None
    assert dump(place) == before


def test_a_name_that_stood_for_two_people_leads_to_both(place: build.Place, tmp_path: Path) -> None:
    """Each film's cast tells which of the namesakes is meant; the IRI of the name was published for both."""
    build.add(place, reviews(tmp_path / "in", one=REVIEW, cold=COLD))
    imdb(place, tmp_path / "imdb", **NAMESAKE)
    build.resolve(place)
    old = "<http://localhost:8000/person/ann-bell> <https://w3id.org/filmgraph#mergedInto> ?new"
    assert set(rows(place, f"SELECT ?new {{ {old} }}")) == {("person/nm1",), ("person/nm8",)}


def test_an_iri_in_use_again_is_no_merged_one(merged: build.Place, tmp_path: Path) -> None:
    """Once the dataset is gone and a review makes the film anew, its IRI stands for that film."""
    build.remove(merged, "imdb")
    for source in ("one", "two"):
        with snapshot.open_current(merged.data) as current:
            name = next(graph for graph in current.graphs() if f"graph/{source}-" in graph)
        build.remove(merged, name.removeprefix(f"{DEFAULT_BASE}graph/"))
    build.add(merged, reviews(tmp_path / "in", two=BRIEF))
    build.resolve(merged)
    pairs = rows(merged, "SELECT ?old ?new { ?old <https://w3id.org/filmgraph#mergedInto> ?new }")
    assert ("film/rost", "film/tt1") not in pairs
    assert ("film/rust-and-salt-1990", "film/tt1") in pairs


def test_people_of_another_dataset_join_by_the_casts_of_their_films(place: build.Place, tmp_path: Path) -> None:
    """TMDB's film has IMDb's id; its people have TMDB's own, and become IMDb's where the casts agree."""
    build.import_dataset(place, datasets.tmdb(test_tmdb.write(tmp_path / "tmdb", larger=True), datasets.Edition()))
    changed = {
        "title_basics": [*ROWS["title.basics"], r"tt0042 movie Saltmarsh Saltmarsh 0 1994 \N 98 Drama"],
        "title_principals": [
            *ROWS["title.principals"],
            r'tt0042 1 nm5 actress \N ["Ivy"]',
            r"tt0042 2 nm9 actor \N \N",
        ],
        "name_basics": [*ROWS["name.basics"], r"nm9 Karel~Vinter \N \N actor tt0042"],
    }
    imdb(place, tmp_path / "imdb", **changed)
    build.resolve(place)
    odd = "SELECT ?who { ?role <https://w3id.org/filmgraph#character>/<https://w3id.org/filmgraph#name> 'Odd' ; "
    assert rows(place, odd + "<https://w3id.org/filmgraph#performer> ?who }") == [("person/nm9",)]
    merged = set(rows(place, "SELECT ?old ?new { ?old <https://w3id.org/filmgraph#mergedInto> ?new }"))
    assert {("person/tmdb-11", "person/nm9"), ("role/tt0042/tmdb-11/odd", "role/tt0042/nm9/odd")} <= merged
    assert ("person/tmdb-12", "person/nm5") not in merged
    assert run(place, "validate").exit_code == 0
