"""What each route answers, in one table; its path, its methods and what it does are read from the route itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from graph import lessons
from graph.sidecar import FACETS, KINDS, MORE
from graph.sidecar.browse import YES_OR_NO
from webapp import formats, listing
from webapp.api import reconciling
from webapp.api.operation import Operation, Parameter
from webapp.api.schema import Schema
from webapp.fill.facets import LABELS
from webapp.fill.lists import KINDS as LISTED
from webapp.fill.terms import Completion
from webapp.forms import LIST_FORMS, PLAIN_FORMS, RDF_FORMS, RESOURCE_FORMS, ROLE_FORMS
from webapp.pages import (
    AboutPage,
    ApiPage,
    CharacterPage,
    DumpsPage,
    ExplainPage,
    FactPage,
    FilmPage,
    GraphPage,
    HomePage,
    Known,
    LearnPage,
    LessonPage,
    ListPage,
    OntologyPage,
    PathPage,
    PersonPage,
    QueryPage,
    ReadyPage,
    ReviewPage,
    SearchPage,
    ShapesPage,
    SharePage,
    SourcePage,
    SourcesPage,
    Suggestions,
    TermPage,
    ThingPage,
    WorklistPage,
    WorklistsPage,
)

RESOURCE = tuple(form.media for form in RESOURCE_FORMS)
ROLES = tuple(form.media for form in ROLE_FORMS)
RDF = tuple(form.media for form in RDF_FORMS)
PLAIN = tuple(form.media for form in PLAIN_FORMS)
LIST = tuple(form.media for form in LIST_FORMS)
JSON = ("application/json",)
RESULTS = tuple(form.media for form in formats.FORMATS[:4])
ANSWER: Schema = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON: the rows of a SELECT, or the answer of an ASK.",
    "required": ["head"],
    "properties": {
        "head": {"type": "object"},
        "boolean": {"type": "boolean"},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
        },
    },
}


def _order(kind: str) -> tuple[Parameter, ...]:
    orders = tuple(key for key, _ in listing.ORDERS[kind])
    return (Parameter("order", "The order of the list.", "name", orders),) if orders else ()


def _narrowing(kind: str, *but: str) -> tuple[Parameter, ...]:
    """The parameters of a list: its facets, its order, where it begins."""
    thing = LISTED[kind]
    names = [name for name in (*FACETS[thing], *MORE.get(thing, ())) if name not in but]
    facets = tuple(Parameter(name, f"Only those of this {LABELS[name].lower()}.", *_values(name)) for name in names)
    return (*facets, *_order(kind), AFTER)


def _values(facet: str) -> tuple[Any, ...]:
    return ("yes", ("yes", "no")) if facet in YES_OR_NO else ()


AFTER = Parameter("after", "The key after which the list goes on: “following” of the page before.")
KIND = Parameter("kind", "Only things of this kind.", "film", tuple(KINDS))
PLAYED = "SELECT ?who ?whom { ?who film:played ?whom } LIMIT 3"
QUERY = Parameter("query", "A query in SPARQL 1.1.", PLAYED, needed=True)
ASKED = Parameter("query", QUERY.says, QUERY.example)
SNAPSHOT = Parameter("snapshot", "The number of an older snapshot to ask in place of the newest.")
TIMEOUT = Parameter("timeout", "Seconds that the query may run.", 5)
FORMAT = Parameter("format", "The form of the answer by its suffix; it goes before Accept.", "json")
FORM_BODY: Schema = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
POSTED = {"application/x-www-form-urlencoded": (FORM_BODY, {"query": QUERY.example})}
ASKS = quote(PLAYED)
EXERCISE = lessons.lessons()[0].name

PAGES, LISTS, RESOURCES, SEARCH, ASKING, REST = (
    "The site", "Lists", "Resources", "Search", "SPARQL", "For crawlers and monitors",
)  # fmt: skip
OPERATIONS: Mapping[str, Operation] = {
    "/": Operation(PAGES, PLAIN, HomePage, "/"),
    "/index.json": Operation(PAGES, JSON, HomePage, "/index.json"),
    "/about": Operation(PAGES, PLAIN, AboutPage, "/about"),
    "/api": Operation(PAGES, PLAIN, ApiPage, "/api"),
    "/api/{name}": Operation(PAGES, PLAIN, ApiPage, "/api/lists"),
    "/api/openapi.json": Operation(PAGES, JSON, {"type": "object"}, "/api/openapi.json"),
    "/ontology": Operation(PAGES, RESOURCE, OntologyPage, "/ontology"),
    "/ontology/shapes": Operation(PAGES, RESOURCE, ShapesPage, "/ontology/shapes"),
    "/ontology/{name}": Operation(PAGES, RESOURCE, TermPage, "/ontology/played"),
    "/sources": Operation(PAGES, PLAIN, SourcesPage, "/sources"),
    "/worklists": Operation(PAGES, PLAIN, WorklistsPage, "/worklists"),
    "/worklists/{path}": Operation(PAGES, LIST, WorklistPage, "/worklists/unresolved", (AFTER,)),
    "/path": Operation(
        PAGES,
        PLAIN,
        PathPage,
        "/path?from={person_id}&to={other_id}",
        (
            Parameter("from", "A person: a name, the end of an address, or an IRI.", "{person_id}", needed=True),
            Parameter("to", "The other person.", "{other_id}", needed=True),
        ),
    ),
    "/graph": Operation(
        PAGES,
        PLAIN,
        GraphPage,
        "/graph?of={film}",
        (Parameter("of", "A film or a person: the path of its page, its IRI, or a name.", "{film}"),),
    ),
    "/films": Operation(LISTS, LIST, ListPage, "/films", _narrowing("films")),
    "/people": Operation(LISTS, LIST, ListPage, "/people", _narrowing("people")),
    "/characters": Operation(LISTS, LIST, ListPage, "/characters", _narrowing("characters")),
    "/reviews": Operation(LISTS, LIST, ListPage, "/reviews", _narrowing("reviews")),
    "/genres": Operation(LISTS, PLAIN, ListPage, "/genres"),
    "/year/{year}": Operation(LISTS, LIST, ListPage, "/year/{year}", _narrowing("films", "year", "decade")),
    "/decade/{decade}s": Operation(LISTS, LIST, ListPage, "/decade/{decade}s", _narrowing("films", "decade")),
    "/{facet}/{name}": Operation(LISTS, LIST, ListPage, "{byline}", _narrowing("reviews", "outlet", "reviewer")),
    "/film/{key}": Operation(RESOURCES, ROLES, FilmPage, "{film}"),
    "/person/{key}": Operation(RESOURCES, ROLES, PersonPage, "{person}"),
    "/character/{key}": Operation(RESOURCES, ROLES, CharacterPage, "{character}", (AFTER,)),
    "/genre/{key}": Operation(RESOURCES, RESOURCE, ListPage, "{genre}", (AFTER,)),
    "/review/{key}": Operation(RESOURCES, RESOURCE, ReviewPage, "{review}"),
    "/role/{key}": Operation(RESOURCES, RESOURCE, FactPage, "{role}"),
    "/credit/{key}": Operation(RESOURCES, RESOURCE, FactPage, "{credit}"),
    "/evidence/{key}": Operation(RESOURCES, RESOURCE, ThingPage, "{evidence}"),
    "/dataset/{key}": Operation(RESOURCES, RESOURCE, SourcePage, "{dataset}", (AFTER,)),
    "/{kind}/{key}": Operation(RESOURCES, RESOURCE, ThingPage, "{graph}"),
    "/search": Operation(
        SEARCH,
        PLAIN,
        SearchPage,
        "/search?q=ma",
        (
            Parameter("q", "What to look for.", "ma", needed=True),
            KIND,
            Parameter("from", "How many results to pass over.", 0),
        ),
    ),
    "/suggest": Operation(
        SEARCH,
        JSON,
        Suggestions,
        "/suggest?q=ma",
        (Parameter("q", "The letters typed so far.", "ma", needed=True), KIND),
    ),
    "/sparql": Operation(
        ASKING,
        RESULTS,
        ANSWER,
        f"/sparql?query={ASKS}",
        (
            QUERY,
            FORMAT,
            TIMEOUT,
            Parameter("default-graph-uri", "A graph to ask in place of all; as often as wanted."),
            Parameter("named-graph-uri", "A graph that GRAPH can name; as often as wanted."),
        ),
        {**POSTED, "application/sparql-query": ({"type": "string"}, QUERY.example)},
    ),
    "/query": Operation(
        ASKING,
        PLAIN,
        QueryPage,
        f"/query?query={ASKS}",
        (ASKED, Parameter("ask", "The name of a query of this site.", "who-played-whom"), SNAPSHOT),
    ),
    "/query/result": Operation(
        ASKING, RESULTS, ANSWER, f"/query/result?query={ASKS}", (QUERY, FORMAT, SNAPSHOT), POSTED
    ),
    "/query/names": Operation(
        ASKING,
        JSON,
        dict[str, Known],
        "/query/names",
        (SNAPSHOT,),
        {"application/json": ({"type": "array", "items": {"type": "string"}, "maxItems": 400}, ["{film_iri}"])},
    ),
    "/query/terms.json": Operation(ASKING, JSON, tuple[Completion, ...], "/query/terms.json"),
    "/query/prefixes.json": Operation(ASKING, JSON, dict[str, str], "/query/prefixes.json"),
    "/query/code": Operation(ASKING, PLAIN, SharePage, f"/query/code?query={ASKS}", (QUERY,)),
    "/query/explain": Operation(ASKING, PLAIN, ExplainPage, f"/query/explain?query={ASKS}", (ASKED,)),
    "/q/{code}": Operation(ASKING, ("text/html",), None, "/q/{short}", (SNAPSHOT,)),
    "/learn": Operation(
        ASKING, PLAIN, LearnPage, "/learn", (Parameter("done", "The numbers of solved exercises.", "1.2"),)
    ),
    "/learn/{name}": Operation(
        ASKING,
        PLAIN,
        LessonPage,
        f"/learn/{EXERCISE}",
        (ASKED, Parameter("hints", "How many hints to show.", 1), Parameter("solution", "Show a solution.", "1")),
    ),
    **reconciling.OPERATIONS,
    "/dumps": Operation(PAGES, PLAIN, DumpsPage, "/dumps"),
    "/.well-known/void": Operation(REST, RDF, None, "/.well-known/void"),
    "/robots.txt": Operation(REST, ("text/plain",), None, "/robots.txt"),
    "/sitemap.xml": Operation(REST, ("application/xml",), None, "/sitemap.xml"),
    "/sitemap-pages.xml": Operation(REST, ("application/xml",), None, "/sitemap-pages.xml"),
    "/sitemap-{kind}-{part}.xml": Operation(REST, ("application/xml",), None, "/sitemap-films-0.xml"),
    "/feeds/{name}.atom": Operation(REST, ("application/atom+xml",), None, "/feeds/reviews.atom"),
    "/llms.txt": Operation(REST, ("text/markdown",), None, "/llms.txt"),
    "/manifest.webmanifest": Operation(REST, ("application/manifest+json",), None, "/manifest.webmanifest"),
    "/opensearch.xml": Operation(REST, ("application/opensearchdescription+xml",), None, "/opensearch.xml"),
    "/healthz": Operation(REST, ("text/plain",), None, "/healthz"),
    "/readyz": Operation(REST, JSON, ReadyPage, "/readyz"),
    "/metrics": Operation(REST, ("text/plain",), None, "/metrics"),
    "/favicon.ico": Operation(REST, ("image/svg+xml",), None, "/favicon.ico"),
}
"""By the route's path."""
