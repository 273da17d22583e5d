"""Search, suggestions and the query page."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from graph.lessons import lessons
from graph.sandbox import LimitExceededError, Limits
from graph.sandbox.limits import timed_out, too_large
from tests.webapp.reading import one, soup, words
from webapp.fill import asking


def asked(client: FlaskClient, text: str) -> str:
    """The words of the query page for a query."""
    return words(one(soup(client.get(f"/query?query={quote(text)}")), "main"))


def test_search_finds_people_films_and_characters(client: FlaskClient) -> None:
    """A word finds everything that is called so, each with its kind."""
    page = soup(client.get("/search?q=kevin"))
    kinds = {words(kind) for kind in page.select(".found .kind")}
    assert {"Character", "Person"} <= kinds


def test_a_sentence_is_found_with_its_words_marked(client: FlaskClient) -> None:
    """A review is found by words of its text: they are marked in the sentence, to which the link leads."""
    (review, *_) = soup(client.get("/search?q=LETTERS+transit&kind=review")).select(".found li")
    sentence = "What is for sale, above all, is a pair of letters of transit."
    assert words(one(review, "p")) == sentence
    assert [words(each) for each in review.select("mark")] == ["letters", "transit"]
    whole = soup(client.get("/search?q=of+transit&kind=review"))
    assert [words(each) for each in whole.select(".found li mark")] == ["of transit"]
    address, _, begins = str(one(review, "a")["href"]).partition("#:~:text=")
    assert sentence.startswith(unquote(begins))
    assert sentence in words(one(soup(client.get(address)), "main"))


def test_a_film_is_found_as_its_page_writes_it(client: FlaskClient) -> None:
    """Title and year together find the film, before the reviews that hold both."""
    found = soup(client.get("/search?q=1+Mile+To+You+(2017)")).select(".found li")
    assert [words(one(found[0], part)) for part in (".kind", ".label", ".quiet")] == ["Film", "1 Mile To You", "2017"]


def test_actor_and_film_find_the_role_with_its_sentence(client: FlaskClient) -> None:
    """The role comes first, with what proves it and its film, then film and person; so it is suggested."""
    found = soup(client.get("/search?q=lorre+casablanca")).select(".found li")
    assert [words(one(it, ".kind")) for it in found[:3]] == ["Role", "Film", "Person"]
    role = found[0]
    assert words(one(role, ".label")) == "Peter Lorre as Ugarte"
    assert words(one(role, ".quiet")) == "Casablanca (1942)"
    assert {words(mark) for mark in role.select("p mark")} == {"Ugarte", "Peter Lorre"}
    assert client.get(str(one(role, ".label")["href"])).status_code == 200
    hits = json.loads(client.get("/suggest?q=lorre+casab").data)["hits"]
    assert (hits[0]["kind"], hits[0]["label"], hits[0]["detail"]) == (
        "role",
        "Peter Lorre as Ugarte",
        "Casablanca (1942)",
    )


def test_a_misspelt_pair_is_offered_as_near(client: FlaskClient) -> None:
    """With an error in the actor's name, the role stands among the nearest names."""
    told = json.loads(client.get("/search.json?q=peter+lorry+casablanca").data)
    assert [it["kind"] for it in told["near"]][:1] == ["role"]


def test_a_kind_narrows_the_search(client: FlaskClient) -> None:
    """With a kind chosen, only that kind is found, and the choice is marked."""
    page = soup(client.get("/search?q=kevin&kind=person"))
    assert {words(kind) for kind in page.select(".found .kind")} == {"Person"}
    assert words(one(page, "main [aria-current]")) == "People"


