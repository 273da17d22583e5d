"""The search index of a snapshot: prefixes, accents, typing errors, other titles, sentences, counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import sidecar
from graph.errors import StoreError
from graph.sidecar import Hit, Sidecar
from graph.sidecar.fold import fold
from graph.store import Writer
from tests.small_graph import TURTLE, nquads, publish

E = "http://example.org/"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Sidecar:
    """The index of the small graph."""
    data = tmp_path_factory.mktemp("sidecar")
    publish(data)
    return Sidecar.open(data / "current" / sidecar.NAME)


def names(hits: list[Hit]) -> list[str]:
    """The ends of the IRIs that were found."""
    return [hit.iri.removeprefix(E) for hit in hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("am", "amelie"),
        ("AMÉLIE", "amelie"),
        ("amelie p", "amelie-poulain"),
        ("le fabuleux", "amelie"),
        ("tautou", "tautou"),
        ("audrey tau", "tautou"),
        ("broken", "bell"),
        ("dra", "drama"),
        ("ringing", "review2"),
    ],
)
def test_suggestion_by_what_was_typed_so_far(index: Sidecar, typed: str, first: str) -> None:
    """The first suggestion is the thing whose name, or other title, begins or goes on as typed."""
    assert names(index.suggest(typed))[0] == first
    assert not index.suggest(typed)[0].near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("odrey tauto", "tautou"), ("Tautu", "tautou"), ("amlie", "amelie"), ("brocken bel", "bell"), ("dramma", "drama")],
)
def test_typing_errors_find_near_spellings(index: Sidecar, typed: str, meant: str) -> None:
    """Where nothing is spelt as typed, the nearest spellings are offered and marked."""
    hits = index.suggest(typed)
    assert names(hits)[0] == meant
    assert all(hit.near for hit in hits)
    assert meant in names(index.search(typed))


def test_hit_tells_what_it_is(index: Sidecar) -> None:
    """A hit has the IRI, the kind, the label as written, and a detail that tells it from its namesakes."""
    (film, character) = index.suggest("amelie")
    assert film == Hit(E + "amelie", "film", "Amélie", "2001", film.score)
    assert (character.kind, character.label, character.detail) == ("character", "Amélie Poulain", "Amélie")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("amelie", None, ["amelie", "amelie-poulain", "review1"]),
        ("amelie", "character", ["amelie-poulain"]),
        ("amelie", "person", []),
        ("charming", None, ["review1"]),
        ("everyone charms", "review", ["review1"]),
        ("coach", "review", ["review2"]),
        ("bell", "film", ["bell"]),
        ("", None, []),
        ("…!?", None, []),
    ],
)
def test_search_in_names_and_sentences(index: Sidecar, text: str, kind: str | None, found: list[str]) -> None:
    """Search finds all words in names, and in the sentences of reviews, whether their text is stored or only quoted."""
    hits = [hit for hit in index.search(text, kind) if not hit.near]
    assert names(hits) == found


@pytest.mark.parametrize("text", ["Amélie (2001)", "amelie 2001", "fabuleux destin 2001"])
def test_film_is_found_by_title_and_year(index: Sidecar, text: str) -> None:
    """A film is found, and suggested, as pages write it: title, or words of it, and year."""
    for hits in (index.search(text), index.search(text, "film"), index.suggest(text)):
        assert (names(hits)[0], hits[0].near) == ("amelie", False)


@pytest.mark.parametrize(("text", "kind"), [("amelie 1962", None), ("amelie 2001", "person"), ("2001", None)])
def test_year_of_another_film_finds_none(index: Sidecar, text: str, kind: str | None) -> None:
    """A year that is not the film's, or alone, finds no film; nor does a search for people."""
    assert not [hit for hit in index.search(text, kind) if hit.kind == "film" and not hit.near]


