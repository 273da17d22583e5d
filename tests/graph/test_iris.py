"""IRIs: readable, stable, valid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.errors import SettingError
from graph.iris import MAX_SLUG, Iris, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "Amelie"),
        ("O’Neill", "O'Neill"),
        ("Robert Downey, Jr.", "Robert Downey Jr."),
        ("Łukasz Żal", "Lukasz Zal"),
        ("SPIDER-MAN", "Spider Man"),
        ("Tom & Jerry", "Tom and Jerry"),
    ],
)
def test_two_spellings_of_a_name_meet(one: str, other: str) -> None:
    """Accents, case and punctuation do not tell names apart."""
    assert slug(one) == slug(other)


@pytest.mark.parametrize(("one", "other"), [("パパ", "ハハ"), ("й", "и"), ("?", "!"), ("七人の侍", "七人")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    """Marks of other scripts tell names apart, and a name of signs alone still gets an end of its own."""
    assert slug(one) != slug(other)


@given(st.text(min_size=1))
def test_every_name_makes_a_valid_iri(name: str) -> None:
    """Whatever a name holds, its IRI is one that the engine accepts, of bounded length."""
    iri = Iris().person(name)
    assert NamedNode(iri).value == str(iri)
    assert len(slug(name)) <= MAX_SLUG


@pytest.mark.parametrize("base", ["localhost", "ftp://a/", "http://a", "http://a b/", "http://a/?q/"])
def test_a_base_that_is_no_http_iri_is_refused(base: str) -> None:
    """The message names the setting and what it expects."""
    with pytest.raises(SettingError, match="FILMGRAPH_BASE"):
        Iris(base)


def test_a_source_id_takes_the_place_of_the_name() -> None:
    """A dataset's own id ends the IRI, so that two films of one title and year stay two."""
    assert str(Iris().film("Ran", 1985, "tt0089881")).endswith("/film/tt0089881")


def test_a_path_of_the_site_is_read_back() -> None:
    """Path and IRI are each other's inverse, for any script."""
    iris = Iris()
    for name in ("Tim Roth", "黒澤明", "Şener Şen"):
        person = iris.person(name)
        assert iris.resource(iris.path(person) or "") == person
