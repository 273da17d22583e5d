"""Withdrawing a role: it stands nowhere any more, stays withdrawn whatever is read again, and can be put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from graph import build, corrections, difference, query, recall, sidecar, snapshot
from graph.errors import InputError
from graph.infer import update
from graph.iris import DEFAULT_BASE
from graph.withdraw import Wish, Withdrawal, read_all
from tests.graph.test_infer import from_scratch, inferred
from tests.graph.test_reunite import NAMESAKE, imdb
from tests.graph.test_sidecar_update import assert_as_new

ONE = """Rust and Salt (1990) Review

Rust and Salt is a 1990 drama about a ferry.

The diver, Voss (Ann Bell), wants only quiet. Kevin (Cy Dorn) does not care. Max (Ann Bell) sings.

Director(s): Ivar O'Hara
"""
TWO = """Rust and Salt (1990) Review

Rust and Salt is a 1990 drama, and long.

Voss (Ann Bell) rows. Nils (Karel Vinter) steers.
"""
THREE = TWO.replace("and long", "and dull")
VOSS, MAX, KEVIN, NILS = (
    f"role/rust-and-salt-1990/{end}" for end in ("ann-bell/voss", "ann-bell/max", "cy-dorn/kevin", "karel-vinter/nils")
)
DAY = "2026-11-23"


def write(folder: Path, **texts: str) -> list[str]:
    """Reviews as files; gives their paths."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.txt") for name in texts]


@pytest.fixture
def two(place: build.Place, tmp_path: Path) -> build.Place:
    """Two reviews of one film, which agree on one role."""
    build.add(place, write(tmp_path / "in", one=ONE, two=TWO))
    return place


def withdraw(place: build.Place, role: str, source: str | None = None, *, everywhere: bool = False) -> Withdrawal:
    """The withdrawal of a role, published."""
    full = source and next(name for name in sources(place) if name.startswith(f"{source}-"))
    wish = Wish(role, "it was read wrongly", DAY, "Ada", full, everywhere)
    return corrections.withdraw(place, wish)[0]


def sources(place: build.Place) -> list[str]:
    """The ids of all sources."""
    with snapshot.open_current(place.data) as current:
        return [entry.id for entry in recall.sources(current)]


def dump(place: build.Place) -> bytes:
    """All that is published."""
    with snapshot.open_current(place.data) as current:
        return current.dump()


def roles(place: build.Place) -> set[str]:
    """The roles that stand."""
    with snapshot.open_current(place.data) as current:
        text = "SELECT DISTINCT ?role { ?role a <https://w3id.org/filmgraph#Role> }"
        return {str(row[0]).removeprefix(DEFAULT_BASE) for row in current.select(text)}


def tellers(place: build.Place, role: str) -> list[str]:
    """The sources that tell a role."""
    with snapshot.open_current(place.data) as current:
        rows = current.select(query.fill("fact-sources", fact=place.iris.resource(role)))
        return sorted(str(row[1]).rsplit("/", 1)[-1].split("-")[0] for row in rows)


def assert_sound(place: build.Place, tmp_path: Path) -> None:
    """What follows, and the index, are what a fresh start makes of the sources; all fits the shapes."""
    with snapshot.open_current(place.data) as current:
        assert inferred(current, place) == from_scratch(current, place)
        assert_as_new(current, tmp_path)
    assert build.validate_all(place)


def test_what_is_withdrawn_stands_nowhere_and_comes_back_to_the_letter(two: build.Place, tmp_path: Path) -> None:
    """Neither the role nor what was described for its sake alone is found, counted or inferred; undone, all is back."""
    before = dump(two)
    withdraw(two, KEVIN)
    assert KEVIN not in roles(two)
    with snapshot.open_current(two.data) as current:
        index = sidecar.Sidecar.open(current.folder / sidecar.NAME)
        assert index.search("Cy Dorn", kind="person") == []
        assert index.search("Kevin", kind="character") == []
        assert not current.ask(
            f"ASK {{ ?any <https://w3id.org/filmgraph#played> <{two.base}character/rust-and-salt-1990/kevin> }}"
        )
        assert ("withdrawn roles", 1) in current.select(query.fill("counts")).rows
    assert_sound(two, tmp_path)
    corrections.undo(two, Wish(KEVIN))
    assert dump(two) == before
    assert_sound(two, tmp_path)


def test_what_others_need_stays(two: build.Place) -> None:
    """The performer of another role, and a character that another source tells, keep their names."""
    withdraw(two, MAX)
    with snapshot.open_current(two.data) as current:
        assert [row[1] for row in current.select(query.fill("names", thing=URIRef(f"{two.base}person/ann-bell")))]
    assert roles(two) == {VOSS, KEVIN, NILS}


