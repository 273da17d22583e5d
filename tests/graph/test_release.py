"""A release: its files, what they hold, and that the same graph gives the same bytes."""

from __future__ import annotations

import csv
import gzip
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import DCAT, Graph, URIRef
from rocrate.rocrate import ROCrate

from filmgraph import main

REVIEW = "Salt Harvest (2019)\n\nDirected by Ana Ruiz\n\nMira Osei plays the ferryman's widow Lena, and sings.\n"
OTHER = "Nachtwasser (2018)\n\nDirected by Bo Li\n\nJo Tan plays Ida.\n"


def run(data: Path, *words: str) -> Result:
    """What a command says."""
    return CliRunner().invoke(main, ["--data", str(data), *words])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two reviews, one of which has a licence."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "salt.txt").write_text(REVIEW, encoding="utf-8")
    (folder / "nacht.txt").write_text(OTHER, encoding="utf-8")
    assert run(folder / "data", "add", "--licence", "CC BY 4.0", str(folder / "salt.txt")).exit_code == 0
    assert run(folder / "data", "add", str(folder / "nacht.txt")).exit_code == 0
    return folder / "data"


def files(folder: Path) -> dict[str, bytes]:
    """The files of a release by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_snapshot_gives_the_same_bytes_anywhere(data: Path, tmp_path: Path) -> None:
    """Two releases of one snapshot, in folders of other names, are equal byte for byte."""
    assert run(data, "release", str(tmp_path / "one")).exit_code == 0
    assert run(data, "release", str(tmp_path / "deep" / "two")).exit_code == 0
    assert files(tmp_path / "one") == files(tmp_path / "deep" / "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "one"]


def test_every_file_stands_with_its_digest(data: Path, tmp_path: Path) -> None:
    """SHA256SUMS names every other file with the SHA-256 of its bytes."""
    run(data, "release", str(tmp_path / "out"))
    found = files(tmp_path / "out")
    sums = found.pop("SHA256SUMS").decode().splitlines()
    assert sums == [f"{sha256(found[name]).hexdigest()}  {name}" for name in sorted(found)]


def test_the_table_of_roles_holds_the_sentence_and_its_source(data: Path, tmp_path: Path) -> None:
    """Each role of roles.csv has its film, performer, character, sentence and review."""
    run(data, "release", str(tmp_path / "out"))
    with (tmp_path / "out" / "roles.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["title"], row["year"], row["actor"], row["whom"], row["quote"]) for row in csv.DictReader(file)]
    assert rows == [
        ("Nachtwasser", "2018", "Jo Tan", "Ida", "Jo Tan plays Ida."),
        ("Salt Harvest", "2019", "Mira Osei", "Lena", REVIEW.splitlines()[4]),
    ]


@pytest.mark.parametrize(("texts", "kept"), [("licensed", {"Salt"}), ("all", {"Salt", "Nacht"}), ("none", set())])
def test_whole_texts_are_passed_on_only_as_asked(data: Path, tmp_path: Path, texts: str, kept: set[str]) -> None:
    """By default only reviews with a licence keep their texts; sentences that prove something stay."""
    said = run(data, "release", "--texts", texts, str(tmp_path / "out"))
    quads = gzip.decompress((tmp_path / "out" / "filmgraph.nq.gz").read_bytes()).decode()
    turtle = gzip.decompress((tmp_path / "out" / "filmgraph.ttl.gz").read_bytes()).decode()
    lines = [line for line in quads.splitlines() if "filmgraph#text> " in line]
    assert {name for name in ("Salt", "Nacht") if any(f'"{name}' in line for line in lines)} == kept
    assert turtle.count('\tfilm:text "') == len(kept)
    assert "Jo Tan plays Ida." in turtle
    assert ("name no licence" in said.stderr) == (texts != "all")


def test_a_release_is_read_back_into_an_empty_folder(data: Path, tmp_path: Path) -> None:
    """`import rdf --raw` of the dump gives a graph that answers as the one that was released."""
    run(data, "release", "--texts", "all", str(tmp_path / "out"))
    assert run(tmp_path / "new", "import", "rdf", "--raw", str(tmp_path / "out" / "filmgraph.nq.gz")).exit_code == 0
    exported = [run(folder, "export").output for folder in (data, tmp_path / "new")]
    assert exported[0] == exported[1]


def test_the_descriptions_name_every_file(data: Path, tmp_path: Path) -> None:
    """The RO-Crate opens in its own library, and DCAT has a distribution for each file of data."""
    run(data, "release", str(tmp_path / "out"))
    crate = ROCrate(str(tmp_path / "out"))
    parts = {entity.id for entity in crate.data_entities}
    assert parts == set(files(tmp_path / "out")) - {"SHA256SUMS", "ro-crate-metadata.json"}
    assert crate.license["@id"].endswith("/zero/1.0/")
    described = Graph().parse(tmp_path / "out" / "void.ttl")
    names = {str(iri).rpartition("/")[2] for iri in described.subjects(predicate=DCAT.downloadURL)}
    assert {"filmgraph.nq.gz", "filmgraph.ttl.gz", "roles.csv", "sources.csv", "film.ttl"} <= names
    assert (URIRef("http://localhost:8000/.well-known/void#dataset"), None, None) in described


def test_a_folder_that_holds_something_is_refused_and_kept(data: Path, tmp_path: Path) -> None:
    """A release never mixes with what is there; without data there is none either."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    said = run(data, "release", str(tmp_path / "out"))
    assert (said.exit_code, "holds something already" in said.output) == (1, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert run(tmp_path / "none", "release", str(tmp_path / "new")).exit_code == 1
    assert not (tmp_path / "new").exists()