def test_characters_of_one_name_share_a_line(client: FlaskClient) -> None:
    """A name that several characters bear is found once, with the number of its films, and so it is suggested."""
    found = json.loads(client.get("/search.json?q=james%20bond").data)["found"]
    bonds = [it for it in found if (it["kind"], it["label"]) == ("character", "James Bond")]
    hits = [it for it in json.loads(client.get("/suggest?q=james%20bond").data)["hits"] if it["label"] == "James Bond"]
    listed = json.loads(client.get("/characters.json?after=james%20bond").data)["entries"]
    films = sum(entry["label"] == "James Bond" for entry in listed)
    assert films > 1
    assert [it["detail"] for it in bonds] == [it["detail"] for it in hits] == [f"in {films} films"]


def test_pages_of_results_hold_everything_once(client: FlaskClient) -> None:
    """Walking through the pages of results meets no line twice and leaves none out."""
    seen: list[tuple[str, str]] = []
    start: int | None = 0
    while start is not None:
        page = json.loads(client.get(f"/search.json?q=ma&kind=character&from={start}").data)
        seen += [(it["kind"], it["label"].casefold()) for it in page["found"]]
        start = page["following"]
    assert len(seen) == len(set(seen)) > 30


def test_results_far_beyond_the_last_are_none(client: FlaskClient) -> None:
    """Where a page of results would begin at an enormous number there is nothing."""
    assert client.get(f"/search?q=ma&from={10**30}").status_code == 404


def test_a_very_long_search_is_cut(client: FlaskClient) -> None:
    """No more than 200 characters of a search are repeated anywhere on its page; an unknown address is cut too."""
    answer = client.get(f"/search?q={'x' * 5000}", follow_redirects=True)
    assert answer.status_code == 200
    for page in (answer, client.get(f"/film/{'y' * 5000}")):
        assert (
            max(len(run) for run in re.findall("x+|y+", words(one(soup(page), "html")) + str(soup(page).main))) <= 200
        )


def test_a_misspelt_name_gets_near_ones(client: FlaskClient) -> None:
    """Where nothing is called so, the nearest names are offered as such."""
    page = soup(client.get("/search?q=casablanka"))
    assert "Nothing is called that" in words(one(page, "main"))
    assert "Casablanca" in [words(label) for label in page.select(".found .label")]


def test_an_empty_search_asks_for_words(client: FlaskClient) -> None:
    """Without words there is a box and no result."""
    page = soup(client.get("/search"))
    assert one(page, "main input[type=search]")
    assert not page.select("#found")


def test_suggestions_lead_to_pages(client: FlaskClient) -> None:
    """Each suggestion has a label, a kind, and an address that answers."""
    hits = json.loads(client.get("/suggest?q=graham%20ro").data)["hits"]
    assert hits[0]["label"] == "Graham Rogers"
    assert client.get(hits[0]["url"]).status_code == 200


def test_browsers_get_suggestions_as_they_want_them(client: FlaskClient) -> None:
    """The OpenSearch form is a list of the text, the completions, their descriptions and addresses."""
    text, labels, notes, addresses = json.loads(client.get("/suggest?form=opensearch&q=gra").data)
    assert text == "gra"
    assert len(labels) == len(notes) == len(addresses) > 0


def test_search_text_is_never_markup(client: FlaskClient) -> None:
    """What a visitor typed comes back as text."""
    answer = client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert b"<script>alert" not in answer.data
    assert one(soup(answer), "main input[type=search]")["value"] == '<script>alert(1)</script>"'


def test_a_query_shows_names_and_links(client: FlaskClient) -> None:
    """The result of a SELECT is a table in which resources are shown by name and linked."""
    text = "SELECT ?who { ?who film:played <http://localhost:8000/character/1-mile-to-you-2017/kevin> }"
    page = soup(client.get(f"/query?query={quote(text)}"))
    link = one(page, ".result td a")
    assert (words(link), link["href"]) == ("Graham Rogers", "/person/graham-rogers")
    assert one(page, "textarea").get_text() == text


def test_an_ask_says_yes_or_no(client: FlaskClient) -> None:
    """The answer to an ASK is a word."""
    assert "yes" in asked(client, "ASK { ?film a film:Film }").split()


