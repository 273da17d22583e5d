"""One resource, many forms."""

from __future__ import annotations

import json
from typing import cast

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from tests.webapp.reading import SYNTAXES, graph, one, soup
from webapp.rdf import serialise
from webapp.site import Site

FILM = "/film/1-mile-to-you-2017"
IRI = URIRef("http://localhost:8000/film/1-mile-to-you-2017")
ROLE = "/role/1-mile-to-you-2017/graham-rogers/kevin"
SCHEMA = Namespace("http://schema.org/")
SUFFIXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@pytest.mark.parametrize(
    "path", [FILM, "/person/graham-rogers", "/character/1-mile-to-you-2017/kevin", "/genre/drama", ROLE]
)
def test_every_syntax_has_the_same_triples(client: FlaskClient, path: str) -> None:
    """A resource has the same statements in every syntax, and they speak of the resource itself."""
    found = [graph(client.get(path, headers={"Accept": media})) for media in SYNTAXES]
    subject = URIRef(f"http://localhost:8000{path}")
    assert all((subject, RDF.type, None) in each for each in found)
    assert all(isomorphic(found[0], each) for each in found[1:])


def test_a_film_in_rdf_has_its_roles_their_proof_and_a_licence(client: FlaskClient) -> None:
    """The RDF of a film holds its type, its roles with their evidence, and who may use it."""
    found = graph(client.get(f"{FILM}.ttl"))
    film = Namespace("https://w3id.org/filmgraph#")
    role = URIRef(f"http://localhost:8000{ROLE}")
    assert (IRI, RDF.type, SCHEMA.Movie) in found
    assert (role, film.inFilm, IRI) in found
    assert list(found.objects(None, DCTERMS.license))
    assert any(found.value(evidence, film.quote) for evidence in found.objects(role, film.evidence))


