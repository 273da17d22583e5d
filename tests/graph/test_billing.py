"""Who leads: the places that sources give performers in their casts, from the text to the order of a cast."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from graph import build, datasets, query, snapshot
from graph.extract import extract
from graph.facts import Document, Facts, Film, Metadata, Role, Value
from graph.iris import Iris
from graph.resolve import Known, identify
from graph.sources.imdb import Choice
from graph.store import in_memory
from tests.graph.sources.imdb_files import ROWS, write
from tests.small_graph import nquads

LISTED = "Rust (1990)\n\nFay (Ann Bell) rows to the island. Odd (Bo Lind) sings. Nobody minds the rain in this drama.\n"
REVIEW = """Rust and Salt (1990) Review

Rust and Salt is a 1990 drama about a ferry.

The smith, Hugo (Çy Dorn), wants only quiet. Sparks (Ann Bell) does not care. Una Grey plays the twin's mother.

Director(s): Ivar O'Hara

Actor(s): Çy Dorn, Una Grey
"""


@pytest.mark.parametrize(
    ("end", "cast", "places"),
    [
        ("", (), {"Ann Bell": None, "Bo Lind": None}),
        ("Actor(s): Bo Lind, Cy Dorn, Ann Bell", (), {"Ann Bell": 3, "Bo Lind": 1}),
        ("Cast:\n\n- Bo Lind as Odd\n- Cy Dorn as Max", (), {"Ann Bell": None, "Bo Lind": 1, "Cy Dorn": 2}),
        ("", ("Ann Bell", "Bo Lind"), {"Ann Bell": 1, "Bo Lind": 2}),
    ],
)
def test_a_list_of_the_cast_gives_places(end: str, cast: tuple[str, ...], places: dict[str, int | None]) -> None:
    """Whom a list names first leads, in whatever sentence the role is told; without a list nobody has a place."""
    found = extract(Document("case", f"{LISTED}\n{end}\n", Metadata(cast=cast)))
    assert {role.actor: role.billing for role in found.roles} == places


@pytest.mark.parametrize(("one", "other", "left"), [(2, 1, 1), (None, 3, 3), (None, None, None)])
def test_roles_that_become_one_have_the_first_of_their_places(
    one: int | None, other: int | None, left: int | None
) -> None:
    """Two spellings of one character, at two places of the cast or at none, leave one place."""
    said = Facts(
        source="x",
        film=Film(title=Value("Rust")),
        roles=(
            Role("Ann Bell", "The Coach", None, 0.9, billing=one),
            Role("Ann Bell", "the coach", None, 0.7, billing=other),
        ),
    )
    (role,) = identify(said, Iris(), Known()).facts.roles
    assert role.billing == left


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> build.Place:
    """A dataset, then a review of one of its films that lists the cast in another order."""
    folder = tmp_path_factory.mktemp("both")
    place = build.Place(folder / "data", "http://localhost:8000/")
    rows = [row for row in ROWS["title.principals"] if "hugo" not in row]  # the other name of one character
    files = write(folder / "in", title_principals=rows)
    build.import_dataset(place, datasets.imdb(files, Choice(), datasets.Edition()))
    (folder / "one.txt").write_text(REVIEW, encoding="utf-8")
    build.add(place, [str(folder / "one.txt")])
    return place


def test_each_source_tells_its_own_places(both: build.Place) -> None:
    """A role that two sources tell has the place of each in the graph of each."""
    text = """PREFIX film: <https://w3id.org/filmgraph#> SELECT ?graph ?name ?place {
      GRAPH ?graph { ?role film:billing ?place ; film:performer/film:name ?name }
    } ORDER BY ?name ?place"""
    with snapshot.open_current(both.data) as current:
        rows = {(str(graph).rsplit("/", 1)[-1][:4], name, place) for graph, name, place in current.select(text)}
    assert {row for row in rows if row[1] in ("Ann Bell", "Çy Dorn", "Una Grey")} == {
        ("imdb", "Ann Bell", 1),
        ("imdb", "Çy Dorn", 1),
        ("imdb", "Çy Dorn", 2),
        ("imdb", "Una Grey", 3),
        ("one-", "Çy Dorn", 1),
        ("one-", "Una Grey", 2),
    }


def test_a_cast_stands_by_the_first_place_that_a_source_gives(both: build.Place) -> None:
    """Of several places the first counts; among equals those come first of whom more passages tell, then by name."""
    with snapshot.open_current(both.data) as current:
        found = current.select(query.fill("film-cast", film=URIRef(f"{both.base}film/tt1")))
    shown = [found.variables.index(name) for name in ("name", "whom", "billing", "proofs")]
    assert [tuple(row[place] for place in shown) for row in found.rows] == [
        ("Ann Bell", 'Fay "Sparks" Voss', 1, 1),
        ("Çy Dorn", "Hugo", 1, 1),
        ("Ann Bell", "The Twin", 1, 0),
        ("Una Grey", None, 2, 1),
        ("Una Grey", None, 3, 0),
    ]


def test_the_same_files_are_read_once_more_for_what_was_not_read_before(tmp_path: Path) -> None:
    """A dataset that an earlier version imported is made anew from the same files, since they tell more now."""
    place = build.Place(tmp_path / "data", "http://localhost:8000/")
    files = write(tmp_path / "in")
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(datasets, "READ", "")
        build.import_dataset(place, datasets.imdb(files, Choice(), datasets.Edition()))
    assert build.import_dataset(place, datasets.imdb(files, Choice(), datasets.Edition())).added
    assert build.import_dataset(place, datasets.imdb(files, Choice(), datasets.Edition())).unchanged


@pytest.mark.parametrize(
    ("places", "known"), [((None, None), "Anchor"), ((1, 4), "Anchor"), ((4, 3), "Zephyr"), ((2, 1), "Anchor")]
)
def test_somebody_is_known_for_a_film_that_they_lead(places: tuple[int | None, ...], known: str) -> None:
    """Of several films one is told in which the person is among the first three, else the first by title."""
    turtle = ":p film:name 'Ann Lee' . :a film:title 'Anchor' . :z film:title 'Zephyr' ."
    for role, film, place in zip(("r1", "r2"), "az", places, strict=True):
        billing = f" ; film:billing {place}" if place else ""
        turtle += f" :{role} film:inFilm :{film} ; film:performer :p{billing} ."
    person = URIRef("http://example.org/p")
    source = in_memory(nquads(turtle, "http://example.org/g").replace(b" <http://example.org/g> .", b" ."))
    found = source.select(query.fill("known-for", person=person))
    assert found.rows == [(person, 2, known)]
