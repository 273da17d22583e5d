"""Datasets in the store: the triples that facts give, replaced by newer editions, nothing stored on failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build, datasets, snapshot
from graph.errors import InputError
from graph.iris import Iris
from graph.resolve import Known, identify
from graph.sources.imdb import Choice
from graph.sources.tables import Tables
from graph.triples import DatasetSource, dataset_quads
from graph.triples.bulk import write_quads
from graph.validate import validate
from tests.graph.sources.imdb_files import ROWS, as_facts, read, write

IRIS = Iris("https://films.example/")
SHARED = Path(__file__).parents[4] / "shared" / "data"


def run(place: build.Place, *words: str) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), *words])


def written(tables: Tables, folder: Path, source: DatasetSource) -> bytes:
    """The graph as the database writes it."""
    result = write_quads(tables, IRIS, source, folder / "graph.nq")
    data = result.path.read_bytes()
    assert result.lines == data.count(b"\n")
    return data


@pytest.mark.parametrize("slice_", ["own", "imdb-slice"])
def test_a_bulk_import_writes_the_very_triples_that_facts_give(tmp_path: Path, slice_: str) -> None:
    """Byte for byte what ``dataset_quads`` makes of the same facts."""
    folder = write(tmp_path / "in") if slice_ == "own" else SHARED / slice_
    if not folder.exists():
        pytest.skip(f"no slice of IMDb's own files in {folder}; they may not be passed on")
    source = DatasetSource("imdb", "IMDb", "0" * 64, "1", "2026-01-31", "none", ("title.basics sha256:1",))
    with Tables(tmp_path) as tables:
        read(folder, tables)
        tables.run("DELETE FROM film WHERE id NOT IN (SELECT id FROM film ORDER BY id LIMIT 300)")
        films = [identify(facts, IRIS, Known()) for facts in as_facts(tables) if not _namesakes(facts.identifiers)]
        kept = "', '".join(str(film.film).rpartition("/")[2] for film in films)
        for table in ("role", "credit", "genre", "rating"):
            tables.run(f"DELETE FROM {table} WHERE film NOT IN ('{kept}')")  # noqa: S608
        tables.run(f"DELETE FROM film WHERE id NOT IN ('{kept}')")  # noqa: S608
        assert len(films) > 2
        assert written(tables, tmp_path, source) == dataset_quads(IRIS, source, films)


def _namesakes(identifiers: tuple[tuple[str, str], ...]) -> bool:
    """Whether two people of one film share a name: facts know people by name, so these are left out."""
    return len(dict(identifiers)) < len(identifiers)


def test_what_is_written_fits_the_shapes(tmp_path: Path) -> None:
    """The graph of a dataset is valid."""
    with Tables(tmp_path) as tables:
        read(write(tmp_path / "in"), tables)
        validate(written(tables, tmp_path, DatasetSource("imdb", "IMDb", "0" * 64)), "imdb")


def test_import_imdb(place: build.Place, tmp_path: Path) -> None:
    """Who played whom can be asked after an import, and the dataset says where it came from."""
    folder = write(tmp_path / "in")
    result = run(place, "import", "imdb", str(folder), "--version", "7", "--date", "2026-11-01", "--licence", "own")
    assert result.exit_code == 0, result.output
    assert "3 films" in result.stdout
    asked = run(place, "query", "SELECT ?name { <http://localhost:8000/person/nm1> film:played/film:name ?name }")
    assert 'Fay "Sparks" Voss' in asked.stdout
    with snapshot.open_current(place.data) as current:
        said = current.describe("http://localhost:8000/dataset/imdb").decode()
    for words in ("title.basics sha256:", '"2026-11-01"', '"own"', '"7"'):
        assert words in said


def test_the_sources_are_listed_with_edition_and_files(place: build.Place, tmp_path: Path) -> None:
    """What is stored, of which version and date, under which licence, from which bytes."""
    folder = write(tmp_path / "in")
    run(place, "import", "imdb", str(folder), "--version", "7", "--date", "2026-11-01", "--min-votes", "1")
    listed = run(place, "stats", "--sources").stdout.splitlines()
    assert listed[0].split() == ["imdb", "IMDb"]
    digest = datasets.file_digest(folder / "title.basics.tsv")
    for line in (
        "version 7",
        "published 2026-11-01",
        "licence personal and non-commercial use only",
        f"title.basics sha256:{digest}",
        "types movie,short,tvMovie,tvShort,tvSpecial,video; from None; at least 1 votes",
    ):
        assert f"    {line}" in listed


def test_the_same_dataset_again_changes_nothing(place: build.Place, tmp_path: Path) -> None:
    """No second snapshot is made of the same files with the same choice."""
    folder = str(write(tmp_path / "in"))
    run(place, "import", "imdb", folder)
    again = run(place, "import", "imdb", folder)
    assert "unchanged" in again.stdout
    assert len(snapshot.list_snapshots(place.data)) == 1


@pytest.mark.parametrize("large", [False, True])
def test_a_newer_edition_takes_the_place_of_the_older(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """What the newer files no longer say is gone, and what followed from it; a small store is changed, a large made."""
    for limit in ("graph.infer.update.SMALL", "graph.difference.SMALL", "graph.store.renew.LARGE"):
        monkeypatch.setattr(limit, 0 if large else 1_000_000)
    run(place, "import", "imdb", str(write(tmp_path / "in")))
    run(place, "import", "imdb", str(write(tmp_path / "in", title_basics=ROWS["title.basics"][:2])))
    fresh = build.Place(tmp_path / "fresh", place.base)
    run(fresh, "import", "imdb", str(tmp_path / "in"))
    with snapshot.open_current(place.data) as current, snapshot.open_current(fresh.data) as other:
        assert current.dump() == other.dump()
    with snapshot.open_current(place.data) as current:
        assert current.select("SELECT ?film { ?film a <https://w3id.org/filmgraph#Film> }").rows == [
            ("http://localhost:8000/film/tt1",)
        ]


def test_a_dataset_that_cannot_be_read_leaves_the_store_as_it_was(place: build.Place, tmp_path: Path) -> None:
    """No snapshot, no scratch folder, one line that says what is wrong."""
    run(place, "import", "imdb", str(write(tmp_path / "in")))
    bad = write(tmp_path / "bad", True)
    path = bad / "name.basics.tsv.gz"
    path.write_bytes(path.read_bytes()[:40])
    result = run(place, "import", "imdb", str(bad))
    assert result.exit_code == 1
    assert "name.basics.tsv.gz" in result.stderr
    assert len(snapshot.list_snapshots(place.data)) == 1
    assert not list(place.data.glob(f"{datasets.SCRATCH}*"))


def test_a_choice_that_fits_no_film_is_refused(place: build.Place, tmp_path: Path) -> None:
    """An empty dataset is a mistake, not a dataset."""
    offer = datasets.imdb(write(tmp_path / "in"), Choice(since=2090), datasets.Edition())
    with pytest.raises(InputError, match="no film that is wanted"):
        build.import_dataset(place, offer)


def test_a_large_graph_is_checked_by_a_sample(
    place: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some films, with all that is said of them, are held against the shapes."""
    checked: list[bytes] = []
    monkeypatch.setattr(datasets, "CHECKED", 0)
    monkeypatch.setattr(datasets, "SAMPLE", 1)
    monkeypatch.setattr(datasets, "validate", lambda data, name: checked.append(data))
    build.import_dataset(place, datasets.imdb(write(tmp_path / "in"), Choice(), datasets.Edition()))
    assert checked[0].count(b"filmgraph#Film>") == 1