def test_a_construct_shows_statements(client: FlaskClient) -> None:
    """The answer to a CONSTRUCT is a table of statements."""
    page = soup(
        client.get(f"/query?query={quote('CONSTRUCT { ?p film:played ?c } WHERE { ?p film:played ?c } LIMIT 3')}")
    )
    assert [words(cell) for cell in page.select(".result th")] == ["subject", "property", "value"]
    assert len(page.select(".result tbody tr")) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x {", "line 1"),
        ("DROP ALL", "only reads"),
        ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT ?x { ?x <http://nothing.example/> ?y }", "nothing in the graph fits"),
        ("hello", "SELECT"),
    ],
)
def test_what_is_wrong_is_said(client: FlaskClient, text: str, said: str) -> None:
    """A query that cannot be run is explained above the text, which stays."""
    assert said in asked(client, text)


def test_every_example_of_the_gallery_can_be_opened(client: FlaskClient) -> None:
    """Each example runs on the query page without a problem."""
    links = soup(client.get("/query")).select(".gallery li a")
    assert len(links) >= 12
    for link in links:
        page = soup(client.get(str(link["href"])))
        assert not page.select(".problem"), link["href"]


def test_an_unknown_named_query_is_not_found(client: FlaskClient) -> None:
    """A named query that does not exist, or a term that it does not take, is a 404."""
    assert client.get("/query?ask=no-such-query").status_code == 404
    assert client.get("/query?ask=../secrets").status_code == 404
    assert client.get("/query?ask=film-cast&nonsense=1").status_code == 404


@pytest.mark.parametrize("film", ["film/casablanca-1942", "/film/casablanca-1942"])
def test_a_named_query_takes_paths(client: FlaskClient, film: str) -> None:
    """A resource may be written as its path, as on the command line."""
    page = client.get("/query.json", query_string={"ask": "film-cast", "film": film}).get_json()
    assert "<http://localhost:8000/film/casablanca-1942>" in page["text"]
    assert page["result"]["total"] > 5


def test_a_failed_query_is_not_kept(client: FlaskClient) -> None:
    """A query that could not be run is a 400 that nobody may keep, so that it can be tried again."""
    answer = client.get("/query?query=SELECT")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("error", "status", "waits"),
    [(timed_out(10), 503, True), (too_large("result_rows", 10), 413, False)],
    ids=["time", "size"],
)
def test_a_passed_limit_has_its_own_status(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: LimitExceededError, status: int, waits: bool
) -> None:
    """The editor answers a query that takes too long with 503 and when to come back, one that is too large with 413."""

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(asking, "answer", refused)
    answer = client.get("/query", query_string={"query": "ASK {}"})
    assert (answer.status_code, "Retry-After" in answer.headers) == (status, waits)
    assert error.message in answer.text


@pytest.mark.parametrize("path", ["/query", "/learn"])
def test_pages_name_the_word_that_was_meant(client: FlaskClient, path: str) -> None:
    """The editor and the exercises have the same hints as the endpoint, and room for as long a query."""
    address = path if path == "/query" else f"/learn/{lessons()[0].name}"
    page = soup(client.get(address, query_string={"query": "SELCT * {}"}))
    assert "did you mean SELECT?" in words(one(page, ".problem"))
    assert int(str(one(page, "#query")["maxlength"])) == Limits().text_bytes


def test_control_characters_are_left_out_of_a_search(client: FlaskClient) -> None:
    """What cannot be shown is neither shown nor looked for."""
    answer = client.get("/search?q=Gra%00ham%1b")
    assert "Graham Rogers" in answer.text
    assert not {"\0", "\x1b"} & set(answer.text)


def test_columns_of_everything_stand_as_the_query_names_them(client: FlaskClient) -> None:
    """A table of all variables has them in the order of the query, each value under its own."""
    query = "SELECT * { ?who film:actedIn ?film } LIMIT 1"
    shown = client.get("/query.json", query_string={"query": query}).get_json()["result"]
    assert shown["columns"] == ["who", "film"]
    assert "/person/" in shown["rows"][0][0]["iri"]