def test_of_several_tellers_one_is_named_or_all_are_meant(two: build.Place) -> None:
    """Without either the wish is refused; the reading of the other critic stands, until both are withdrawn."""
    before = dump(two)
    with pytest.raises(InputError, match=r"several sources.*one-.* or two-.* with --source"):
        withdraw(two, VOSS)
    withdraw(two, VOSS, "one")
    assert tellers(two, VOSS) == ["two"]
    withdraw(two, VOSS)  # only one is left
    assert VOSS not in roles(two)
    corrections.undo(two, Wish(VOSS))
    assert dump(two) == before


def test_a_role_withdrawn_everywhere_does_not_come_back_with_a_new_source(two: build.Place, tmp_path: Path) -> None:
    """A third critic tells it too: that is withdrawn as well, and comes back with the others."""
    withdraw(two, VOSS, everywhere=True)
    build.add(two, write(tmp_path / "in", three=THREE))
    assert VOSS not in roles(two)
    with snapshot.open_current(two.data) as current:
        (found,) = read_all(current)
        assert len(found.taken) == 3
    corrections.undo(two, Wish(VOSS))
    assert tellers(two, VOSS) == ["one", "three", "two"]


def test_the_same_review_read_again_does_not_bring_a_role_back(two: build.Place, tmp_path: Path) -> None:
    """Added again in another mode, with a slip mended, beside another, or removed and added: it stays withdrawn."""
    withdraw(two, KEVIN)
    build.add(two, write(tmp_path / "in", one=ONE), mode="quotes", replace=True)
    assert KEVIN not in roles(two)
    build.add(two, write(tmp_path / "in", one=ONE.replace("a ferry", "a small ferry")), replace=True)
    assert KEVIN not in roles(two)
    build.add(two, write(tmp_path / "in", three=THREE))
    assert KEVIN not in roles(two)
    build.remove(two, next(name for name in sources(two) if name.startswith("one-")))
    with snapshot.open_current(two.data) as current:
        assert not read_all(current)[0].taken  # who removes a review removes its words
    build.add(two, [str(tmp_path / "in" / "one.txt")])
    assert KEVIN not in roles(two)
    assert_sound(two, tmp_path)
    corrections.undo(two, Wish(KEVIN))
    assert KEVIN in roles(two)


def test_resolution_takes_a_withdrawal_along(two: build.Place, tmp_path: Path) -> None:
    """The role has another IRI in the dataset; there it is withdrawn, and undone; a second run changes nothing."""
    before = withdraw(two, VOSS, "one").iri(two.iris)
    imdb(two, tmp_path / "imdb", **NAMESAKE)
    assert build.resolve(two).snapshot is not None
    with snapshot.open_current(two.data) as current:
        (found,) = read_all(current)
    moved = str(two.iris.path(found.role))
    assert moved.startswith("role/tt1/nm1/")
    assert tellers(two, moved) == ["imdb", "two"]
    assert found.former == {before}
    assert build.resolve(two).unchanged
    gone = next(role for role in roles(two) if role.endswith("/nils"))
    withdraw(two, gone)
    with snapshot.open_current(two.data) as current:
        assert {each.role: each.former for each in read_all(current)} == {
            found.role: {before},
            two.iris.resource(gone): set(),
        }
    assert_sound(two, tmp_path)
    corrections.undo(two, Wish(moved))
    assert tellers(two, moved) == ["imdb", "one", "two"]


def test_read_anew_under_another_iri_the_same_words_stay_withdrawn(place: build.Place, tmp_path: Path) -> None:
    """A dataset came in between, so that the review, added again, calls film and people otherwise."""
    build.add(place, write(tmp_path / "in", one=ONE))
    withdraw(place, VOSS)
    imdb(place, tmp_path / "imdb")
    build.add(place, write(tmp_path / "in", one=ONE), mode="quotes", replace=True)
    with snapshot.open_current(place.data) as current:
        (found,) = read_all(current)
    moved = str(place.iris.path(found.role))
    assert moved.startswith("role/tt1/nm1/")
    assert tellers(place, moved) == ["imdb"]


def test_withdrawn_everywhere_it_stays_so_where_one_review_is_read_anew(two: build.Place, tmp_path: Path) -> None:
    """One of two reviews calls film and people otherwise now: it is withdrawn under both names."""
    first = withdraw(two, VOSS, everywhere=True).iri(two.iris)
    imdb(two, tmp_path / "imdb")
    build.add(two, write(tmp_path / "in", one=ONE), mode="quotes", replace=True)
    with snapshot.open_current(two.data) as current:
        found = read_all(current)
    here, there = sorted(str(two.iris.path(each.role)) for each in found)
    assert here == VOSS
    assert there.startswith("role/tt1/nm1/")
    assert all(not each.former for each in found), f"{first} stands still, and is nobody's former address"
    assert not {here, there} & roles(two)
    assert_sound(two, tmp_path)
    for role in (here, there):
        corrections.undo(two, Wish(role))
    assert tellers(two, here) == ["two"]
    assert tellers(two, there) == ["imdb", "one"]


