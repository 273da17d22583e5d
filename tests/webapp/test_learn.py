"""The exercises as pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graph import lessons
from tests.webapp.reading import one, soup, words

NAMES = [lesson.name for lesson in lessons.lessons()]


def solution(client: FlaskClient, name: str) -> str:
    """The solution as the page shows it."""
    text = client.get(f"/learn/{name}.json?solution=1").get_json()["solution"]
    assert isinstance(text, str)
    return text


def test_the_list_leads_to_all_lessons(client: FlaskClient) -> None:
    """Ten exercises are listed in order, and each page is there."""
    links = [str(link["href"]) for link in soup(client.get("/learn")).select(".steps a")]
    assert links == [f"/learn/{name}" for name in NAMES]
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize("name", NAMES)
def test_the_solution_is_right(client: FlaskClient, name: str) -> None:
    """The solution shown on request passes, and what the page begins with does not."""
    page = client.get(f"/learn/{name}.json", query_string={"query": solution(client, name)}).get_json()
    assert (page["right"], page["remarks"], page["problem"]) == (True, [], None)
    begun = client.get(f"/learn/{name}.json", query_string={"query": page["text"].replace(page["text"], "")}).get_json()
    tried = client.get(f"/learn/{name}.json", query_string={"query": begun["text"]}).get_json()
    assert tried["right"] is False
    assert tried["remarks"]


def test_the_names_of_variables_are_free_inside(client: FlaskClient) -> None:
    """Another way to the same answer is right as well."""
    text = solution(client, "03-roles").replace("?role", "?part").replace("film:performer ?person", "film:performer ?x")
    text = text.replace("?person film:name ?actor", "?x film:name ?actor")
    assert client.get("/learn/03-roles.json", query_string={"query": text}).get_json()["right"] is True


def test_what_was_solved_goes_on_in_the_address(client: FlaskClient) -> None:
    """A solved lesson is marked in the list that the page leads to; no cookie is set."""
    answer = client.get(
        "/learn/02-two-patterns", query_string={"query": solution(client, "02-two-patterns"), "done": "1"}
    )
    assert "Set-Cookie" not in answer.headers
    page = soup(answer)
    assert words(one(page, ".right strong")) == "Right."
    assert str(one(page, ".right a.button")["href"]).endswith("/learn/03-roles?done=1.2")
    listed = soup(client.get("/learn?done=1.2"))
    assert [words(item) for item in listed.select(".steps .done .no")] == ["1", "2"]


def test_hints_come_one_by_one(client: FlaskClient) -> None:
    """Each hint is shown when asked for, and the query stays."""
    first = soup(client.get("/learn/04-paths", query_string={"query": "ASK {}"}))
    assert not first.select("#hints")
    link = next(str(link["href"]) for link in first.select(".does a") if "hint" in words(link))
    second = soup(client.get(link))
    assert len(second.select("section ol.dots li")) == 1
    assert one(second, "textarea").get_text() == "ASK {}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?whom {", "line 1"),
        ("DROP ALL", "only reads"),
        ("ASK {}", "begin with SELECT"),
        ("CONSTRUCT { ?a film:played ?b } WHERE { ?a film:played ?b }", "begin with SELECT"),
        ("SELECT ?x { ?y film:played ?x }", "The column ?whom is missing; yours is ?x"),
        ("SELECT ?whom { ?y film:played ?whom }", "rows are too many, such as"),
    ],
)
def test_what_is_wrong_is_said(client: FlaskClient, text: str, said: str) -> None:
    """A query that fails, and an answer that differs, are explained."""
    page = soup(client.get("/learn/01-one-pattern", query_string={"query": text}))
    assert said in words(one(page, ".problem"))


def test_a_misspelt_term_is_said(client: FlaskClient) -> None:
    """Where nothing fits because a term does not exist, the exercise names the one that was probably meant."""
    page = client.get("/learn/01-one-pattern", query_string={"query": "SELECT ?whom { ?who film:playd ?whom }"}).text
    assert "did you mean film:played?" in page


def test_a_query_about_somebody_else_is_told_so(client: FlaskClient) -> None:
    """An answer kept from before other films were loaded names its person, and that of the exercise now."""
    text = solution(client, "01-one-pattern")
    mine = text.replace("/person/", "/person/another-")
    assert "your query about &lt;http" in client.get("/learn/01-one-pattern", query_string={"query": mine}).text
    wrong = text.replace("?person film:played ?whom", "?whom film:played ?person")
    assert "your query about" not in client.get("/learn/01-one-pattern", query_string={"query": wrong}).text


def test_odd_addresses_are_borne(client: FlaskClient) -> None:
    """A lesson that is not there is a 404; nonsense in the address is passed over."""
    assert client.get("/learn/11-nothing").status_code == 404
    assert client.get("/learn/01-one-pattern?hints=-3&done=x.1.999999.%C2%B2").status_code == 200
    assert client.get("/learn/01-one-pattern?hints=1e9&done=" + "1." * 500).status_code == 200
