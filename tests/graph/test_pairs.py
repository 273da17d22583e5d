"""Search over two things: a role is found by actor and film, character and actor, character and film."""

from __future__ import annotations

import pytest

from graph import build, sidecar, snapshot
from graph.iris import DEFAULT_BASE
from graph.sidecar import Sidecar, find
from graph.sidecar.pairs import TYPING, Reach

FACTS = """title = "Films"
[[film]]
title = "Taxi Station"
year = 1976
roles = [["Roberto de Nero", "Travis Pickel"], ["Jodie Foss", "Iris"], ["Ann Bell", "Betsy"]]
[[film]]
title = "Casabianca"
year = 1942
roles = [["Henri Bogaert", "Rick Blain"], ["Ann Bell", "Ilsa Lund"], ["Zoë Ångström", "Yvonne"]]
[[film]]
title = "Casabianca"
year = 1998
roles = [["Otto Bogaert", "Rick Blain"], ["Cy Dorn", "Sam"]]
[[film]]
title = "The Long Été"
year = 1999
roles = [["Henri Bogaert", "Captain Léon"], ["Cy Dorn", "Captain Leon's Brother"]]
[[film]]
title = "Bell"
year = 2001
roles = [["Cy Dorn", "Kevin"], ["Kevin Foss", "Cy"]]
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Sidecar:
    """The index of a few films, some of whose people and titles are alike."""
    folder = tmp_path_factory.mktemp("pairs")
    (folder / "films.toml").write_text(FACTS, encoding="utf-8")
    place = build.Place(folder / "var", DEFAULT_BASE)
    build.import_facts(place, folder / "films.toml")
    with snapshot.open_current(place.data) as current:
        return Sidecar.open(current.folder / sidecar.NAME)


def roles(index: Sidecar, text: str) -> list[str]:
    """The roles that a text names, as who played whom in what."""
    return [f"{pair.name}, {pair.whom}, {pair.title} {pair.year}" for pair in index.pairs(text, 5)]


PICKEL, BLAIN = "Roberto de Nero, Travis Pickel, Taxi Station 1976", "Henri Bogaert, Rick Blain, Casabianca 1942"
YOUNG = "Otto Bogaert, Rick Blain, Casabianca 1998"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de nero taxi station", [PICKEL]),
        ("denero taxi station", [PICKEL]),
        ("taxi station denero", [PICKEL]),
        ("Travis taxi", [PICKEL]),
        ("pickel roberto de nero", [PICKEL]),
        ("taxi station rob", [PICKEL]),
        ("bogaert casabianca", [BLAIN, YOUNG]),
        ("bogaert casabianca 1998", [YOUNG]),
        ("rick casab", [BLAIN, YOUNG]),
        ("kevin cy dorn", ["Cy Dorn, Kevin, Bell 2001"]),
        ("angstrom casabianca", ["Zoë Ångström, Yvonne, Casabianca 1942"]),
        ("ÅNGSTRÖM Yvonne", ["Zoë Ångström, Yvonne, Casabianca 1942"]),
        ("bogaert été", ["Henri Bogaert, Captain Léon, The Long Été 1999"]),
        ("casabianca bogært", [BLAIN, YOUNG]),
        ("foss casabianca", []),
        ("bogaert casabianca 1950", []),
        ("casabianca", []),
        ("", []),
        ("a b", []),
    ],
)
def test_two_sides_name_a_role(index: Sidecar, text: str, found: list[str]) -> None:
    """In either order, by parts of names, without accents and blanks, the last word unfinished; the best first."""
    assert roles(index, text) == found
    assert not any(pair.near for pair in index.pairs(text, 5))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bogart casabianca", BLAIN),
        ("bogaert casablanca", BLAIN),
        ("de nero taxy statoin", PICKEL),
        ("travvis taxi station", PICKEL),
        ("leon long ete bogaert", "Henri Bogaert, Captain Léon, The Long Été 1999"),
        ("jody foss taxi station", "Jodie Foss, Iris, Taxi Station 1976"),
    ],
)
def test_an_error_in_one_side_is_seen_through(index: Sidecar, text: str, first: str) -> None:
    """Where nothing is spelt so, the role with the most alike names is offered, and marked."""
    assert roles(index, text)[0] == first
    assert all(pair.near for pair in index.pairs(text, 5))
    assert index.pairs(text, 5, near=False) == []


def test_a_role_comes_first_then_its_film_and_its_people(index: Sidecar) -> None:
    """Each once, the films and people of all roles behind them; with a kind, only those of it."""
    hits = find(index, "bogaert casabianca")
    assert [hit.kind for hit in hits] == ["role", "role", "film", "film", "person", "person"]
    assert (hits[0].label, hits[0].detail) == ("Henri Bogaert as Rick Blain", "Casabianca (1942)")
    assert {hit.kind for hit in find(index, "bogaert casabianca", "person")} == {"person"}
    assert find(index, "bogaert casabianca", "genre") == []
    assert find(index, "bogaert casabianca", limit=1) == hits[:1]


def test_who_is_called_so_comes_before_who_plays_so(index: Sidecar) -> None:
    """A name of one thing is that thing's first: here of a person, before another plays a character of that name."""
    hits = find(index, "kevin foss")
    assert (hits[0].kind, hits[0].label) == ("person", "Kevin Foss")
    assert not any(hit.near for hit in hits)


def test_suggestions_find_roles_too(index: Sidecar) -> None:
    """While typing, too; and where nobody means two things, none are made up."""
    assert [hit.kind for hit in find(index, "bogaert casab", typing=True)][:2] == ["role", "role"]
    assert [hit.kind for hit in find(index, "henri bog", typing=True)] == ["person"]
    assert [hit.near for hit in find(index, "jodie fos", typing=True)] == [False]


def test_little_is_read_while_somebody_types(index: Sidecar) -> None:
    """The reach bounds how many films are looked through."""
    assert len(index.pairs("bogaert casabianca", 5, reach=TYPING)) == 2
    assert index.pairs("bogaert casabianca", 5, reach=Reach(9, 9, 0, 9)) == []