def test_two_that_share_what_they_name_are_undone_one_by_one(two: build.Place) -> None:
    """The performer of both goes with the second, and is back with the first."""
    before = dump(two)
    withdraw(two, MAX)
    withdraw(two, VOSS, everywhere=True)
    with snapshot.open_current(two.data) as current:
        assert not current.ask(f"ASK {{ <{two.base}person/ann-bell> a ?kind }}")
    corrections.undo(two, Wish(MAX))
    with snapshot.open_current(two.data) as current:
        assert current.ask(f"ASK {{ <{two.base}person/ann-bell> <https://w3id.org/filmgraph#name> 'Ann Bell' }}")
    corrections.undo(two, Wish(VOSS))
    assert dump(two) == before


def test_an_earlier_snapshot_is_as_it_was_and_exports_carry_withdrawals(two: build.Place, tmp_path: Path) -> None:
    """Rolling back to before brings the role back, forward again withdraws it; so does an export that is read back."""
    withdraw(two, KEVIN)
    first, last = (entry.number for entry in snapshot.list_snapshots(two.data))
    snapshot.rollback(two.data, first)
    assert KEVIN in roles(two)
    snapshot.rollback(two.data, last)
    assert KEVIN not in roles(two)
    (tmp_path / "all.nq").write_bytes(dump(two))
    other = build.Place(tmp_path / "other", DEFAULT_BASE)
    build.import_raw(other, [tmp_path / "all.nq"])
    assert dump(other) == dump(two)
    corrections.undo(other, Wish(KEVIN))
    corrections.undo(two, Wish(KEVIN))
    assert dump(other) == dump(two)


def test_a_large_graph_is_not_read_for_one_role(
    two: build.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a withdrawal changed is known by its lines: neither is the graph compared, nor all inferred anew."""
    monkeypatch.setattr(difference, "SMALL", 40)
    monkeypatch.setattr(update, "SMALL", 0)
    withdraw(two, KEVIN)
    assert KEVIN not in roles(two)
    assert_sound(two, tmp_path)
    corrections.undo(two, Wish(KEVIN))
    assert_sound(two, tmp_path)


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (
            Wish("role/rust-and-salt-1990/ann-bell/vos", "wrong", DAY),
            "no role .*did you mean role/rust-and-salt-1990/ann",
        ),
        (Wish("role/rest/ann-bell/voss", "wrong", DAY), "the graph has no roles of film/rest"),
        (Wish("film/rust-and-salt-1990", "wrong", DAY), "is no role; expected a path such as role/"),
        (Wish(KEVIN, " ", DAY), "needs its reason: --because"),
        (Wish(KEVIN, "wrong", DAY, source="two"), "two does not tell role/rust-and-salt-1990/cy-dorn/kevin"),
    ],
)
def test_what_cannot_be_withdrawn_is_told(two: build.Place, wish: Wish, message: str) -> None:
    """With what to do; nothing is published."""
    with pytest.raises(InputError, match=message):
        corrections.withdraw(two, wish)
    assert len(snapshot.list_snapshots(two.data)) == 1


def test_twice_is_once_and_what_stands_cannot_be_undone(two: build.Place) -> None:
    """Both are told, whether the role is named by path, by IRI, or with a slash."""
    withdraw(two, f"/{KEVIN}")
    for name in (KEVIN, f"{two.base}{KEVIN}"):
        with pytest.raises(InputError, match="withdrawn already"):
            withdraw(two, name)
    with pytest.raises(InputError, match="nils is not withdrawn"):
        corrections.undo(two, Wish(NILS))


def test_a_graph_of_nothing_else_is_removed_not_emptied(place: build.Place, tmp_path: Path) -> None:
    """Somebody's own statements, imported as they are, which say no more than the role."""
    role = f"{place.base}{KEVIN}"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    (tmp_path / "raw.nq").write_text(f"<{role}> {kind} <https://w3id.org/filmgraph#Role> <urn:mine> .\n")
    build.import_raw(place, [tmp_path / "raw.nq"])
    with pytest.raises(InputError, match="choose urn:mine with --source, or withdraw it --everywhere"):
        withdraw(place, KEVIN)
    with pytest.raises(InputError, match="filmgraph remove urn:mine"):
        withdraw(place, KEVIN, everywhere=True)
