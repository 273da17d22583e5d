"""What programs look for."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from graph import query
from graph.vocabulary import CLASSES, PROPERTIES
from tests.webapp.reading import graph, one, soup, words
from webapp import Config, create_app
from webapp.site import view

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "http://localhost:8000"
VOID = Namespace("http://rdfs.org/ns/void#")


def locations(client: FlaskClient, path: str) -> list[str]:
    """The addresses that a sitemap holds."""
    root = ET.fromstring(client.get(path).data)  # noqa: S314  # our own XML
    return [str(loc.text) for loc in root.iter(f"{MAP}loc")]


def test_the_sitemap_names_every_film_once(client: FlaskClient, app: Flask) -> None:
    """The sitemaps hold as many films as the graph, and their addresses answer."""
    maps = locations(client, "/sitemap.xml")
    films = locations(client, next(each for each in maps if "films" in each).removeprefix(BASE))
    with app.test_request_context():
        sidecar = view().sidecar
        assert sidecar
        assert len(films) == len(set(films)) == sidecar.counts()["films"]
    assert all(client.get(film.removeprefix(BASE)).status_code == 200 for film in films[:5])


def test_the_sitemap_names_the_other_pages(client: FlaskClient) -> None:
    """The pages that are no resources are in a sitemap of their own, and all of them answer."""
    pages = locations(client, next(each for each in locations(client, "/sitemap.xml") if "pages" in each)[len(BASE) :])
    assert f"{BASE}/path" in pages
    assert all(client.get(page.removeprefix(BASE)).status_code == 200 for page in pages)


def test_robots_are_kept_from_the_endpoint(client: FlaskClient) -> None:
    """robots.txt names the sitemap and keeps crawlers off queries, but not off pages."""
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert "Disallow: /sparql" in lines
    assert lines.index("Allow: /query?ask=examples/") < lines.index("Disallow: /query?")
    assert f"Sitemap: {BASE}/sitemap.xml" in lines
    barred = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert barred
    for page in ("/query", "/search?q=bond", "/path?from=a&to=b", "/film/skyfall-2012"):
        assert not any(page.startswith(path) for path in barred)


def test_void_tells_the_truth(client: FlaskClient) -> None:
    """VoID gives the endpoint and the number of statements that the endpoint counts."""
    found = graph(client.get("/.well-known/void", headers={"Accept": "text/turtle"}))
    (dataset,) = found.subjects(VOID.sparqlEndpoint)
    counted = client.get("/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }&format=csv").get_data(as_text=True)
    assert str(found.value(dataset, VOID.triples)) == counted.split()[1]
    assert str(found.value(dataset, VOID.sparqlEndpoint)) == f"{BASE}/sparql"


def test_opensearch_points_at_search_and_suggestions(client: FlaskClient) -> None:
    """The OpenSearch description is XML with both templates."""
    root = ET.fromstring(client.get("/opensearch.xml").data)  # noqa: S314  # our own XML
    urls = [url.attrib["template"] for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert urls == [f"{BASE}/search?q={{searchTerms}}", f"{BASE}/suggest?form=opensearch&q={{searchTerms}}"]


def test_health_names_the_snapshot(client: FlaskClient) -> None:
    """A healthy site says ok and its snapshot."""
    assert client.get("/healthz").get_data(as_text=True).startswith("ok ")


def test_without_data_the_site_says_so(tmp_path: Path) -> None:
    """A site without a snapshot answers 503 on every page, and 200 on none."""
    client = create_app(Config(tmp_path)).test_client()
    for path in ("/", "/films", "/healthz", "/film/a", "/sparql?query=ASK{}"):
        assert client.get(path).status_code == 503, path
    assert client.get("/static/site.css").status_code == 200


def test_the_ontology_documents_every_term(client: FlaskClient) -> None:
    """Each term of the vocabulary has an anchor, a definition and an example on the ontology's page."""
    page = soup(client.get("/ontology"))
    for name in (*CLASSES, *PROPERTIES):
        term = one(page, f"article[id='{name}']")
        assert words(one(term, "p"))
        assert term.select("pre")


