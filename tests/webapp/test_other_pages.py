"""The pages of people, characters, reviews, genres, roles; the lists; the home page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph import build
from graph.iris import DEFAULT_BASE, Iris
from tests.webapp.reading import one, soup, words
from webapp import Config, create_app
from webapp.fill.home import home_page
from webapp.fill.people import person_page
from webapp.fill.reviews import review_page
from webapp.pages import ReviewPage
from webapp.site import view

IRIS = Iris()


@pytest.fixture
def reviews(odd_app: Flask) -> Iterator[dict[str, ReviewPage]]:
    """The reviews of the odd cases by the mode in which they are kept."""
    with odd_app.test_request_context(), odd_app.test_client() as client:
        entries = json.loads(client.get("/reviews.json").data)["entries"]
    with odd_app.test_request_context():
        pages = [review_page(view(), IRIS.resource(it["iri"].removeprefix(IRIS.base))) for it in entries]
        yield {page.mode: page for page in pages if page}


def test_a_career_is_a_column_of_years(odd_app: Flask) -> None:
    """Roles stand under their years, the newest first, and none is lost."""
    with odd_app.test_request_context():
        page = person_page(view(), IRIS.person("Old Trouper"))
    assert page
    years = [each.year for each in page.roles]
    assert years == sorted(years, key=lambda year: -(year or 0))
    assert sum(len(each.parts) for each in page.roles) == page.films == 800
    assert page.span == "1920 to 2009"


def test_a_person_has_colleagues_and_characters_returned_to(odd_app: Flask) -> None:
    """The page says with whom a person worked and which characters they came back to."""
    with odd_app.test_request_context():
        page = person_page(view(), IRIS.person("Marta Vane"))
    assert page
    assert {"Piet Doorn", "Ines Calder"} <= {each.person.label for each in page.colleagues}
    assert [each.character.label for each in page.returned_to] == ["Louise Farrow"]
    assert [film.label for film in page.returned_to[0].films] == ["The Quiet Harbour", "The Quiet Harbour Again"]
    assert page.jobs == ("actor",)


def test_a_director_has_credits(client: FlaskClient) -> None:
    """Someone who directs has their films under credits."""
    page = soup(client.get("/person/greta-gerwig"))
    assert "Director and writer" in words(one(page, ".lede"))
    assert one(page, "#credits")


def test_a_review_kept_whole_is_shown_whole(client: FlaskClient) -> None:
    """Every word of a review that may be kept stands on its page, proved sentences marked and numbered."""
    entries = json.loads(client.get("/reviews.json").data)["entries"]
    path = next(it for it in entries if it["label"].startswith("1 Mile"))
    page = soup(client.get(path["iri"].removeprefix("http://localhost:8000")))
    prose = one(page, ".prose")
    assert "Kevin (Graham Rogers)" in words(prose)
    facts = {str(item["id"])[1:] for item in page.select(".margin li")}
    told = {number for span in prose.select(".proved") for number in str(span["data-facts"]).split()}
    assert told == facts
    for link in prose.select("sup a"):
        assert one(page, str(link["href"]))
    for link in page.select(".margin a.no"):
        assert one(page, f"[id='{str(link['href'])[1:]}']")


def test_of_a_review_kept_in_quotes_only_quotes_are_shown(reviews: dict[str, ReviewPage]) -> None:
    """Where only proving sentences may be kept, the others are not shown, and the gaps are."""
    page = reviews["quotes"]
    text = " ".join(piece.text for each in page.paragraphs for segment in each.segments for piece in segment.pieces)
    assert "Marta Vane" in text
    assert "Nobody in it says a word too many" not in text
    assert any(paragraph.elided for paragraph in page.paragraphs)


def test_of_a_review_kept_as_offsets_no_words_are_shown(reviews: dict[str, ReviewPage]) -> None:
    """Where no words may be kept, the facts still say where their passages stand."""
    page = reviews["offsets"]
    assert page.paragraphs == ()
    assert page.facts
    assert all(fact.anchors for fact in page.facts)


@pytest.fixture(scope="module")
def one_review(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A visitor of a site that holds one short review."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "review.txt").write_text("Saltmarsh (1994)\n\nAnn Bell plays Rosa Thorn.\n", encoding="utf-8")
    place = build.Place(folder / "var", DEFAULT_BASE)
    build.add(place, [str(folder / "review.txt")])
    return create_app(Config(place.data, base=place.base)).test_client()


def test_a_role_has_a_page_of_its_own(client: FlaskClient) -> None:
    """The page of a role says who played whom in which film and shows the proof."""
    page = soup(client.get("/role/1-mile-to-you-2017/graham-rogers/kevin"))
    assert "Graham Rogers played Kevin in 1 Mile To You" in words(one(page, ".lede"))
    assert page.select("figure.quote mark")


@pytest.mark.parametrize(("role", "said"), [
    ("casablanca-1942/humphrey-bogart/rick-blaine", "First in the cast, according to Sample film facts"),
    ("casablanca-1942/paul-henreid/victor-laszlo", "Number 3 in the cast, according to Sample film facts"),
])  # fmt: skip
def test_a_role_tells_the_place_in_the_billing(client: FlaskClient, role: str, said: str) -> None:
    """The page of a role says where its performer stands in the cast, and who lists it so."""
    assert said in words(one(soup(client.get(f"/role/{role}")), "section[aria-labelledby=proof]"))
    (first, *_) = client.get(f"/role/{role}.json").get_json()["billed"]
    assert first["sources"][0]["label"] == "Sample film facts"


def test_only_performers_have_a_place(odd: FlaskClient, client: FlaskClient) -> None:
    """A director's credit says nothing of a billing, and places count from 1."""
    assert "in the cast" not in client.get("/credit/casablanca-1942/michael-curtiz/director").text
    extra = odd.get("/role/a-cast-of-hundreds-1999/extra-number-7/passer-by-7.json").get_json()
    assert [each["place"] for each in extra["billed"]] == [8]


