"""What programs look for: robots.txt, llms.txt, the manifest, OpenSearch, VoID, a health check, the icon."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from rdflib import DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef
from werkzeug.wrappers import Response as Plain

from graph import query
from webapp import forms, rdf
from webapp.fill import lists
from webapp.links import local
from webapp.markup import static
from webapp.partitions import VOID, add_partitions
from webapp.site import View, site, view

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may fetch: everything but queries, of which there is no end, and suggestions, which are no pages.

    The editor's own examples may be fetched. Addresses with words of visitors in them, as of searches and paths, are
    linked for people only (``nofollow``).
    """
    barred = (f"Disallow: {local('')}{path}" for path in ("sparql", "query?", "suggest"))
    lines = ["User-agent: *", f"Allow: {local('query')}?ask=examples/", *barred]
    return _text("\n".join([*lines, "", f"Sitemap: {site().iris.base}sitemap.xml", ""]), "text/plain")


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What programs that read for people should know of this site, in Markdown."""
    return _text(render_template("discovery/llms.txt", base=site().iris.base), "text/markdown")


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the site looks as an installed application."""
    said = {
        "name": "filmgraph: who played whom",
        "short_name": "filmgraph",
        "description": "Who played whom in which film, with the sentence that says so.",
        "start_url": local(""),
        "scope": local(""),
        "display": "minimal-ui",
        "background_color": "#fbf9f5",
        "theme_color": "#fbf9f5",
        "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        "shortcuts": [{"name": "Search", "url": local("search")}, {"name": "Query", "url": local("query")}],
    }
    return _text(json.dumps(said, indent=1) + "\n", "application/manifest+json")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser's own search box can search here."""
    find, suggest = _address("search?q={searchTerms}"), _address("suggest?form=opensearch&q={searchTerms}")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        "<ShortName>filmgraph</ShortName><Description>Who played whom in which film</Description>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Image width="32" height="32" type="image/svg+xml">{_address("static/favicon.svg")}</Image>'
        f'<Url type="text/html" template="{find}"/>'
        f'<Url type="application/x-suggestions+json" template="{suggest}"/>'
        "</OpenSearchDescription>\n"
    )
    return _text(body, "application/opensearchdescription+xml")


@blueprint.get("/.well-known/void", defaults={"suffix": ""})
@blueprint.get("/.well-known/void<suffix>")
def void(suffix: str) -> Plain:
    """The data as a whole, described in VoID; a browser gets Turtle."""
    _, by_suffix = forms.split(f"void{suffix}", forms.RDF_FORMS)
    if suffix and by_suffix is None:
        abort(404)
    form = by_suffix or forms.accepted(request.headers.get("Accept"), forms.RDF_FORMS) or forms.TURTLE
    answer = Response(rdf.serialise(_void(view()), form.syntax or "turtle", site()), mimetype=form.media)
    answer.vary.add("Accept")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _void(state: View) -> Graph:
    base = site().iris.base
    graph, this = rdf.bound(Graph(bind_namespaces="none"), site()), URIRef(base + ".well-known/void#dataset")
    said: list[tuple[URIRef, URIRef | Literal]] = [
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, Literal("filmgraph", lang="en")),
        (DCTERMS.description, Literal("Who played whom in which film, with the sentences that prove it.", lang="en")),
        (DCTERMS.license, URIRef(site().config.licence)),
        (FOAF.homepage, URIRef(base)),
        (VOID.sparqlEndpoint, URIRef(base + "sparql")),
        (VOID.uriSpace, Literal(base)),
        (VOID.vocabulary, URIRef("https://w3id.org/filmgraph#")),
        (VOID.vocabulary, URIRef("http://schema.org/")),
        (VOID.openSearchDescription, URIRef(base + "opensearch.xml")),
    ]
    said += [(VOID.triples, Literal(state.triples, datatype=XSD.integer))] if state.triples is not None else []
    said += [(VOID.exampleResource, URIRef(entry.iri)) for entry in lists.films(state).entries[:1]]
    for predicate, value in said:
        graph.add((this, predicate, value))
    add_partitions(graph, this, state)
    return graph


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the graph can be asked: 200 with the snapshot's number, else 503."""
    state = view()
    alive = state.source.ask(query.fill("alive"))
    return _text(f"{'ok' if alive else 'empty'} {state.version}\n", "text/plain", cache="no-store")


@blueprint.get("/favicon.ico")
def favicon() -> Plain:
    """The icon, for those who do not read the page's head."""
    return redirect(url_for("static", filename="favicon.svg"), 301)


def _address(path: str) -> str:
    return escape(site().iris.base + path)


def _text(body: str, media: str, cache: str = "public, max-age=3600") -> Response:
    return Response(body, mimetype=media, headers={"Cache-Control": cache})
