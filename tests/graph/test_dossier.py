"""What a snapshot's index tells of a film is what its store tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from graph import build, dossier, query, sidecar, snapshot
from graph.dossier import Dossier
from graph.sidecar import Company, Other, Sidecar
from graph.statements import Statements
from graph.store import Snapshot
from tests.small_graph import publish

EVERY = 7
"""Of the sample's films, each so many-th is looked at."""


def films(current: Snapshot) -> list[URIRef]:
    """The films of a snapshot."""
    rows = current.select("SELECT DISTINCT ?f { ?f a <https://w3id.org/filmgraph#Film> } ORDER BY ?f").rows
    return [URIRef(str(film)) for (film,) in rows]


def test_the_index_keeps_each_film_as_the_store_tells_it(sample: build.Place) -> None:
    """A dossier from the index has the rows, in the order, that queries give."""
    with snapshot.open_current(sample.data) as current:
        index = Sidecar.open(current.folder / sidecar.NAME)
        for film in films(current)[::EVERY]:
            kept = index.dossier(str(film))
            assert kept == dossier.gather(current, film)
            assert kept.facts
            assert kept.roles or kept.credits


def ways(index: Sidecar, film: URIRef, known: Dossier) -> tuple[list[Other], list[Company], list[Other]]:
    """The other films to which the index leads."""
    actors = [*(row.person for row in known.roles), *(row.person for row in known.credits if row.job == "actor")]
    directors = [(row.name, row.person) for row in known.credits if row.job == "director"]
    names = [row.whom for row in known.roles if row.character and row.whom]
    return index.by_directors(film, directors), index.with_cast(film, actors), index.with_names(film, names)


def test_the_index_leads_to_the_same_films_as_the_store(sample: build.Place) -> None:
    """Films by the same director, with the same cast and of the same characters are those that queries find."""
    met = [0, 0, 0]
    with snapshot.open_current(sample.data) as current:
        index = Sidecar.open(current.folder / sidecar.NAME)
        for film in films(current)[::EVERY]:
            known = dossier.gather(current, film)
            names = [Literal(row.whom) for row in known.roles if row.character and row.whom]
            asked = (
                query.rows(current, "film-same-director", Other, film=film),
                query.rows(current, "film-same-cast", Company, film=film),
                query.rows(current, "characters-elsewhere", Other, film=film, name=names) if names else [],
            )
            found = ways(index, film, known)
            assert found == asked
            met = [count + bool(rows) for count, rows in zip(met, found, strict=True)]
    assert all(met)


def test_a_film_without_a_title_has_no_dossier(tmp_path: Path) -> None:
    """What no source gives a title is no film to the index, and nothing is told of it by the store."""
    graph = {
        "http://example.org/g": ":f a film:Film . :r film:inFilm :f ; film:performer :p . :p film:name 'Ann Lee' ."
    }
    publish(tmp_path, graph)
    with snapshot.open_current(tmp_path) as current:
        film = URIRef("http://example.org/f")
        assert Sidecar.open(current.folder / sidecar.NAME).dossier(str(film)) is None
        gathered = dossier.gather(current, film)
        assert (gathered.facts, [row.name for row in gathered.roles]) == ((), ["Ann Lee"])


@pytest.mark.parametrize("value", ["七人の侍", 'two\nlines "quoted"', "\\", ""])
def test_a_packed_dossier_comes_back_as_it_was(value: str) -> None:
    """Any text of any script passes through packing unharmed, and the same dossier gives the same bytes."""
    parts = [True, [["s", value, False]], [["p", value, 0], ["p", 7.5, 0]], [], [], [["g", value]], [], []]
    unpacked = dossier.unpack(dossier.pack(parts))
    assert (unpacked.sources[0].label, [row.value for row in unpacked.facts]) == (value, [value, 7.5])
    assert dossier.pack(parts) == dossier.pack(parts)


def test_the_dossier_of_an_earlier_version_has_no_billing() -> None:
    """An index that was made before billing was read can be read all the same."""
    role = ["r", "p", "Ann Bell", None, None, "the nurse", False]
    parts = [False, [["s", "S", True]], [], [[*role, [0]]], [], [], [], []]
    (row,) = dossier.unpack(dossier.pack(parts)).roles
    assert (row.name, row.description, row.billing, row.sources) == ("Ann Bell", "the nurse", None, (0,))


def test_the_first_place_that_a_source_gives_counts(tmp_path: Path) -> None:
    """Sources may differ on billing; what is no whole number is no place, however the index is made."""
    film = "<http://example.org/one> prov:wasDerivedFrom :d . :d rdfs:label 'D' . :f a film:Film ; film:title 'Rust' ."
    film += " :p film:name 'Ann Lee' . :q film:name 'Bo Lind' . :s film:name 'Cy Dorn' ."
    role = ":{0} a film:Role ; film:inFilm :f ; film:performer :{1} ; film:roleDescription 'x' ; film:billing {2} ."
    one = [role.format("r1", "p", 3), role.format("r2", "q", "'first'"), role.format("r3", "s", 2)]
    graphs = {
        "http://example.org/one": " ".join([film, *one]),
        "http://example.org/two": ":r1 film:billing 1 .",
    }
    publish(tmp_path, graphs)
    with snapshot.open_current(tmp_path) as current:
        with Statements.of(current, tmp_path, "http://example.org/none") as statements:
            sidecar.build_from(statements, tmp_path / "bulk", {})
        rows = [
            Sidecar.open(path).dossier("http://example.org/f")
            for path in (current.folder / sidecar.NAME, tmp_path / "bulk")
        ]
    assert rows[0] == rows[1]
    assert rows[0]
    assert [(row.name, row.billing) for row in rows[0].roles] == [("Ann Lee", 1), ("Cy Dorn", 2), ("Bo Lind", None)]
