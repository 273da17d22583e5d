"""The page of a film."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import build, query
from graph.asked import ProofRow
from graph.dossier import RoleRow
from graph.iris import DEFAULT_BASE, Iris
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app
from webapp.fill.films import _cast, film_page
from webapp.fill.proofs import Witnesses
from webapp.links import encoded
from webapp.markup import marked
from webapp.pages import FilmPage, Piece
from webapp.site import view
from webapp.structured import script

IRIS = Iris()
QUIET = "/film/the-quiet-harbour-1961"


@pytest.fixture
def mile(app: Flask) -> Iterator[FilmPage]:
    """The page of 1 Mile To You."""
    with app.test_request_context():
        page = film_page(view(), IRIS.film("1 Mile To You", 2017))
        assert page
        yield page


@pytest.fixture
def harbour(odd_app: Flask) -> Iterator[FilmPage]:
    """The page of a film on which a dataset and two reviews do not agree."""
    with odd_app.test_request_context():
        page = film_page(view(), IRIS.film("The Quiet Harbour", 1961))
        assert page
        yield page


def test_who_played_whom_is_proved_by_a_sentence(mile: FilmPage) -> None:
    """A role has the sentence that proves it, with the actor and the character marked, and where it stands."""
    role = next(line for line in mile.cast if line.person.label == "Graham Rogers")
    proof = role.proofs[0]
    assert role.whom == "Kevin"
    assert {"Kevin", "Graham Rogers"} <= {piece.text for piece in proof.quote if piece.marked}
    assert proof.end - proof.start == len("".join(piece.text for piece in proof.quote))
    assert proof.review.iri.startswith(IRIS.base + "review/")


def test_the_leads_come_first(mile: FilmPage) -> None:
    """The cast stands in the order of billing, by the first place that a source gives; the unlisted come last."""
    told = [(line.person.label, line.billing) for line in mile.cast]
    assert [place for _, place in told] == sorted((place for _, place in told), key=lambda place: place or 99)
    assert told[0] == ("Graham Rogers", 1)
    assert {("Billy Crudup", 2), ("Stefanie Scott", 2), ("Melanie Lynskey", 4), ("Tim Roth", None)} <= set(told)


def test_programs_get_the_leads_first(client: FlaskClient) -> None:
    """The page's data, its JSON-LD and its table have the cast in the order of the page."""
    path = "/film/casablanca-1942"
    cast = [line["person"]["label"] for line in client.get(f"{path}.json").get_json()["cast"]]
    script = one(soup(client.get(path)), "script[type='application/ld+json']").get_text()
    table = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv").text)))
    assert cast[:3] == ["Humphrey Bogart", "Ingrid Bergman", "Paul Henreid"]
    assert [role["actor"]["name"] for role in json.loads(script)["actor"]] == cast
    assert list(dict.fromkeys(row["person"] for row in table if not row["job"])) == list(dict.fromkeys(cast))


def test_without_billing_those_are_first_of_whom_most_is_said() -> None:
    """Where no source lists a cast, the roles that more passages prove come first, then those told earlier."""
    rows = [RoleRow(role, role, role, None, None, "a part", True, None, (0,)) for role in ("late", "early", "often")]
    seen = Witnesses({"late": said("late", 90), "early": said("early", 20), "often": said("often", 50, 70)}, {})
    assert [line.iri for line in _cast(rows, seen)] == ["often", "early", "late"]


def said(fact: str, *starts: int) -> tuple[ProofRow, ...]:
    """Passages of one review that prove a fact."""
    return tuple(
        ProofRow(fact, f"{fact}/{at}", at, at + 9, "some words", None, 0.9, "x", None, "", "r", "R", None, None, None)
        for at in starts
    )


def test_a_character_without_a_name_is_described(mile: FilmPage) -> None:
    """Where a review gives no name, the role has a description and no character."""
    role = next(line for line in mile.cast if line.person.label == "Tim Roth")
    assert role.character is None
    assert "track coach" in (role.description or "")


