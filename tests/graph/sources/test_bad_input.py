"""What bad input gets: a clear error that names the file, and a store that is as it was."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmgraph import main
from graph import build, snapshot
from graph.sources.json_lines import read_json
from tests.graph.sources import test_tmdb
from tests.graph.sources.imdb_files import write

NAME = b"<http://a.example/f> <http://schema.org/name> "
LINE = NAME + b'"x" .\n'
RDF = (
    b'<?xml version="1.0"?>\n%s<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    b' xmlns:s="http://schema.org/"><rdf:Description rdf:about="%s"><s:name%s>%s</s:name></rdf:Description></rdf:RDF>'
)
LAUGHS = b"<!DOCTYPE r [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (ord("a") + n, b"&%c;" % (ord("a") + n - 1) * 10) for n in range(1, 10)
)


def xml(name: bytes = b"x", *, head: bytes = b"", iri: bytes = b"http://a.example/f", more: bytes = b"") -> bytes:
    """RDF/XML with one name."""
    return RDF % (head, iri, more, name)


def long(start: bytes, end: bytes, megabytes: int = 40) -> bytes:
    """A packed text with a line of many megabytes."""
    packed = io.BytesIO()
    with gzip.open(packed, "wb", compresslevel=1) as file:
        file.write(start)
        for _ in range(megabytes):
            file.write(b"x" * (1 << 20))
        file.write(end)
    return packed.getvalue()


RDF_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut.nt.gz": (lambda: gzip.compress(LINE * 999)[:60], "ends in the middle of its compressed data"),
    "damaged.nt.gz": (lambda: gzip.compress(LINE)[:12] + b"\xff" * 40, "damaged.nt.gz: "),
    "unpacked.nt.gz": (lambda: LINE, "is not packed by gzip, though its name ends in .gz"),
    "packed.nt": (lambda: gzip.compress(LINE), "is packed by gzip; give it a name that ends in .gz"),
    "empty.ttl": (lambda: b"", "is empty"),
    "nothing.ttl": (lambda: b"# no statement\n", "holds no"),
    "films.tsv": (lambda: LINE, ".tsv is no suffix of RDF"),
    "latin.nt": (lambda: NAME + b'"caf\xe9" .\n', ":1: "),
    "nul.nt": (lambda: NAME + b'"a\0b" .\n', "NUL character"),
    "escaped-nul.ttl": (lambda: NAME + b'"a\\u0000b" .\n', "NUL character"),
    "iri.nt": (lambda: LINE + b'<http://a b> <http://schema.org/name> "x" .\n', ":2: "),
    "iri.ttl": (lambda: LINE + b'<http://a/{b}> <http://schema.org/name> "x" .\n', ":2: "),
    "iri.rdf": (lambda: xml(iri=b"http://a b"), "http://a b"),
    "iri.jsonld": (lambda: b'{"@id": "http://a b", "http://schema.org/name": "x"}', "'http://a b' is no IRI"),
    "relative.nt": (lambda: LINE.replace(b"http://a.example/f", b"film"), ":1: "),
    "language.nt": (lambda: LINE + NAME + b'"x"@123 .\n', ":2: "),
    "language.ttl": (lambda: NAME + b'"x"@muchtoolongforatag .\n', ":1: "),
    "language.rdf": (lambda: xml(more=b' xml:lang="e n"'), "language tag 'e n'"),
    "language.jsonld": (
        lambda: b'{"@id": "http://a/f", "http://schema.org/name": {"@value": "x", "@language": "e n"}}',
        "'e n' is no language tag",
    ),
    "laughs.rdf": (lambda: xml(b"&j;", head=LAUGHS), "the entity b is long, external or made of other entities"),
    "outside.rdf": (
        lambda: xml(b"&a;", head=b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"),
        "the entity a is long, external",
    ),
    "repeated.rdf": (
        lambda: xml(b"&a;" * 99_999, head=b"<!DOCTYPE r [<!ENTITY a '%s'>]>" % (b"h" * 250)),
        "a text of more than 187,500 bytes",
    ),
    "deep.jsonld": (lambda: b"[" * 99_999 + b"]" * 99_999, "nested too deeply"),
    "long.nt.gz": (lambda: long(NAME + b'"', b'" .\n'), "a statement of more than 16,000,000 bytes"),
    "long.ttl.gz": (lambda: long(NAME + b'"', b'" .\n'), "a statement of more than 16,000,000 bytes"),
    "long.rdf.gz": (
        lambda: long(xml(b"|").partition(b"|")[0], xml(b"|").partition(b"|")[2]),
        "a text of more than 16,000,000 bytes",
    ),
    "large.jsonld.gz": (lambda: long(b'{"@id": "', b'"}', 200), "convert it to N-Quads"),
}
"""Files of RDF: what is in them, and what is said of them."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> build.Place:
    """A store with something in it."""
    folder = tmp_path_factory.mktemp("stored")
    place = build.Place(folder / "var", "http://localhost:8000/")
    (folder / "good.nt").write_bytes(LINE)
    build.import_raw(place, [folder / "good.nt"])
    return place


