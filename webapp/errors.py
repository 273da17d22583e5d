"""What a visitor gets when something is wrong: in the form asked for, with what to try."""

from __future__ import annotations

import json
import uuid

from flask import Flask, Response, current_app, redirect, render_template, request
from rdflib import RDFS, Graph, Literal, URIRef
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as Plain

from graph.errors import FilmgraphError, StoreError
from webapp import forms, links, rdf
from webapp.fill.search import near, words_of
from webapp.forms import HTML, RESOURCE_FORMS
from webapp.pages import ErrorPage, Found, Ref
from webapp.site import site, view
from webapp.telemetry import note

TITLES = {
    300: "This name stands for several",
    400: "That could not be read",
    404: "There is nothing at this address",
    405: "That cannot be done here",
    406: "This cannot be given in that form",
    408: "That took too long to arrive",
    410: "This is no longer kept",
    413: "That was too much at once",
    414: "That address is too long",
    429: "That was too often",
    500: "Something broke on our side",
    501: "This is not to be had here",
    503: "The film graph is not to be reached just now",
}
DETAILS = {
    300: "It was one page, before it was known who is who; each of them has its own now.",
    404: "The name may be spelt otherwise, or the source that spoke of it was removed.",
    400: "Something in the address or in what was sent is not as it should be.",
    413: "Please ask for less, or in several parts.",
    414: "Nothing here has so long an address; a shorter search may help.",
    429: "Please wait a minute, then try again.",
    406: "A resource can be had as HTML, Turtle, JSON-LD, N-Triples, RDF/XML and JSON.",
}


LISTS = {
    "person": ("people", "All people"),
    "people": ("people", "All people"),
    "character": ("characters", "All characters"),
    "characters": ("characters", "All characters"),
    "review": ("reviews", "All reviews"),
    "reviews": ("reviews", "All reviews"),
    "outlet": ("reviews", "All reviews"),
    "reviewer": ("reviews", "All reviews"),
    "genre": ("genres", "All genres"),
    "genres": ("genres", "All genres"),
    "ontology": ("ontology", "All terms of the ontology"),
    "worklists": ("worklists", "All worklists"),
    "learn": ("learn", "All exercises"),
    "dumps": ("dumps", "All dumps"),
    "query": ("query", "The editor"),
    "q": ("query", "The editor"),
    "sparql": ("query", "The editor"),
    "api": ("api", "All addresses for programs"),
}
"""Where to look for the thing that an address seems to name, by the address's first part; else among the films."""
LONGEST = 200
"""Characters of an address that are repeated to the visitor."""


class OutOfRangeError(NotFound):
    """Raised where a page of a list is asked for that lies behind its end; ``beginning`` is where the list begins."""

    def __init__(self, beginning: str) -> None:
        super().__init__("The list ends before this page.")
        self.beginning = beginning


class MissingError(NotFound):
    """Raised where what a term of the address names is not there; ``path`` is where it would be."""

    def __init__(self, path: str) -> None:
        super().__init__("Nothing here has the address that was asked for.")
        self.path = path


def register(app: Flask) -> None:
    """Answer for the errors of an application."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(Exception, _ours)


def choice(several: tuple[Found, ...]) -> Response:
    """The page for an address that stands for several things: all of them, to choose from."""
    return _page(300, DETAILS[300], several)


def _http(error: HTTPException) -> Plain:
    if error.response is not None:  # a view ended the request with an answer of its own
        return error.response  # type: ignore[return-value]  # werkzeug types it as any WSGI response
    status = error.code or 500
    if status == 404 and request.path.endswith("/") and request.path.strip("/"):
        return _without_slash()
    begin = (Ref(error.beginning, "The beginning of the list"),) if isinstance(error, OutOfRangeError) else ()
    path = error.path if isinstance(error, MissingError) else request.path
    answer = _page(status, _detail(status, error), begin=begin, path=path)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _detail(status: int, error: HTTPException) -> str:
    """What a view said of its own, else what this status always means here."""
    own = error.description if error.description != type(error).description else None
    return own or DETAILS.get(status, error.description or "")


def _without_slash() -> Plain:
    """To the same address without the slash at its end, never to another host."""
    terms = links.asked()
    return redirect(links.local(request.path.strip("/")) + (f"?{terms}" if terms else ""), 308)


def _store(error: StoreError) -> Response:
    """The data is missing or away: the message says what to do; it is for whoever runs the site."""
    current_app.logger.error("%s", error)
    answer = _page(503, str(error) if current_app.debug else "Please try again in a minute.")
    answer.headers["Retry-After"] = "60"
    return answer


def _ours(error: Exception) -> Response:
    """A mistake in filmgraph: logged under an id that the visitor can tell."""
    number = note.current() or uuid.uuid4().hex[:12]
    current_app.logger.error("error %s at %s", number, request.path, exc_info=error)
    if current_app.debug:
        raise error
    return _page(500, f"It has been noted under the number {number}.")


def _page(
    status: int, detail: str, several: tuple[Found, ...] = (), begin: tuple[Ref, ...] = (), path: str | None = None
) -> Response:
    """The error in the form asked for: HTML, RDF, or a problem document (RFC 9457); ``path`` is what was looked for."""
    title, sought = TITLES.get(status, "That did not work"), path or request.path
    alike = _near(sought) if status == 404 and not begin else several
    page = ErrorPage(status, title, detail, words_of(sought)[:LONGEST], alike, (*begin, *_ways(status, sought)))
    _, by_suffix = forms.split(request.path, RESOURCE_FORMS[1:])
    form = by_suffix or forms.accepted(request.headers.get("Accept"), RESOURCE_FORMS) or HTML
    if form is HTML:
        body, media = _html(page), HTML.media
    elif form.syntax:
        body, media = rdf.serialise(_graph(page), form.syntax, site()).decode(), form.media
    else:
        body, media = _problem(page), "application/problem+json"
    answer = Response(body, status, mimetype=media)
    answer.vary.add("Accept")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _ways(status: int, path: str) -> tuple[Ref, ...]:
    """From where to go on: the list of what the address seems to be of, and where everything begins."""
    if status not in (400, 404, 410, 413, 414, 429, 500, 501, 503):
        return ()
    base, place = site().iris.base, path.strip("/").partition("/")[0].partition(".")[0]
    to, words = LISTS.get(place, ("films", "All films"))
    ways = [Ref(f"{base}{to}", words), Ref(base, "The first page"), Ref(f"{base}about", "What this site is")]
    return tuple(way for way in ways if status == 404 or way.label != words)


def _near(path: str) -> tuple[Found, ...]:
    try:
        return near(view(), path)
    except FilmgraphError:
        return ()


def _html(page: ErrorPage) -> str:
    return render_template("errors/error.html", page=page, version=None, alternates=())


def _problem(page: ErrorPage) -> str:
    alike = [{"iri": it.iri, "label": it.label, "kind": it.kind} for it in page.near]
    said = {"type": "about:blank", "title": page.title, "status": page.status, "detail": page.detail, "near": alike}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _graph(page: ErrorPage) -> Graph:
    """The error as statements about the address, with similar resources to look at instead."""
    graph = rdf.bound(Graph(bind_namespaces="none"), site())
    this = URIRef(links.canonical(site().iris, request.path))
    graph.add((this, RDFS.comment, Literal(f"{page.status}: {page.title}. {page.detail}", lang="en")))
    for it in page.near:
        graph.add((this, RDFS.seeAlso, URIRef(it.iri)))
        graph.add((URIRef(it.iri), RDFS.label, Literal(it.label)))
    return graph
