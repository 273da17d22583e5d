"""Entity resolution: sure cases meet, unsure ones stay apart."""

import pytest

from graph.facts import Credit, Evidence, Facts, Film, Role, Span, Value
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


def stated(year: int, *people: tuple[str, str, str]) -> Facts:
    """A dataset's film with people (id, name, character)."""
    return Facts(
        source="set",
        film=Film(
            title=Value("Rust & Salt"), year=Value(year), other_titles=(Value("Rost und Salz"),), identifier=f"tt{year}"
        ),
        roles=tuple(Role(name, character, None, 1.0) for _, name, character in people),
        identifiers=tuple((name, number) for number, name, _ in people),
    )


DATASET = stated(1990, ("nm1", "Samuel L. Bell", "Coach Jeremy Kopfler"), ("nm2", "Robert De Niro", "Max Voss"))


@pytest.mark.parametrize(
    ("title", "year", "film"),
    [
        ("Rust and Salt", 1990, "tt1990"),
        ("The Rust & Salt", None, "tt1990"),
        ("Rost und Salz", 1990, "tt1990"),
        ("Rust and Salt", 1991, "rust-and-salt-1991"),
        ("Rust", 1990, "rust-1990"),
    ],
)
def test_a_review_joins_the_film_of_a_dataset(title: str, year: int | None, film: str) -> None:
    """By any of its titles and the year; a year off with nobody shared stays apart."""
    assert str(identify(facts(title, year), IRIS, known(DATASET)).film) == f"{IRIS.base}film/{film}"


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Samuel L. Bell", "nm1"),
        ("Samuel Bell", "nm1"),
        ("Robert DeNiro", "nm2"),
        ("Sam Bell", "sam-bell"),
        ("Bell", "bell"),
    ],
)
def test_people_are_found_in_the_cast_of_their_film(name: str, person: str) -> None:
    """Middle names and spacing do not matter; a nickname or a surname alone is not enough."""
    found = identify(facts("Rust & Salt", 1990, (name, "Somebody")), IRIS, known(DATASET))
    assert str(found.people[name]) == f"{IRIS.base}person/{person}"


def test_two_of_one_name_in_a_cast_are_not_told_apart_by_guessing() -> None:
    """The review's person stays their own."""
    twins = stated(1990, ("nm1", "Ann Bell", "Fay"), ("nm2", "Ann  Bell", "May"))
    found = identify(facts("Rust & Salt", 1990, ("Ann Bell", "Kay")), IRIS, known(twins))
    assert found.people["Ann Bell"] == IRIS.person("Ann Bell")


def test_outside_the_cast_only_a_name_that_one_person_bears_is_taken() -> None:
    """Known by another film and alone of that name: the same person, less surely, and with the reason."""
    found = identify(facts("Snow", 2001, ("Robert De Niro", "Ivar")), IRIS, known(DATASET))
    assert str(found.people["Robert De Niro"]) == f"{IRIS.base}person/nm2"
    assert [(match.reason, match.confidence) for match in found.matches] == [("the only person of this name", 0.9)]


def test_initials_are_enough_where_actor_and_film_agree() -> None:
    """A review's "Coach K" is the dataset's "Coach Jeremy Kopfler"; "Kevin" is somebody else."""
    said = facts("Rust & Salt", 1990, ("Samuel L. Bell", "Coach K"), ("Robert De Niro", "Kevin"))
    found = identify(said, IRIS, known(DATASET))
    assert [role.character for role in found.facts.roles] == ["Coach Jeremy Kopfler", "Kevin"]


def test_a_misreading_does_not_stand_in_the_way_of_a_dataset() -> None:
    """Names that texts gave do not make a dataset's name doubtful."""
    graph = known(DATASET)
    passage = Evidence(Span(0, 1), "x", "test", 0.9)
    odd = Role("Robert De Niro", "Voss of Legend", None, 0.9, (passage,))
    film = Film(title=Value("Rust & Salt"), year=Value(1990))
    graph.learn_role(IRIS.film("", None, "tt1990"), IRIS.person("", "nm2"), "Legend", stated=False)
    learn(identify(Facts(source="r", film=film, roles=(odd,)), IRIS, graph), graph)
    found = identify(facts("Rust & Salt", 1990, ("Robert De Niro", "Voss")), IRIS, graph)
    assert [role.character for role in found.facts.roles] == ["Max Voss"]