def test_found_review_shows_the_sentence(index: Sidecar) -> None:
    """A review found by its text shows the very sentence."""
    (hit,) = index.search("charms", "review")
    assert (hit.label, hit.detail) == ("A sweet tale", "Audrey Tautou (Amélie) charms everyone.")


@pytest.mark.parametrize(
    "text", ['"', "a OR b", "NEAR(a b)", "x*", "-a", "^a", "a:b", "'; DROP TABLE name", "(", "\0", "a" * 10_000]
)
def test_search_takes_any_text(index: Sidecar, text: str) -> None:
    """No text of a visitor is an operator or an error of the index."""
    assert isinstance(index.search(text), list)
    assert isinstance(index.suggest(text), list)


def test_pages_of_a_search_follow_each_other(index: Sidecar) -> None:
    """The pages of a search hold each hit once, in the order of the whole."""
    whole = names(index.search("amelie", limit=10))
    assert [names(index.search("amelie", limit=1, offset=n))[0] for n in range(len(whole))] == whole


def test_limit_holds(index: Sidecar) -> None:
    """No more hits come than were asked for."""
    assert len(index.suggest("a", 1)) == 1
    assert len(index.search("amelie", limit=2)) == 2


def test_counts_are_those_of_the_graph(index: Sidecar) -> None:
    """The figures of the home page are true."""
    counts = index.counts()
    expected = {"films": 2, "people": 2, "characters": 1, "roles": 2, "roles_with_evidence": 1, "reviews": 2}
    assert {name: counts[name] for name in expected} == expected
    assert (counts["sources"], counts["genres"], counts["graphs"]) == (2, 1, 2)
    assert counts["triples"] == sum(nquads(text, graph).count(b"\n") for graph, text in TURTLE.items())


def test_more_is_said_of_the_first(tmp_path: Path) -> None:
    """Among equal names, the thing of which most is said comes first."""
    roles = " ".join(f":r{n} film:performer :b ; film:inFilm :f ." for n in range(3))
    graph = {E + "g": f":a a film:Person ; film:name 'Ann Lee' . :b a film:Person ; film:name 'Ann Lee' . {roles}"}
    publish(tmp_path, graph)
    assert names(Sidecar.open(tmp_path / "current" / sidecar.NAME).suggest("ann")) == ["b", "a"]


def test_same_state_gives_the_same_file(tmp_path: Path) -> None:
    """The index of one state has the same bytes whenever it is built."""
    publish(tmp_path)
    with Writer(tmp_path) as writer:
        for name in ("one", "two"):
            sidecar.build(tmp_path / name, writer.source())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_missing_or_foreign_file_is_explained(tmp_path: Path) -> None:
    """A file that is missing or no index is an error with its path."""
    (tmp_path / "text").write_text("no database " * 1000)
    for name in ("none", "text"):
        with pytest.raises(StoreError, match=name):
            Sidecar.open(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O’Neill", "oneill"),
        ("Łódź Æon", "lodz aeon"),
        ("  a -- b ", "a b"),
        ("七人の侍", "七人の侍"),
        ("Ångström", "angstrom"),
    ],
)
def test_spellings_that_are_taken_for_the_same(text: str, folded: str) -> None:
    """Case, accents, apostrophes and punctuation do not matter."""
    assert fold(text) == folded


def test_odd_data_is_indexed_as_far_as_it_goes(tmp_path: Path) -> None:
    """Titles that are no strings, texts of what is no review, and characters of unknown films do not stop a publish."""
    graph = {
        E + "g": ":f a film:Film ; film:title 1917 . :t film:text 'Some text.' . "
        ":c a film:Character ; film:name 'Will Schofield' ; film:inFilm :unknown ."
    }
    publish(tmp_path, graph)
    index = Sidecar.open(tmp_path / "current" / sidecar.NAME)
    assert names(index.suggest("19")) == ["f"]
    assert [(hit.label, hit.detail) for hit in index.suggest("will")] == [("Will Schofield", "")]
    assert index.search("some text") == []