def refused(place: build.Place, path: Path, *command: str) -> str:
    """What is said of bad input, after it was made sure that nothing came of it."""
    before = state(place)
    result = CliRunner().invoke(main, ["--data", str(place.data), "import", *command, str(path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stderr.startswith("filmgraph: ")
    assert state(place) == before
    return result.stderr


def state(place: build.Place) -> tuple[list[str], bytes]:
    """What is in the data folder, and what is published."""
    with snapshot.open_current(place.data) as current:
        return sorted(path.name for path in place.data.iterdir()), current.dump()


@pytest.mark.parametrize("raw", [["--raw"], []], ids=["raw", "mapped"])
@pytest.mark.parametrize("name", RDF_FILES)
def test_bad_rdf(stored: build.Place, tmp_path: Path, name: str, raw: list[str]) -> None:
    """The file is named, and what is wrong with it; a line where there is one."""
    make, told = RDF_FILES[name]
    (tmp_path / name).write_bytes(make())
    said = refused(stored, tmp_path / name, "rdf", *raw)
    assert name in said
    assert told in said or (name == "nothing.ttl" and "no film" in said)


def change(name: str, to: Callable[[bytes], bytes | None], named: str = "") -> Callable[[Path], None]:
    """A change of one file in a folder; ``named`` renames it, None removes it."""

    def made(folder: Path) -> None:
        path = folder / name
        data = to(path.read_bytes())
        path.unlink()
        if data is not None:
            (folder / (named or name)).write_bytes(data)

    return made


BASICS, MOVIES = "title.basics.tsv", "tmdb_5000_movies.csv"
FOLDERS = {
    "imdb": {
        "missing": (change(BASICS, lambda _: None), "holds no title.basics.tsv"),
        "empty": (change(BASICS, lambda _: b""), "title.basics.tsv: is empty"),
        "columns": (change(BASICS, lambda data: data.replace(b"genres", b"kinds")), "has no column genres"),
        "nul": (change(BASICS, lambda data: data.replace(b"Old", b"O\0d")), "title.basics.tsv:5: holds a NUL byte"),
        "cut": (
            change(BASICS, lambda data: gzip.compress(data)[:-9], f"{BASICS}.gz"),
            "title.basics.tsv.gz: ends in the middle",
        ),
        "unpacked": (change(BASICS, bytes, f"{BASICS}.gz"), "title.basics.tsv.gz: is not packed by gzip"),
        "packed": (change(BASICS, gzip.compress), "title.basics.tsv: is packed by gzip"),
        "long": (
            change(BASICS, lambda data: long(data + b"tt9\tmovie\t", b"\tA\n" + data[-9:]), f"{BASICS}.gz"),
            "title.basics.tsv.gz:6: a line of more than 16,000,000 bytes",
        ),
    },
    "tmdb": {
        "missing": (change(MOVIES, lambda _: None), "holds no tmdb_5000_movies.csv"),
        "empty": (change(MOVIES, lambda _: b""), "tmdb_5000_movies.csv: is empty"),
        "columns": (change(MOVIES, lambda data: data.replace(b"release_date", b"day")), "has no column release_date"),
        "nul": (change(MOVIES, lambda data: data.replace(b"ferry", b"f\0rry")), "holds a NUL character"),
        "cut": (
            change(MOVIES, lambda data: gzip.compress(data)[:-9], f"{MOVIES}.gz"),
            "tmdb_5000_movies.csv.gz: ends in the middle",
        ),
        "unpacked": (change(MOVIES, bytes, f"{MOVIES}.gz"), "tmdb_5000_movies.csv.gz: is not packed by gzip"),
        "packed": (change(MOVIES, gzip.compress), "tmdb_5000_movies.csv: is packed by gzip"),
        "latin": (change(MOVIES, lambda data: data.replace(b"ferry", b"f\xe9rry")), "is not UTF-8"),
        "long": (
            change(MOVIES, lambda data: long(data + b"9,", b"\n"), f"{MOVIES}.gz"),
            "a line of more than 16,000,000 letters",
        ),
    },
}
"""Folders of datasets: what happens to one of their files, and what is said of it."""


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind, cases in FOLDERS.items() for case in cases])
def test_bad_files_of_datasets(stored: build.Place, tmp_path: Path, kind: str, case: str) -> None:
    """The file is named, and what is wrong with it; a line where there is one."""
    folder = write(tmp_path / "in") if kind == "imdb" else test_tmdb.write(tmp_path / "in")
    alter, told = FOLDERS[kind][case]
    alter(folder)
    assert told in refused(stored, folder, kind)


@pytest.mark.parametrize("kind", ["imdb", "tmdb", "rdf", "facts"])
def test_a_folder_without_files(stored: build.Place, tmp_path: Path, kind: str) -> None:
    """There is nothing to import, which is told."""
    (tmp_path / "in").mkdir()
    assert str(tmp_path / "in") in refused(stored, tmp_path / "in", kind)


def test_deep_json_has_its_own_message() -> None:
    """JSON that is nested too deeply is JSON; it is told what is wrong with it."""
    (said,) = read_json(b"[" * 99_999 + b"]" * 99_999, "deep.json")
    assert str(said).startswith("deep.json: is nested too deeply")
