"""The ontology as pages: every term, the diagram, the shapes."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef

from graph.ontology import FOLDER
from graph.vocabulary import CLASSES, PROPERTIES
from tests.webapp.reading import graph, one, soup, words

SPACE = "https://w3id.org/filmgraph#"
TERMS = (*CLASSES, *PROPERTIES)


def test_every_term_has_a_page(client: FlaskClient) -> None:
    """Each class and property has a page of its own with its definition, an example, and how often it is used."""
    for name in TERMS:
        page = soup(client.get(f"/ontology/{name}"))
        assert words(one(page, "h1 code")) == f"film:{name}"
        assert words(one(page, ".lede"))
        assert page.select("section[aria-labelledby=example] pre")
        assert words(page.select("section[aria-labelledby=uses] p")[0])


def test_every_term_can_be_had_as_rdf(client: FlaskClient) -> None:
    """The RDF of a term's page says of it what the ontology says, and nothing of other terms."""
    whole = Graph().parse(FOLDER / "film.ttl")
    for name in ("Film", "played", "Role"):
        found = graph(client.get(f"/ontology/{name}", headers={"Accept": "text/turtle"}))
        assert {s for s in found.subjects() if isinstance(s, URIRef)} == {URIRef(SPACE + name)}
        for predicate in (RDFS.label, RDFS.isDefinedBy, RDF.type):
            assert set(found.objects(URIRef(SPACE + name), predicate)) == set(whole[URIRef(SPACE + name) : predicate])


def test_a_terms_uses_are_counted(client: FlaskClient) -> None:
    """The number of a term's uses is what the endpoint counts, and the rows shown are uses of it."""
    for name, pattern in (("Role", "?s a film:Role"), ("played", "?s film:played ?o"), ("Doubt", "?s a film:Doubt")):
        page = json.loads(client.get(f"/ontology/{name}.json").data)
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        counted = client.get("/sparql", query_string={"query": query, "format": "csv"}).get_data(as_text=True)
        assert page["uses"] == int(counted.split()[1])
        assert (page["result"] is not None) == (page["uses"] > 0)
    asked = one(soup(client.get("/ontology/Role")), "a.ask")["href"]
    assert soup(client.get(str(asked))).select(".result tbody tr")


def test_a_page_says_what_is_checked(client: FlaskClient) -> None:
    """The page of a term lists the rules of the shapes that check it."""
    rules = [words(item) for item in soup(client.get("/ontology/year")).select("section[aria-labelledby=rules] li")]
    assert "A film has at most one year, an xsd:gYear from 1880 to 2100." in rules
    film = [words(item) for item in soup(client.get("/ontology/Film")).select("section[aria-labelledby=rules] li")]
    assert set(rules) < set(film)


def test_the_shapes_have_a_page(client: FlaskClient) -> None:
    """Every rule of the shapes stands on their page, and the page can be had as the RDF of the shapes."""
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    shown = words(soup(client.get("/ontology/shapes")))
    assert [m for m in shapes.objects(None, SH.message) if " ".join(str(m).split()) not in shown] == []
    assert len(graph(client.get("/ontology/shapes.ttl", headers={"Accept": "*/*"}))) == len(shapes)


def test_the_diagram_is_the_ontology(client: FlaskClient) -> None:
    """Each arrow of the diagram is a property with that domain and range, or a subclass; its table says the same."""
    page = json.loads(client.get("/ontology.json").data)
    shown = page["diagram"]
    assert {box["name"] for box in shown["boxes"]} < set(CLASSES)
    terms = {term["name"]: term for term in (*page["classes"], *page["properties"])}
    for line in shown["lines"]:
        ends = (line["source"], line["target"])
        if line["kind"] == "subclass":
            assert f"film:{ends[1]}" in [it["label"] for it in terms[ends[0]]["parents"]]
        for names, (of, to) in ((line["there"], ends), (line["back"], ends[::-1])):
            for name in names:
                assert f"film:{of}" in [it["label"] for it in terms[name]["domains"]]
                assert f"film:{to}" in [it["label"] for it in terms[name]["ranges"]]
    table = soup(client.get("/ontology")).select("section[aria-labelledby=diagram] tbody tr")
    rows = [" ".join(words(cell) for cell in row.select("td")) for row in table]
    assert len(rows) == len(shown["lines"]) + sum(bool(line["back"]) for line in shown["lines"])
    assert "Person played Character" in rows


def test_boxes_do_not_lie_on_arrows(client: FlaskClient) -> None:
    """No arrow of the diagram passes through the box of a third class."""
    shown = json.loads(client.get("/ontology.json").data)["diagram"]
    for line in shown["lines"]:
        for box in shown["boxes"]:
            if box["name"] not in (line["source"], line["target"]):
                for step in range(101):
                    x = line["x1"] + (line["x2"] - line["x1"]) * step / 100
                    y = line["y1"] + (line["y2"] - line["y1"]) * step / 100
                    assert abs(x - box["x"]) > 62 or abs(y - box["y"]) > 21, (line, box)


@pytest.mark.parametrize("path", ["/ontology/Flim", "/ontology/played.xyz", "/ontology/shapes.xyz", "/ontology.xyz"])
def test_an_unknown_term_is_not_there(client: FlaskClient, path: str) -> None:
    """A misspelt term, or a form that there is not, is 404."""
    assert client.get(path).status_code == 404


def test_classes_are_typed_in_the_ontology() -> None:
    """What the vocabulary calls a class is an OWL class, so that its page counts things and not statements."""
    whole = Graph().parse(FOLDER / "film.ttl")
    assert all((URIRef(SPACE + name), RDF.type, OWL.Class) in whole for name in CLASSES)
