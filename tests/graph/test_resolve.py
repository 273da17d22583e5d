"""Entity resolution: sure cases meet, unsure ones stay apart."""

import pytest

from graph.facts import Credit, Facts, Film, Role, Value
from graph.iris import Iris
from graph.resolve import Known, compatible, identify, learn, title_key

IRIS = Iris()


def facts(title: str, year: int | None = None, *pairs: tuple[str, str], director: str | None = None) -> Facts:
    """A film with its roles, as a source would tell it."""
    return Facts(
        source="test",
        film=Film(title=Value(title), year=Value(year) if year else None),
        credits=(Credit(director, "director"),) if director else (),
        roles=tuple(Role(actor, character, None, 0.9) for actor, character in pairs),
    )


def known(*films: Facts) -> Known:
    """What the graph knows after these films."""
    graph = Known()
    for film in films:
        learn(identify(film, IRIS, graph), graph)
    return graph


@pytest.mark.parametrize(
    ("stored", "said", "same"),
    [
        (facts("1 Mile To You", 2017), facts("1 Mile to You", 2017), True),
        (facts("The Hollow Hour", 1990), facts("Hollow Hour", 1990), True),
        (facts("Rust", 1990), facts("Rust"), True),
        (facts("Rust", 1990), facts("Rust", 2010), False),
        (facts("Rust", 1990, director="A B"), facts("Rust", 1991, director="A B"), True),
        (facts("Rust", 1990, director="A B"), facts("Rust", 1991, director="C D"), False),
        (facts("Rust", 1990, ("Ann Bell", "Fay")), facts("Rust", 1989, ("Ann Bell", "Fay")), True),
        (facts("Rust", 1990, ("Ann Bell", "Fay")), facts("Rust", 1992, ("Ann Bell", "Fay")), False),
    ],
)
def test_the_same_film_is_found_by_title_year_and_people(stored: Facts, said: Facts, same: bool) -> None:
    """The same title and year meet; a year off needs shared people; more than that stays apart."""
    graph = known(stored)
    before = identify(stored, IRIS, Known()).film
    assert (identify(said, IRIS, graph).film == before) is same


def test_without_a_year_one_of_two_films_is_not_guessed() -> None:
    """Two films of one title and nothing to tell them apart: the review's film stays its own."""
    graph = known(facts("Rust", 1990), facts("Rust", 2010))
    assert identify(facts("Rust"), IRIS, graph).film == IRIS.film("Rust", None)
    assert identify(facts("Rust", None, ("Ann Bell", "Fay")), IRIS, graph).film == IRIS.film("Rust", None)


def test_a_short_character_name_meets_the_full_one_of_the_same_actor() -> None:
    """A review's "Bond" is the dataset's "James Bond" where the actor has that one fitting role."""
    graph = known(facts("Spy", 1990, ("Ann Bell", "James Bond"), ("Cy Dorn", "Bond Street Tailor")))
    found = identify(facts("Spy", 1990, ("Ann Bell", "Bond"), ("Cy Dorn", "Max")), IRIS, graph)
    assert [role.character for role in found.facts.roles] == ["James Bond", "Max"]


def test_a_short_name_that_fits_two_roles_stays_as_it_is() -> None:
    """Two roles of one actor both fit: nothing is guessed."""
    graph = known(facts("Twins", 1990, ("Ann Bell", "Fay Voss"), ("Ann Bell", "May Voss")))
    found = identify(facts("Twins", 1990, ("Ann Bell", "Voss")), IRIS, graph)
    assert [role.character for role in found.facts.roles] == ["Voss"]


def test_the_first_spelling_of_a_name_is_kept() -> None:
    """One person has one label, whatever spelling later sources use."""
    graph = known(facts("Rust", 1990, ("Max von Sydow", "Karl")))
    found = identify(facts("Snow", 1991, ("Max Von Sydow", "Ivar")), IRIS, graph)
    assert list(found.names.values()) == ["Max von Sydow"]


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Coach K", "Coach Jeremy Kopfler", False),
        ("Bond", "James Bond", True),
        ("Dr. Watson", "John Watson", True),
        ("The Doctor", "Doctor", True),
        ("Kevin", "Ellie", False),
    ],
)
def test_compatible_names(one: str, other: str, fits: bool) -> None:
    """A name fits another when its telling words are among the other's; an initial is not enough."""
    assert compatible(one, other) is fits


def test_a_title_key_keeps_a_title_that_is_an_article() -> None:
    """Only a leading article is dropped, and never the whole title."""
    assert (title_key("A"), title_key("The The"), title_key("An Education")) == ("a", "the", "education")


def test_a_source_without_a_film_has_people_but_no_film() -> None:
    """Nothing is invented where the title is not known."""
    found = identify(Facts(source="x", roles=(Role("Ann Bell", "Fay", None, 0.9),)), IRIS, Known())
    assert found.film is None
    assert list(found.people) == ["Ann Bell"]


def test_roles_that_differ_in_case_alone_are_one() -> None:
    """What would share an IRI is one role with all its evidence; a name beats a description of the same words."""
    said = Facts(
        source="x",
        film=Film(title=Value("Rust")),
        roles=(Role("Ann Bell", None, "the coach", 0.7), Role("Ann Bell", "The Coach", None, 0.9)),
    )
    (role,) = identify(said, IRIS, Known()).facts.roles
    assert (role.character, role.description, role.confidence) == ("The Coach", None, 0.9)