def test_all_sentences_open_at_once_and_fold_again(client: FlaskClient) -> None:
    """One link opens the sentence behind each role, without a script; another folds them; neither is canonical."""
    folded = soup(client.get("/film/casablanca-1942"))
    assert not folded.select("details.proof[open]")
    (link,) = (each for each in folded.select(".asks a") if words(each) == "Show all sentences")
    opened = soup(client.get("/film/casablanca-1942" + str(link["href"]).partition("#")[0]))
    proofs = opened.select(".credits details.proof")
    assert len(proofs) > 5
    assert all(each.has_attr("open") for each in proofs)
    assert one(opened, "link[rel=canonical]") == one(folded, "link[rel=canonical]")
    (back,) = (each for each in opened.select(".asks a") if words(each) == "Fold the sentences")
    assert str(back["href"]) == "?#cast"


def test_a_film_without_sentences_offers_none(odd: FlaskClient) -> None:
    """Where no role is proved by a sentence there is nothing to open; the whole cast is a link of its own."""
    page = soup(odd.get("/film/a-cast-of-hundreds-1999?sentences=all"))
    assert not [each for each in page.select(".asks a") if "sentences" in words(each)]
    assert page.select("a[href='?cast=all&sentences=all#cast']")


def test_only_real_ratings_are_shown(mile: FilmPage) -> None:
    """The readers' rating is there with its votes; no rating of our own is invented."""
    assert [(rating.kind, rating.value, rating.best, rating.count) for rating in mile.ratings] == [("user", 3.75, 5, 4)]


def test_the_director_is_found(mile: FilmPage) -> None:
    """The film's director, year and genre stand in its page."""
    assert [person.label for person in mile.directors] == ["Leif Tilden"]
    assert (mile.year, [genre.label for genre in mile.genres]) == (2017, ["Drama"])


def test_sources_that_differ_both_stay(harbour: FilmPage) -> None:
    """An actor whom two sources give different characters has both, each with its source."""
    found = next(each for each in harbour.differences if "Marta Vane" in each.question)
    assert {side.value for side in found.sides} == {"Louise Farrow", "Ilse Brandt"}
    assert all(side.sources for side in found.sides)
    assert any(side.proofs for side in found.sides)


def test_a_double_role_is_no_difference(harbour: FilmPage) -> None:
    """Two characters that one source gives to one actor do not contradict each other."""
    sides = [side.value for each in harbour.differences for side in each.sides]
    both = {line.whom for line in harbour.cast if line.person.label == "Piet Doorn"}
    assert {"The Pilot", "The Twin"} <= both
    assert not {"The Pilot", "The Twin"} <= set(sides) or "Jonas" in sides


def test_a_film_leads_to_others(harbour: FilmPage) -> None:
    """The page leads to films with the same director, the same cast, the same characters."""
    again = "The Quiet Harbour Again"
    assert [each.film.label for each in harbour.same_director] == [again]
    assert [each.film.label for each in harbour.same_cast] == [again]
    assert again in [each.film.label for each in harbour.same_characters]


def test_a_role_from_a_dataset_says_so(odd: FlaskClient) -> None:
    """A role that only a dataset gives has no proof to open: the dataset is named instead."""
    page = soup(odd.get("/film/a-cast-of-hundreds-1999"))
    first = page.select(".credits li")[0]
    assert words(one(first, ".unproved")) == "from Odd cases, no passage"
    assert not first.select("details")


def test_several_sources_stand_side_by_side(odd: FlaskClient) -> None:
    """A role that two reviews prove has both sentences, and words with the links beside them are never nested."""
    page = soup(odd.get(QUIET))
    line = next(item for item in page.select(".credits li") if "Ilse Brandt" in words(item))
    assert "2 critics" in words(one(line, "summary"))
    assert len(line.select("figure")) == 2
    assert not line.select("summary a")


def test_where_only_offsets_are_kept_no_words_are_shown(odd: FlaskClient) -> None:
    """A proof from a review whose words may not be kept says where it stands, without a quote."""
    page = soup(odd.get(QUIET))
    line = next(item for item in page.select(".credits li") if "Ilse Brandt" in words(item))
    texts = [words(figure) for figure in line.select("figure")]
    assert any(text.startswith("Characters ") for text in texts)


def test_a_long_cast_is_cut_and_can_be_had_whole(odd: FlaskClient) -> None:
    """A cast of hundreds begins with the first; a button gives all."""
    page = soup(odd.get("/film/a-cast-of-hundreds-1999"))
    more = one(page, "a[href='?cast=all#cast']")
    assert words(more) == "All 400 roles"
    assert words(one(page, "#cast ~ .more .quiet, .more .quiet")) == "Those who are named first stand here."
    shown = page.select(".credits li")
    assert len(shown) < 400
    assert "Passer-by 0" in words(shown[0])
    assert len(soup(odd.get("/film/a-cast-of-hundreds-1999?cast=all")).select(".credits li")) == 400