@pytest.mark.parametrize(("suffix", "media"), SUFFIXES.items())
def test_a_suffix_is_as_good_as_an_accept_header(client: FlaskClient, suffix: str, media: str) -> None:
    """A suffix gives the same body as the Accept header of its media type."""
    assert client.get(f"{FILM}.{suffix}").data == client.get(FILM, headers={"Accept": media}).data


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle;q=0.9,text/html;q=0.1", "text/turtle"),
        ("TEXT/TURTLE", "text/turtle"),
        ("application/json", "application/json"),
    ],
)
def test_the_accept_header_is_weighed(client: FlaskClient, accept: str | None, media: str) -> None:
    """The form with the highest q-value is given, HTML to whoever does not mind."""
    answer = client.get(FILM, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", [FILM, "/films", "/person/graham-rogers"])
def test_a_slash_too_many_leads_to_the_page(client: FlaskClient, path: str) -> None:
    """An address with a slash at its end leads to the same address without it, on this host, its terms kept."""
    answer = client.get(f"{path}/?cast=all")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{path}?cast=all")
    assert client.get("//elsewhere.example/").headers.get("Location", "/elsewhere.example") == "/elsewhere.example"


def test_what_cannot_be_given_is_refused(client: FlaskClient) -> None:
    """A form that a resource cannot have is 406."""
    assert client.get(FILM, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/json"])
def test_a_known_state_is_not_sent_again(client: FlaskClient, accept: str) -> None:
    """The ETag names snapshot and form; who has it gets 304 and no body."""
    first = client.get(FILM, headers={"Accept": accept})
    again = client.get(FILM, headers={"Accept": accept, "If-None-Match": first.headers["ETag"]})
    other = client.get(FILM, headers={"Accept": accept, "If-None-Match": '"nonsense"'})
    assert (again.status_code, again.data, other.status_code) == (304, b"", 200)


def test_forms_have_etags_of_their_own(client: FlaskClient) -> None:
    """Two forms of one resource never share an ETag."""
    tags = {client.get(FILM, headers={"Accept": media}).headers["ETag"] for media in ("text/html", *SYNTAXES)}
    assert len(tags) == 1 + len(SYNTAXES)


def test_head_gives_headers_only(client: FlaskClient) -> None:
    """HEAD answers as GET does, without a body."""
    answer = client.head(FILM, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "text/turtle", b"")


def test_data_may_be_read_from_other_sites(client: FlaskClient) -> None:
    """RDF and JSON may be fetched by scripts of any site."""
    assert client.get(f"{FILM}.ttl").headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{FILM}.json").headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_names_its_other_forms(client: FlaskClient) -> None:
    """Every alternate in the head leads to the same resource in the form that it names."""
    answer = client.get(FILM)
    links = soup(answer).select("link[rel=alternate]:not([type*=atom])")
    assert {str(link["type"]) for link in links} == {*SYNTAXES, "application/json", "text/csv"}
    for link in links:
        assert client.get(str(link["href"])).mimetype == link["type"]
    assert '<http://localhost:8000/film/1-mile-to-you-2017>; rel="canonical"' in answer.headers["Link"]


def test_json_is_the_data_of_the_page(client: FlaskClient) -> None:
    """The .json of a film holds what its page shows."""
    page = json.loads(client.get(f"{FILM}.json").data)
    roles = {line["person"]["label"]: line["character"] and line["character"]["label"] for line in page["cast"]}
    assert (page["title"], page["year"]) == ("1 Mile To You", 2017)
    assert roles["Graham Rogers"] == "Kevin"
    assert roles["Tim Roth"] is None


def test_search_engines_get_a_movie(client: FlaskClient) -> None:
    """The page of a film holds a schema.org Movie with its director and its roles."""
    script = one(soup(client.get(FILM)), "script[type='application/ld+json']")
    node = json.loads(script.get_text())
    assert (node["@type"], node["@id"], node["name"]) == ("Movie", str(IRI), "1 Mile To You")
    assert [person["name"] for person in node["director"]] == ["Leif Tilden"]
    assert {"Kevin", "Ellie"} <= {role["characterName"] for role in node["actor"]}


def test_a_passage_leads_to_its_place_in_the_review(client: FlaskClient) -> None:
    """Evidence is a 303 to the sentence in the review for a browser, and triples for a program."""
    page = json.loads(client.get(f"{FILM}.json").data)
    proof = next(line["proofs"][0] for line in page["cast"] if line["proofs"])
    path = proof["evidence"].removeprefix("http://localhost:8000")
    answer = client.get(path)
    place, _, anchor = answer.headers["Location"].partition("#")
    assert answer.status_code == 303
    assert one(soup(client.get(place)), f"[id='{anchor}']")
    assert (URIRef(proof["evidence"]), None, None) in graph(client.get(path, headers={"Accept": "text/turtle"}))


@pytest.mark.parametrize("media", ["text/html", *SYNTAXES, "application/json"])
def test_a_wrong_name_gets_near_ones_in_the_form_asked_for(client: FlaskClient, media: str) -> None:
    """A 404 comes in the form asked for and names resources of a similar name."""
    answer = client.get("/film/1-mile-to-yuo-2017", headers={"Accept": media})
    assert answer.status_code == 404
    assert b"1-mile-to-you-2017" in answer.data
    assert answer.mimetype == ("application/problem+json" if media == "application/json" else media)


@pytest.mark.parametrize(
    "path",
    ["/film/a%20b", "/film/%3Cscript%3E", "/film/a%22b", "/person/%00", "/film/%7B%7D", "/film/a%5Cb", "/person/%FF"],
)
def test_no_path_breaks_the_site(client: FlaskClient, path: str) -> None:
    """A path that stands for no valid IRI is a 404, in HTML and in RDF."""
    assert client.get(path).status_code == 404
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_answers_are_locked_down(client: FlaskClient) -> None:
    """No page allows foreign or inline scripts, frames, or guessing of types."""
    headers = client.get(FILM).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_rdf_xml_holds_no_character_that_xml_forbids() -> None:
    """A form feed, or a terminal's command, in the words of a review leaves its RDF/XML well-formed."""
    words = Graph().add((IRI, RDFS.label, Literal("one page\x0canother \x1b[31mred")))
    (label,) = Graph().parse(data=serialise(words, "xml", cast("Site", None)), format="xml").objects(IRI, RDFS.label)
    assert str(label) == "one page\ufffdanother \ufffd[31mred"
