"""RDF files: films in terms of schema.org become facts, raw ones stay as they are, bad ones change nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmgraph import main
from graph import build, snapshot
from graph.errors import InputError
from graph.sources.rdf import read_schema_org
from graph.sources.tables import Tables
from graph.store import read_quads, read_statements

BASE = "http://localhost:8000/"
FILMS = """
@prefix s: <https://schema.org/> . @prefix o: <http://schema.org/> .
<https://www.imdb.com/title/tt7> a s:Movie ; s:name "Saltmarsh", "Die Salzwiese" ; s:datePublished "1994-03-01" ;
  s:duration "PT1H38M" ; s:contentRating "PG" ; s:genre "Drama" ; s:countryOfOrigin [ a s:Country ; s:name "Norway" ] ;
  s:director <https://www.imdb.com/name/nm1> ; s:author [ s:name "Una Grey" ] ; s:producer "Bo Lind" ;
  s:aggregateRating [ s:ratingValue "7.5" ; s:bestRating 10 ; s:ratingCount 12 ] ;
  s:actor [ a s:PerformanceRole ; s:actor <https://www.imdb.com/name/nm2> ; s:characterName "Odd (voice)" ] ,
    [ a s:PerformanceRole ; s:actor <https://www.imdb.com/name/nm3> ; s:characterName "" ] ,
    [ a s:PerformanceRole ; s:actor <https://www.imdb.com/name/nm1> ; s:characterName "Self" ] ,
    [ a s:PerformanceRole ; s:actor <https://www.imdb.com/name/nm9> ; s:characterName "Nameless" ] .
<https://www.imdb.com/name/nm1> a s:Person ; s:name "Petra Lindqvist" .
<https://www.imdb.com/name/nm2> a s:Person ; s:name "Karel Vinter" .
<https://www.imdb.com/name/nm3> o:name "Ida Holm" ; o:performerIn <https://films.example/9> .
<https://films.example/9> a o:Movie ; o:name "Firedamp" ; o:dateCreated "1999" ; o:director <urn:who> .
<https://films.example/8> a o:Movie ; o:name "Firedamp" ; o:datePublished "1999" .
<urn:who> o:name "Max von Ek" .
<urn:nameless> a o:Movie .
"""

RDF_XML = """<!DOCTYPE r [<!ENTITY u "urn:">]>
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
<r:Description r:about="&u;s"><u:p>ä</u:p></r:Description></r:RDF>"""


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    """Fact tables filled from the films."""
    (tmp_path / "films.ttl").write_text(FILMS, encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    with Tables(tmp_path / "scratch") as filled:
        problems = read_schema_org(read_statements(tmp_path / "films.ttl", BASE), filled)
        assert list(problems.lines()) == [
            "statements: 1 × films without a name, left out",
            "statements: 1 × people without a name, left out",
            "statements: 1 × roles without a name of the character, kept as credits",
        ]
        yield filled


def run(place: build.Place, *words: str) -> Result:
    """One call of the command line on a data folder."""
    return CliRunner().invoke(main, ["--data", str(place.data), *words])


def test_films(tables: Tables) -> None:
    """Ids of IMDb are kept, others come from title and year; both spellings of schema.org are read."""
    assert tables.rows("SELECT id, title, year, runtime, certificate FROM film ORDER BY id") == [
        ("firedamp-1999", "Firedamp", 1999, None, None),
        ("firedamp-1999-2", "Firedamp", 1999, None, None),
        ("tt7", "Die Salzwiese", 1994, 98, "PG"),
    ]
    assert tables.rows("FROM other_title") == [("tt7", "Saltmarsh")]
    assert tables.rows("FROM country") == [("tt7", "Norway")]
    assert [(film, float(value), float(best), n) for film, _, value, best, n in tables.rows("FROM rating")] == [
        ("tt7", 7.5, 10.0, 12)
    ]


def test_parts(tables: Tables) -> None:
    """A role leads to person and character; a role with an empty name leaves the credit."""
    assert set(tables.rows("FROM role")) == {("tt7", "nm2", "Odd", None, None), ("tt7", "nm1", None, "Self", None)}
    assert set(tables.rows("FROM credit")) == {
        ("tt7", "nm1", "director"),
        ("tt7", "nm1", "actor"),
        ("tt7", "nm2", "actor"),
        ("tt7", "nm3", "actor"),
        ("tt7", "una-grey", "writer"),
        ("tt7", "bo-lind", "producer"),
        ("firedamp-1999-2", "nm3", "actor"),
        ("firedamp-1999-2", "max-von-ek", "director"),
    }


def test_import_mapped(place: build.Place, tmp_path: Path) -> None:
    """Who played whom can be asked after an import of schema.org data."""
    path = tmp_path / "films.ttl.gz"
    path.write_bytes(gzip.compress(FILMS.encode()))
    result = run(place, "import", "rdf", str(path), "--name", "Test Films")
    assert result.exit_code == 0, result.output
    assert "as test-films: 3 films, 2 roles" in result.stdout
    assert "Odd" in run(place, "query", "SELECT ?n { ?who film:played/film:name ?n }").stdout
    assert "unchanged" in run(place, "import", "rdf", str(path), "--name", "Test Films").stdout


def test_raw_keeps_graphs_and_nothing_is_added(place: build.Place, tmp_path: Path) -> None:
    """Named graphs stay, triples without one get the file's; there is no other graph."""
    path = tmp_path / "mixed.trig"
    path.write_text(
        '<urn:a> <urn:p> "x"@en . <urn:g> { <urn:b> a <https://w3id.org/filmgraph#Film> }', encoding="utf-8"
    )
    assert run(place, "import", "rdf", "--raw", str(path)).exit_code == 0
    with snapshot.open_current(place.data) as current:
        assert current.graphs() == [f"{BASE}graph/mixed", "urn:g"]
        assert current.dump().decode().splitlines() == [
            f'<urn:a> <urn:p> "x"@en <{BASE}graph/mixed> .',
            "<urn:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/filmgraph#Film> <urn:g> .",
        ]
    assert run(place, "remove", "urn:g").exit_code == 0
    with snapshot.open_current(place.data) as current:
        assert "urn:g" not in current.graphs()


def test_export_and_raw_import_give_the_same_bytes(sample: build.Place, place: build.Place, tmp_path: Path) -> None:
    """An export read into an empty folder exports as the same file."""
    path, again = tmp_path / "all.nq", tmp_path / "again.nq"
    assert run(sample, "export", "-o", str(path)).exit_code == 0
    assert run(place, "import", "rdf", "--raw", str(path)).exit_code == 0
    assert run(place, "export", "-o", str(again)).exit_code == 0
    assert path.read_bytes() == again.read_bytes()
    assert "unchanged" in run(place, "import", "rdf", "--raw", str(path)).stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nt", '<urn:s> <urn:p> "ä" .'),
        ("a.nq", '<urn:s> <urn:p> "ä" <urn:g> .'),
        ("a.ttl", '@prefix : <urn:> . :s :p "ä" .'),
        ("a.trig", '<urn:g> { <urn:s> <urn:p> "ä" }'),
        ("a.rdf", RDF_XML),
        ("a.jsonld", '{"@id": "urn:s", "urn:p": "ä"}'),
    ],
)
def test_every_format_is_read_packed_or_not(tmp_path: Path, name: str, text: str) -> None:
    """One statement, six formats, each also as .gz."""
    plain, packed = tmp_path / name, tmp_path / f"{name}.gz"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    for path in (plain, packed):
        assert list(read_statements(path, BASE)) == [("urn:s", "urn:p", "ä", True)]


def test_the_context_of_schema_org_need_not_be_fetched(tmp_path: Path) -> None:
    """JSON-LD as pages embed it is read without the network."""
    path = tmp_path / "a.jsonld"
    path.write_text('{"@context": "https://schema.org", "@id": "urn:a", "name": "Saltmarsh"}', encoding="utf-8")
    assert list(read_statements(path, BASE)) == [("urn:a", "http://schema.org/name", "Saltmarsh", True)]


def test_blank_nodes_get_the_same_names_each_time(tmp_path: Path) -> None:
    """Nodes without a label are numbered in the order in which they come; labels of N-Triples stay."""
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> [ <urn:q> [] ] .", encoding="utf-8")
    (tmp_path / "a.nt").write_text("_:me <urn:p> <urn:o> .", encoding="utf-8")
    first, again = (sorted(read_quads(tmp_path / "a.ttl", "urn:g")) for _ in range(2))
    assert first == again
    assert next(read_quads(tmp_path / "a.nt", "urn:g"))[1] == "_:me <urn:p> <urn:o> <urn:g> .\n"


LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 30))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.ttl", '<urn:s> <urn:p> "x" .\n<urn:a b> <urn:p> "x" .', r"a\.ttl:2: .*IRI"),
        ("a.nt", '<urn:s> <urn:p> "x"@e_n .', r"a\.nt:1: .*"),
        ("a.ttl", '<urn:s> <urn:p> "x"@waytoolongsubtag .', r"a\.ttl:1: .*subtag"),
        ("a.nq", '<urn:s> <urn:p> "x" _:g .', r"a\.nq: the graph _:g is a blank node"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}]><r>&l29;</r>', r"a\.rdf: the entity l1 is"),
        ("a.rdf", '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>', r"a\.rdf: the entity e is"),
        (
            "a.jsonld",
            '{"@context": "https://other.example/c", "@id": "urn:a"}',
            r"a\.jsonld: the context https://other",
        ),
        ("a.csv", "a,b", r"a\.csv: \.csv is no suffix of RDF"),
        ("a.jsonld", "[1, ", r"a\.jsonld.*"),
    ],
)
def test_what_cannot_be_read_leaves_the_store_as_it_was(
    place: build.Place, tmp_path: Path, name: str, text: str, told: str
) -> None:
    """The message names file and line; the good file beside it is not stored either."""
    (tmp_path / "good.nt").write_text("<urn:s> <urn:p> <urn:o> .", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        build.import_raw(place, [tmp_path / "good.nt", tmp_path / name])
    assert snapshot.list_snapshots(place.data) == []


def test_a_gzip_that_is_cut_off(tmp_path: Path) -> None:
    """A download that broke off is told as such."""
    path = tmp_path / "a.nt.gz"
    path.write_bytes(gzip.compress(b"<urn:s> <urn:p> <urn:o> .\n" * 9)[:-9])
    with pytest.raises(InputError, match="ends in the middle"):
        list(read_statements(path, BASE))