def test_a_graph_of_one_review_counts_in_the_singular(one_review: FlaskClient) -> None:
    """With one film and one role the first page speaks of one film, one role and one question."""
    page = soup(one_review.get("/"))
    said = {words(each.dt): words(each.dd) for each in page.select(".figures div") if each.dt and each.dd}
    assert {label: said.get(label) for label in ("film", "person", "role", "review")} == dict.fromkeys(
        ("film", "person", "role", "review"), "1"
    )
    assert words(one(page, "#questions")) == "A question, answered just now"
    assert "1 review" in [words(each) for each in soup(one_review.get("/about")).select("main li")]


@pytest.mark.parametrize("path", ["/films", "/people", "/characters"])
def test_a_list_can_be_walked_to_its_end(client: FlaskClient, path: str) -> None:
    """The pages of a list hold every entry once, in order, and their number is the one that the list says."""
    seen: list[str] = []
    address: str | None = f"{path}.json"
    total = 0
    while address:
        page = json.loads(client.get(address).data)
        seen += [entry["iri"] for entry in page["entries"]]
        total, following = page["total"], page["following"]
        address = f"{path}.json?after={following}" if following else None
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(("begin", "first", "then"), [
    ("cyrano", ("Cyrano", 2021), ("Cyrano de Bergerac", 1950)),
    ("cyrano de", ("Cyrano de Bergerac", 1950), ("Cyrano de Bergerac", 1990)),
    ("third", ("The Third Man", 1949), ("Throne of Blood", 1957)),
])  # fmt: skip
def test_films_stand_in_the_order_of_their_titles(
    client: FlaskClient, begin: str, first: tuple[str, int], then: tuple[str, int]
) -> None:
    """A title comes before longer ones that begin with it, an older film before its namesake, and no article counts."""
    entries = json.loads(client.get(f"/films.json?after={begin}").data)["entries"]
    assert [(entry["label"], entry["year"]) for entry in entries[:2]] == [first, then]


def test_films_can_be_had_newest_first(client: FlaskClient) -> None:
    """In the order of years the newest film comes first, and a year can be begun at."""
    years = [entry["year"] for entry in json.loads(client.get("/films.json?order=year").data)["entries"]]
    begun = [entry["year"] for entry in json.loads(client.get("/films.json?order=year&year=1960").data)["entries"]]
    assert years == sorted(years, reverse=True)
    assert begun[0] <= 1960 < years[0]


def test_a_genre_lists_its_films(client: FlaskClient) -> None:
    """The page of a genre links its films."""
    page = soup(client.get("/genre/drama"))
    assert page.select(".rows a[href^='/film/']")
    assert "drama" in words(one(page, "h1")).lower()