REVIEW = """Rust & Salt (1990) Review

Rust & Salt is a 1990 drama about a ferry.

The diver, Voss (Ann Bell), wants only quiet.

Director(s): Ivar O'Hara

Actor(s): Ann Bell
"""
MATCHES = """
SELECT ?known ?reason ?confidence {
  ?match <http://purl.org/dc/terms/references> ?known ; rdfs:label ?reason ; film:confidence ?confidence
} ORDER BY ?known
"""


def test_a_review_joins_a_dataset_and_says_why(place: build.Place, tmp_path: Path) -> None:
    """The review is about the dataset's film, its role is the dataset's, and each match has reason and confidence."""
    run(place, "import", "imdb", str(write(tmp_path / "in")))
    (tmp_path / "rust.txt").write_text(REVIEW, encoding="utf-8")
    result = run(place, "add", str(tmp_path / "rust.txt"))
    assert result.exit_code == 0, result.output
    role = "<http://localhost:8000/role/tt1/nm1/fay-sparks-voss>"
    assert run(place, "query", f"ASK {{ {role} film:evidence/film:quote ?sentence }}").stdout == "yes\n"
    said = run(place, "query", "--format", "csv", MATCHES).stdout
    assert 'film/tt1,"the same title and year' in said
    assert "person/nm1,the same name in the film's cast,0.99" in said
    assert run(place, "validate").exit_code == 0
