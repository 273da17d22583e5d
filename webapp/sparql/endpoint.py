"""The blueprint of ``/sparql``, made from its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as Plain
from werkzeug.wsgi import wrap_file

from graph.errors import LimitError, QueryError, StoreError
from graph.sandbox import NOBODY, Asker, Sandbox
from webapp.cache import Cache
from webapp.formats import FORMATS, negotiate
from webapp.sparql.answers import OPEN, Answer, Service, State, answer
from webapp.sparql.asked import Asked, read
from webapp.sparql.description import SYNTAXES, Example, describe
from webapp.sparql.express import PATH
from webapp.sparql.problems import Problem, ProblemError, body_too_long, problem_of

ALLOWED = "GET, HEAD, POST, OPTIONS"
HTML = "text/html"


def mount(
    app: Flask,
    state: Callable[[], State],
    sandbox: Sandbox,
    *,
    prefixes: Mapping[str, str],
    address: str,
    editor: str = "/query",
    triples: Callable[[], int | None] = lambda: None,
    examples: Callable[[], Sequence[Example]] = tuple,
    asker: Callable[[Mapping[str, Any]], Asker] = lambda _: NOBODY,
    answers: Cache | None = None,
) -> Service:
    """Give an application the endpoint at ``/sparql``; what it answers with is given back, for ``Express``.

    ``state`` gives the current state of the graph; ``sandbox`` runs queries on it; ``prefixes`` are those that the
    sandbox knows; ``address`` is the endpoint's own IRI; ``editor`` is where browsers without a query are sent;
    ``triples`` gives the size of the data; ``examples`` queries to show; ``asker`` who asks by the WSGI environment
    of a request, and raises LimitError where he asks too often; ``answers`` keeps answers for those who ask the same.
    """
    service = Service(state, sandbox, prefixes, address, editor, triples, examples, asker, answers or Cache(0))
    views = Blueprint("sparql", __name__)
    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]

    @views.route(PATH, methods=methods, provide_automatic_options=False)
    def sparql() -> Plain:
        """A query by the SPARQL 1.1 Protocol; CONSTRUCT and DESCRIBE answer in RDF."""
        return _with_headers(_answered(service))

    app.register_blueprint(views)
    return service


def _answered(service: Service) -> Plain:
    """The answer, or the problem that stood in its way."""
    try:
        return _dispatched(service)
    except (ProblemError, QueryError, LimitError, StoreError) as error:
        return problem_of(error).response()
    except RequestEntityTooLarge:
        return body_too_long(current_app.config["MAX_CONTENT_LENGTH"]).response()
    except HTTPException as error:
        return Problem(error.code or 400, error.description or "the request cannot be read").response()


def _dispatched(service: Service) -> Plain:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ALLOWED.split(", "):
        refused = Problem(405, f"{request.method} is not possible here; use GET or POST").response()
        refused.headers["Allow"] = ALLOWED
        return refused
    asked = read(request, service.sandbox.limits.text_bytes)
    return _described(service) if asked.query is None else _queried(service, asked, asked.query)


def _queried(service: Service, asked: Asked, query: str) -> Plain:
    try:
        made = answer(service, asked, query, request.environ, request.if_none_match.contains_weak)
    except (QueryError, LimitError) as error:
        return problem_of(error, query).response()
    return _response(made)


def _response(made: Answer) -> Response:
    if made.file is None:
        return Response(made.body, made.status, made.headers)
    if request.method == "HEAD":
        made.file.close()
        return Response(headers=made.headers)
    return Response(wrap_file(request.environ, made.file), headers=made.headers, direct_passthrough=True)


def _described(service: Service) -> Plain:
    kind = negotiate(request.headers.get("Accept"), [*SYNTAXES, HTML])
    if kind is None:
        raise ProblemError(Problem(406, f"the description of this service can be had as {', '.join(SYNTAXES)}"))
    if kind == HTML:
        return redirect(service.editor, 303)
    triples = service.triples()
    key = ("description", kind, str(triples))
    kept = service.kept.get(key)
    if kept is None:
        graph = describe(service.address, service.prefixes, triples, service.examples())
        kept = (graph.serialize(format=SYNTAXES[kind]).encode(), kind)
        service.kept.put(key, kept)
    media = next(entry.content_type for entry in FORMATS if entry.media == kind)
    return Response(kept[0], content_type=media, headers={"Cache-Control": "public, no-cache"})


def _preflight() -> Response:
    allowed = Response(status=204)
    allowed.headers["Allow"] = ALLOWED
    allowed.headers["Access-Control-Allow-Methods"] = ALLOWED
    allowed.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    allowed.headers["Access-Control-Max-Age"] = "86400"
    return allowed


def _with_headers(made: Plain) -> Plain:
    made.headers.update(OPEN)
    made.vary.add("Accept")
    return made
