"""How the query page shows an answer, and what it offers where there is none."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from graph import query
from graph.sandbox import LimitExceededError
from graph.sandbox.limits import out_of_memory, timed_out, too_large
from tests.webapp.reading import one, soup, words
from webapp.fill import asking

PAIRS = "examples/23-reunions"
TERMS = """SELECT ?word ?year ?mixed ?thing ?nobody {
  VALUES (?word ?year ?mixed ?thing) {
    ("שלום"@he "1992"^^xsd:gYear 1 <urn:isbn:1>)
    ("hi"@en "1993"^^xsd:gYear "1" <javascript:x>)
  }
  BIND(BNODE() AS ?nobody)
}"""


def _stopped(monkeypatch: pytest.MonkeyPatch, error: LimitExceededError) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(asking, "answer", refused)


@pytest.mark.parametrize("error", [timed_out(10), out_of_memory(1 << 30)], ids=["time", "memory"])
def test_what_takes_too_much_is_narrowed_by_one_click(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: LimitExceededError
) -> None:
    """An example that passes a limit of time or memory has a link to itself with its narrowing line let in."""
    with monkeypatch.context() as stopped:
        _stopped(stopped, error)
        link = one(soup(client.get("/query", query_string={"ask": PAIRS})), ".problem a")
    page = soup(client.get(str(link["href"])))
    assert one(page, "textarea").get_text() == (asking_text := query.narrowed(_text()) or "")
    assert "\n  ?film film:year" in asking_text
    assert one(page, ".result")


def test_a_narrowing_line_is_found_in_what_a_form_sends(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms end their lines by two signs; the link is there all the same."""
    _stopped(monkeypatch, timed_out(10))
    page = soup(client.get("/query", query_string={"query": _text().replace("\n", "\r\n")}))
    assert "%23+%3Ffilm" not in str(one(page, ".problem a")["href"])


@pytest.mark.parametrize(
    ("text", "error"), [("ASK {}", timed_out(10)), (None, too_large("result_rows", 10))], ids=["no line", "size"]
)
def test_nothing_is_offered_that_would_not_help(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, text: str | None, error: LimitExceededError
) -> None:
    """A query without such a line, and one whose answer is too large, have the advice in words alone."""
    _stopped(monkeypatch, error)
    page = soup(client.get("/query", query_string={"query": text or _text()}))
    assert not page.select(".problem a.button")


def test_what_is_too_large_for_a_page_is_to_be_had_as_a_file(client: FlaskClient) -> None:
    """A page bounds an answer closer than a file, so it links the files, and they are complete."""
    many = " ".join(map(str, range(100)))
    text = f"SELECT * {{ VALUES ?a {{ {many} }} VALUES ?b {{ {many} }} BIND('{'x' * 900}' AS ?c) }}"
    answer = client.get("/query", query_string={"query": text})
    links = soup(answer).select(".problem a")
    assert answer.status_code == 413
    assert [words(link) for link in links] == ["JSON", "XML", "CSV", "TSV"]
    assert client.get(str(links[2]["href"])).data.count(b"\r\n") == 10_001


def test_an_answer_tells_languages_and_datatypes(client: FlaskClient) -> None:
    """A text's language stands beside it, the datatype that a column shares at its head; what is mixed has none."""
    page = soup(client.get(f"/query?query={quote(TERMS)}"))
    assert [words(head) for head in page.select(".result th")] == ["word", "year xsd:gYear", "mixed", "thing", "nobody"]
    first, *_, nobody = page.select(".result tbody tr")[0].select("td")
    assert words(first) == "שלום he"
    assert words(nobody).startswith("_:")


def test_only_what_leads_somewhere_is_a_link(client: FlaskClient) -> None:
    """IRIs that a browser cannot follow, or should not, stand as text."""
    page = soup(client.get(f"/query?query={quote(TERMS)}"))
    assert not page.select(".result td a")
    assert "urn:isbn:1" in words(one(page, ".result table"))


def test_a_description_tells_them_too(client: FlaskClient) -> None:
    """Values of triples have their languages as those of rows have."""
    text = 'CONSTRUCT { <urn:a> <urn:b> "hi"@en , "du"@de } WHERE {}'
    page = soup(client.get("/query", query_string={"query": text}))
    assert [words(row.select("td")[2]) for row in page.select(".result tbody tr")] == ["du de", "hi en"]


def _text() -> str:
    """The example as the editor shows it."""
    return "\n".join(line for line in query.load(PAIRS).text.splitlines() if not line.startswith("#+")).strip()