def test_a_film_without_anything_is_still_a_page(odd: FlaskClient) -> None:
    """A film of which only the title is known has a page that says so."""
    page = soup(odd.get("/film/nothing-known"))
    assert words(one(page, "h1")) == "Nothing Known"
    assert "No source says who played whom" in words(one(page, "main"))


def test_names_cannot_become_markup(odd: FlaskClient) -> None:
    """Angle brackets and quotation marks in names are text, in the page and in its JSON-LD."""
    path = soup(odd.get("/films?after=tom")).select_one(".rows a")
    assert path
    page = soup(odd.get(str(path["href"])))
    assert 'Tom & Jerry <i>"live"</i>' in words(one(page, "h1"))
    assert "<script>alert(1)</script>" in words(one(page, ".credits"))
    assert not [script for script in page.select("script") if "alert" in script.get_text() and not script.get("type")]


def test_names_in_other_scripts_keep_their_direction(odd: FlaskClient) -> None:
    """Names in other scripts are set apart, with their language where the letters tell it."""
    arabic = one(soup(odd.get("/film/باب-الحديد-1958")), "h1 bdi")
    japanese = soup(odd.get("/person/三船敏郎"))
    assert arabic.get_text() == "باب الحديد"
    assert words(one(japanese, "h1")) == "三船敏郎"


def test_every_panel_can_be_asked_in_sparql(client: FlaskClient) -> None:
    """Each panel's link leads to the query page, where its query runs and gives rows."""
    links = soup(client.get("/film/1-mile-to-you-2017")).select("a.ask[href^='/query']")
    assert len(links) >= 4
    for link in links:
        page = soup(client.get(str(link["href"])))
        assert page.select(".result tbody tr"), link["href"]


def test_named_queries_have_questions() -> None:
    """Every query of the pages begins with its question."""
    assert all(query.question(name).endswith("?") for name in query.names())


def test_a_rating_beside_the_text_names_its_reviewer(tmp_path: Path) -> None:
    """A rating that stands in front matter is shown with the name of who gave it, and on the review's own page."""
    place = build.Place(tmp_path / "data", DEFAULT_BASE)
    review = tmp_path / "saltmarsh.md"
    review.write_text("---\nfilm: Saltmarsh\nyear: 1994\nauthor: Jo Archer\nrating: 9/10\n---\nA *quiet* film.\n")
    build.add(place, [str(review)])
    client = create_app(Config(place.data, base=place.base)).test_client()
    page = soup(client.get("/film/saltmarsh-1994"))
    assert words(one(page, ".chips li")) == "9 of 10 Jo Archer"
    shown = soup(client.get(json.loads(client.get("/reviews.json").data)["entries"][0]["iri"][len(place.base) - 1 :]))
    assert words(one(shown, ".chips li")) == "9 of 10"
    assert words(one(shown, ".prose")) == "A quiet film."


def test_marked_words_of_a_quote_are_escaped() -> None:
    """What a critic wrote stands as it was written, marked or not, and can be no element of the page."""
    pieces = (Piece('said <b>"so"'), Piece("<script>", marked=True))
    assert marked(pieces) == "said &lt;b&gt;&#34;so&#34;<mark>&lt;script&gt;</mark>"


def test_no_name_ends_the_script_element() -> None:
    """A name that looks like the end of the script is told as it is, without ending it."""
    said = script({"@type": "Movie", "name": "</script><b>"})
    assert said is not None
    assert "<" not in said
    assert json.loads(said)["name"] == "</script><b>"


@pytest.mark.parametrize(("iri", "address"), [
    ("javascript:alert(1)", "#"),
    ("data:text/html,x", "#"),
    ("HTTPS://films.example/", "#"),
    ("https://films.example/søk?q=a#b", "https://films.example/s%C3%B8k?q=a#b"),
])  # fmt: skip
def test_only_addresses_of_the_web_are_linked(iri: str, address: str) -> None:
    """An IRI of a dataset that a browser would run instead of fetch is linked nowhere."""
    assert encoded(iri) == address
