"""The page of a person: the career at a glance, those met on the way, and the words of critics."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from graph.iris import Iris
from tests.webapp.reading import one, soup, words
from webapp.fill import mentions
from webapp.fill.people import person_page
from webapp.pages import Moment, PersonPage
from webapp.site import view

IRIS = Iris()


def page_of(app: Flask, name: str, *, indexed: bool = True) -> PersonPage:
    """The page of a person, with the index of the snapshot or, as over a server, without."""
    with app.test_request_context():
        page = person_page(view() if indexed else replace(view(), sidecar=None), IRIS.person(name))
    assert page
    return page


def test_an_index_knows_who_says_so(app: Flask) -> None:
    """Roles and credits have the same passages and sources from the index as from the statements."""
    for name in ("Tim Roth", "Kenneth Branagh", "Daniel Craig"):
        indexed, asked = page_of(app, name), page_of(app, name, indexed=False)
        assert (indexed.roles, indexed.credits) == (asked.roles, asked.credits)
        assert any(part.proofs or part.datasets for year in indexed.roles for part in year.parts)


def test_the_timeline_has_every_year_and_its_gaps(app: Flask) -> None:
    """Every year from the first to the last film is there; long stretches without a film are told as gaps."""
    page = page_of(app, "Tim Roth")
    assert [moment.year for moment in page.timeline] == list(range(1990, 2018))
    assert sum(moment.films for moment in page.timeline) == page.films == 4
    assert page.busiest == Moment(1990, 1)
    assert page.gaps == ((1995, 2016),)


def test_the_timeline_is_told_in_words(client: FlaskClient) -> None:
    """The picture of a career is no more than its caption says, for those who do not see it."""
    figure = one(soup(client.get("/person/tim-roth")), "figure.timeline")
    assert len(figure.select("rect")) == 4
    assert one(figure, "svg")["aria-hidden"] == "true"
    assert words(one(figure, "figcaption")) == "Films by year; none from 1995 to 2016."


def test_a_career_of_a_hundred_years_fits(odd: FlaskClient) -> None:
    """A person with hundreds of roles has a timeline too, and the button for the rest of the roles."""
    page = soup(odd.get("/person/old-trouper"))
    assert len(page.select(".timeline rect")) == 90
    assert "most in 1920, " in words(one(page, ".timeline figcaption"))
    assert words(one(page, ".more .button")).endswith(" more roles")


def test_colleagues_are_told_with_the_films(app: Flask) -> None:
    """For each colleague the shared films are named, as many as are counted where they are few."""
    for indexed in (True, False):
        colleagues = {it.person.label: it for it in page_of(app, "Tim Roth", indexed=indexed).colleagues}
        assert [film.label for film in colleagues["Harvey Keitel"].on] == ["Pulp Fiction", "Reservoir Dogs"]
        assert all(len(it.on) == it.films for it in colleagues.values())


def test_a_film_shared_with_many_is_named_once(client: FlaskClient) -> None:
    """Those who share one film with the person stand together behind its title."""
    page = soup(client.get("/person/tim-roth"))
    lines = [words(line) for line in page.select("#colleagues")[0].find_parent("section").select(".with li")]  # type: ignore[union-attr]  # the section of the heading
    assert sum("Rosencrantz & Guildenstern Are Dead" in line for line in lines) == 1
    assert any(line.startswith("Harvey Keitel 2 films: Pulp Fiction 1994") for line in lines)


def test_two_roles_in_one_film_have_one_title(odd: FlaskClient) -> None:
    """A double role stands under the title of its film, which is not written twice."""
    page = soup(odd.get("/person/piet-doorn"))
    titles = [words(link) for link in page.select("#roles")[0].find_parent("section").select("a.film")]  # type: ignore[union-attr]  # the section of the heading
    assert titles == ["The Quiet Harbour Again", "The Quiet Harbour"]
    assert "The Quiet Harbour, and as The Twin" in [words(each) for each in page.select(".parts .again .what")]


def test_critics_sentences_name_the_person(app: Flask) -> None:
    """Sentences of reviews with the person's name are shown with the name marked, and lead to their review."""
    found = page_of(app, "Tim Roth").mentions
    assert found
    for mention in found:
        assert "/review/" in mention.review.iri
        for sentence in mention.sentences:
            assert [piece.text for piece in sentence if piece.marked] == ["Tim Roth"]


def test_a_name_of_one_word_proves_nothing(app: Flask) -> None:
    """A name that may be an ordinary word, or another person's, counts only in reviews that prove something of them."""
    with app.test_request_context():
        assert mentions.mentions(view(), "Hamlet", ()) == ()
        sure = {mention.review.iri for mention in page_of(app, "Tim Roth").mentions}
        assert {each.review.iri for each in mentions.mentions(view(), "Kevin", sure)} <= sure
        asked = mentions.mentions(replace(view(), sidecar=None), "Tim Roth", sure)
        assert {each.review.iri for each in asked} == sure


def test_a_role_tells_what_else_critics_say(client: FlaskClient) -> None:
    """The page of a role has the sentences of the film's reviews that name performer or character, proofs left out."""
    data = client.get("/role/1-mile-to-you-2017/graham-rogers/kevin.json").get_json()
    proofs = ["".join(piece["text"] for piece in proof["quote"]) for proof in data["proofs"]]
    said = ["".join(piece["text"] for piece in each) for it in data["said"] for each in it["sentences"]]
    assert said
    assert all("Kevin" in each or "Rogers" in each for each in said)
    assert not set(said) & set(proofs)
    page = soup(client.get("/role/1-mile-to-you-2017/graham-rogers/kevin"))
    assert len(page.select("#said")) == 1
    assert len(page.select(".mentions blockquote p")) == len(said)
    assert page.select(".mentions mark")


def test_a_long_career_is_shown_from_its_end(odd_app: Flask) -> None:
    """Of 800 roles the page shows whole years, the newest first, and counts the rest; programs get all at once."""
    trouper = IRIS.person("Old Trouper")
    with odd_app.test_request_context():
        whole, page = person_page(view(), trouper), person_page(view(), trouper, 50)
    assert whole
    assert page
    shown = sum(len(year.parts) for year in page.roles)
    assert page.roles == whole.roles[: len(page.roles)]
    assert 50 <= shown < 50 + len(page.roles[-1].parts)
    assert whole.hidden_roles == 0
    assert page.hidden_roles == sum(len(year.parts) for year in whole.roles) - shown
    assert replace(page, roles=whole.roles, hidden_roles=0) == whole
    client, path = odd_app.test_client(), "/person/old-trouper"
    short, long = (soup(client.get(path + terms)) for terms in ("", "?roles=all"))
    assert one(short, "section[aria-labelledby=roles] .more a")["href"] == "?roles=all#roles"
    assert len(short.select(".years .parts > li")) < len(long.select(".years .parts > li"))
    data = json.loads(client.get(f"{path}.json").data)
    assert sum(len(year["parts"]) for year in data["roles"]) == len(long.select(".years .parts > li"))