def test_the_ontology_can_be_had_as_rdf(client: FlaskClient) -> None:
    """The ontology's page has its RDF behind suffixes and Accept."""
    found = graph(client.get("/ontology", headers={"Accept": "text/turtle"}))
    assert len(found) > 100


def test_void_has_a_partition_for_each_class_and_property(client: FlaskClient) -> None:
    """VoID's partitions have the counts that the endpoint gives, so that editors complete terms from the data."""
    found = graph(client.get("/.well-known/void", headers={"Accept": "text/turtle"}))
    (dataset,) = found.subjects(VOID.sparqlEndpoint)

    def told(partition: URIRef, of: URIRef, size: URIRef) -> dict[str, str]:
        parts = list(found.objects(dataset, partition))
        return {str(found.value(part, of)): str(found.value(part, size)) for part in parts}

    def counted(pattern: str) -> dict[str, str]:
        query = f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x"
        lines = (
            client.get("/sparql", query_string={"query": query, "format": "csv"}).get_data(as_text=True).splitlines()
        )
        return dict(line.rsplit(",", 1) for line in lines[1:])

    assert told(VOID.classPartition, VOID["class"], VOID.entities) == counted("?s a ?x")
    assert told(VOID.propertyPartition, VOID.property, VOID.triples) == counted("?s ?x ?o")


def test_the_description_of_the_service_shows_the_gallery(client: FlaskClient) -> None:
    """Each example is a SHACL executable that says its question, its text, its prefixes and the endpoint."""
    sh = Namespace("http://www.w3.org/ns/shacl#")
    found = graph(client.get("/sparql", headers={"Accept": "text/turtle"}))
    xml = client.get("/sparql", headers={"Accept": "application/rdf+xml"}).data
    assert len(Graph().parse(data=xml, format="xml")) == len(found)
    shown = set(found.subjects(RDF.type, sh.SPARQLExecutable))
    assert len(shown) == len(query.examples()) >= 20
    for each in query.examples():
        this = URIRef(f"{BASE}/query?ask={each.name}")
        texts = [found.value(this, sh[form]) for form in ("select", "ask", "construct")]
        assert [str(text) for text in texts if text is not None] == [each.text]
        assert str(found.value(this, RDFS.comment)) == each.question
        assert found.value(this, URIRef("https://schema.org/target")) == URIRef(f"{BASE}/sparql")
        assert list(found.objects(found.value(this, sh.prefixes), sh.declare))


def test_sitemaps_hold_no_more_than_the_protocol_allows(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a smaller bound there are more files, each within it, and together they name the same films."""
    whole = locations(client, "/sitemap-films-0.xml")
    monkeypatch.setattr("webapp.sitemaps.MOST", 50)
    maps = [each for each in locations(client, "/sitemap.xml") if "films" in each]
    parts = [locations(client, each.removeprefix(BASE)) for each in maps]
    assert len(parts) > 2
    assert max(map(len, parts)) <= 50
    assert [film for part in parts for film in part] == whole
    assert client.get(f"/sitemap-films-{len(parts)}.xml").status_code == 404
    assert ET.fromstring(client.get("/sitemap.xml").data).find(f"{MAP}sitemap/{MAP}lastmod") is not None  # noqa: S314  # our own XML


def test_programs_that_read_find_the_way(client: FlaskClient) -> None:
    """Every address of llms.txt answers, and the manifest names an icon that is there."""
    text = client.get("/llms.txt").get_data(as_text=True)
    addresses = re.findall(rf"\({BASE}([^)]*)\)", text)
    assert len(addresses) > 8
    assert all(client.get(each).status_code in (200, 303) for each in addresses)
    manifest = client.get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    (icon,) = json.loads(manifest.data)["icons"]
    assert client.get(icon["src"]).mimetype == icon["type"]


def test_a_browser_may_load_what_the_head_links(client: FlaskClient) -> None:
    """The content security policy allows the style sheet, the scripts, the icon and the manifest, from here alone."""
    answer = client.get("/about")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    for kind in ("style-src", "script-src", "img-src", "manifest-src"):
        assert "'self'" in policy[kind].split()
    assert str(one(one(soup(answer), "head"), "link[rel=manifest]")["href"]).startswith("/")
    assert policy["default-src"] == "'none'"