def test_tonight_is_the_same_for_everyone(app: Flask) -> None:
    """The picks of the home page depend on the snapshot alone."""
    with app.test_request_context():
        first, again = home_page(view()), home_page(view())
    assert first.picks == again.picks
    assert len({pick.film.iri for pick in first.picks}) == 3


@pytest.mark.parametrize("path", ["/graph", "/path"])
def test_who_asks_nothing_yet_is_offered_a_beginning(client: FlaskClient, path: str) -> None:
    """The empty page of graphs and of paths leads on to tonight's films and those who play in them."""
    links = soup(client.get(path)).select("[aria-labelledby=begin] a")
    assert len(links) >= 2
    for link in links:
        assert soup(client.get(str(link["href"]))).select(".hops, table.ties")


def test_a_list_of_reviews_says_nothing_twice(client: FlaskClient) -> None:
    """Beside a headline that names its film stands only where the review was printed."""
    entries = json.loads(client.get("/reviews.json").data)["entries"]
    assert {it["note"] for it in entries if it["label"].startswith("Casablanca")} == {"The Balcony Ledger"}


def test_the_home_page_promises_what_it_holds(client: FlaskClient) -> None:
    """Roles lead to a sentence or to a dataset, and the page says both; genres can be reached from it."""
    page = soup(client.get("/"))
    assert "the sentence that says so, or the dataset" in words(one(page, ".lede"))
    assert page.select(".figures a[href='/genres']")
    assert soup(client.get("/films")).select("main a[href='/genres']")


def test_the_example_below_the_box_finds_a_role(client: FlaskClient) -> None:
    """The two names that the home page offers together lead to their role, first of all that is found."""
    link = one(soup(client.get("/")), ".hero .finder + p a")
    found = json.loads(client.get(str(link["href"]).replace("/search?", "/search.json?")).data)["found"]
    assert found[0]["kind"] == "role"
    assert set(words(link).split()) <= set(found[0]["label"].split())


def test_the_home_page_stays_on_its_host(client: FlaskClient) -> None:
    """Every link on the home page is a path, so that it works at whatever address the site is served."""
    links = [str(link["href"]) for link in soup(client.get("/")).select("main a")]
    assert links
    assert all(link.startswith("/") for link in links)


def test_the_about_page_names_what_facts_come_from(client: FlaskClient) -> None:
    """The sources are the datasets, each with its version, and the reviews, with their number."""
    total = json.loads(client.get("/reviews.json").data)["total"]
    sources = [words(item) for item in soup(client.get("/about")).select(".dots li")]
    assert sources[-1] == f"{total} reviews"
    assert all(", version " in source for source in sources[:-1])


def test_the_home_page_answers_three_questions(client: FlaskClient) -> None:
    """Each question has rows of answers and the query that gave them, which can be opened and run."""
    page = soup(client.get("/"))
    articles = page.select(".questions article")
    assert len(articles) == 3
    for article in articles:
        assert article.select("tbody tr")
        assert "SELECT" in words(one(article, "pre"))
        link = one(article, "a.ask")
        assert soup(client.get(str(link["href"]))).select(".result tbody tr")


def test_the_home_page_proves_its_answers(client: FlaskClient) -> None:
    """Below each answer that a review proves stands the sentence, with the two names marked; else its dataset."""
    answers = soup(client.get("/")).select(".questions tbody")
    proved = [answer for answer in answers if answer.select(".said q")]
    assert len(proved) >= 3
    for answer in proved:
        person, whom = (words(cell) for cell in answer.select("tr:first-child td")[:2])
        marks = [words(mark) for mark in answer.select(".said mark")]
        assert any(mark in person for mark in marks), (person, whom, marks)
        place = str(one(answer, ".said a")["href"])
        assert place.startswith("/review/")
        page = soup(client.get(place.split("#")[0]))
        assert page.select(f"[id='{place.split('#')[1]}']")
    told = [answer for answer in answers if answer.select(".said") and answer not in proved]
    assert told
    assert all(words(one(answer, ".said")).startswith("from ") for answer in told)


def test_an_unknown_page_helps(client: FlaskClient) -> None:
    """A 404 has a search box with the words of the address."""
    answer = client.get("/film/casablanka-1942")
    page = soup(answer)
    assert answer.status_code == 404
    assert one(page, "input[type=search]")["value"] == "casablanka"
    assert "Casablanca" in words(one(page, "#near ~ *, main"))