def test_two_casts_with_nobody_in_common_are_two_films() -> None:
    """The same title and year are not enough where both casts are well known and differ."""
    other = facts("Rust", 1990, *((f"Bo {name}", "Fay") for name in ("Grey", "Holm", "Ito", "Koch")))
    graph = known(stated(1990, *((f"nm{n}", f"Ann {name}", "Fay") for n, name in enumerate("ABCD"))))
    said = facts("Rust & Salt", 1990, *((role.actor, "Fay") for role in other.roles))
    assert str(identify(said, IRIS, graph).film) == f"{IRIS.base}film/rust-and-salt-1990"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Larry Talbot", "Lawrence Talbot"),
        ("Bruno Anthony", "Bruno Antony"),
        ("Wolf Man", "The Wolfman"),
        ("Detective Superintendent Bellaver", "Detective Supt. Bellaver"),
    ],
)
def test_pet_names_and_slips_are_one_where_actor_and_film_agree(said: str, name: str) -> None:
    """The performer's only role that is nearly of this name is meant, a little less surely."""
    graph = known(stated(1990, ("nm1", "Ann Bell", name), ("nm2", "Cy Dorn", "Max")))
    found = identify(facts("Rust & Salt", 1990, ("Ann Bell", said)), IRIS, graph)
    assert [role.character for role in found.facts.roles] == [name]
    reasons = [match.reason for match in found.matches if "/role/" in match.iri]
    assert reasons == [f"the same performer and film, and “{said}” fits “{name}”"]


def test_what_is_left_apart_is_told_with_its_reason() -> None:
    """A name that no role of the performer bears, and one that two people of the cast bear."""
    graph = known(stated(1990, ("nm1", "Ann Bell", "Fay"), ("nm2", "Ann  Bell", "May"), ("nm3", "Cy Dorn", "Max")))
    found = identify(facts("Rust & Salt", 1990, ("Ann Bell", "Kay"), ("Cy Dorn", "Ivar")), IRIS, graph)
    film = IRIS.film("", None, "tt1990")
    told = {(str(doubt.other).rpartition("/")[2], doubt.reason, doubt.contradicts) for doubt in found.doubts}
    assert told == {
        ("nm1", "one of 2 people of this name in the film's cast", False),
        ("nm2", "one of 2 people of this name in the film's cast", False),
        ("max", "another name than the dataset's", True),
    }
    assert IRIS.role(film, IRIS.person("", "nm3"), "Ivar") in {doubt.about for doubt in found.doubts}


def test_a_dataset_is_preferred_to_a_film_that_only_a_review_made() -> None:
    """A review that came before the dataset does not make its film doubtful for later ones."""
    graph = known(facts("Rust & Salt", 1990, ("Ann Bell", "Fay")), DATASET)
    assert str(identify(facts("Rust & Salt", 1990), IRIS, graph).film).endswith("/film/tt1990")
    assert str(identify(facts("Rust & Salt"), IRIS, graph).film).endswith("/film/tt1990")


def test_without_a_year_an_earlier_review_of_another_film_counts() -> None:
    """A film that only reviews know is no less a film: of two years, none is guessed."""
    graph = known(facts("Rust & Salt", 2010, ("Ann Bell", "Fay")), DATASET)
    found = identify(facts("Rust & Salt"), IRIS, graph)
    assert found.film == IRIS.film("Rust & Salt", None)
    assert [doubt.reason for doubt in found.doubts] == ["the same title, but a year is not known"]


@pytest.mark.parametrize(("year", "person"), [(2001, "nm2"), (1904, "robert-de-niro")])
def test_a_name_alone_is_not_enough_over_more_than_a_life(year: int, person: str) -> None:
    """Somebody of that name made films too long after, or before: they are somebody else."""
    graph = known(DATASET)
    found = identify(facts("Snow", year, ("Robert De Niro", "Ivar")), IRIS, graph)
    assert str(found.people["Robert De Niro"]).endswith(f"/{person}")


def test_whose_works_are_filmed_after_them_is_found_by_name_in_any_year() -> None:
    """A career of centuries has no bound."""
    first, last = (facts(title, year, ("Una Vell", "x")) for title, year in (("Old", 1899), ("New", 2020)))
    graph = known(first)
    graph.learn_year(IRIS.person("Una Vell"), 2020)
    assert not graph.outlives(IRIS.person("Una Vell"), 2030)
    assert identify(last, IRIS, graph).people["Una Vell"] == IRIS.person("Una Vell")
