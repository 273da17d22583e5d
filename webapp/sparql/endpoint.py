"""The blueprint of ``/sparql``, made from its arguments."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as Plain
from werkzeug.wsgi import wrap_file

from graph.errors import LimitError, QueryError, StoreError
from graph.sandbox import NOBODY, Asker, Examined, Sandbox, SpooledResult
from graph.store import MalformedQueryError, QuerySource
from webapp.cache import Cache
from webapp.formats import FORMATS, Format, choose, formats_for, negotiate
from webapp.sparql import downloads
from webapp.sparql.asked import Asked, read
from webapp.sparql.description import SYNTAXES, Example, describe
from webapp.sparql.problems import Problem, ProblemError, body_too_long, explain
from webapp.sparql.terms import misspelt_term

log = logging.getLogger(__name__)
ALLOWED = "GET, HEAD, POST, OPTIONS"
HTML = "text/html"
_VARYING = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
"""Functions by which a query may answer differently on the same data."""


class State(Protocol):
    """One state of the graph: what answers queries, its version, and its folder, None if it is a remote server."""

    @property
    def source(self) -> QuerySource:
        """What answers queries."""
        ...

    @property
    def version(self) -> str:
        """Differs whenever the data does."""
        ...

    @property
    def folder(self) -> Path | None:
        """The snapshot's folder."""
        ...


@dataclass(frozen=True, slots=True)
class _Service:
    """What the views work with."""

    state: Callable[[], State]
    sandbox: Sandbox
    prefixes: Mapping[str, str]
    address: str
    editor: str
    triples: Callable[[], int | None]
    examples: Callable[[], Sequence[Example]]
    asker: Callable[[], Asker]
    kept: Cache


def blueprint(
    state: Callable[[], State],
    sandbox: Sandbox,
    *,
    prefixes: Mapping[str, str],
    address: str,
    editor: str = "/query",
    triples: Callable[[], int | None] = lambda: None,
    examples: Callable[[], Sequence[Example]] = tuple,
    asker: Callable[[], Asker] = lambda: NOBODY,
    answers: int = 0,
) -> Blueprint:
    """The endpoint at ``/sparql``.

    ``state`` gives the current state of the graph; ``sandbox`` runs queries on it; ``prefixes`` are those that the
    sandbox knows; ``address`` is the endpoint's own IRI; ``editor`` is where browsers without a query are sent;
    ``triples`` gives the size of the data; ``examples`` queries to show; ``asker`` who asks, and raises
    LimitError where he asks too often; ``answers`` is how many bytes of answers are kept for those who ask the same.
    """
    service = _Service(state, sandbox, prefixes, address, editor, triples, examples, asker, Cache(answers))
    views = Blueprint("sparql", __name__)
    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]

    @views.route("/sparql", methods=methods, provide_automatic_options=False)
    def sparql() -> Plain:
        """A query by the SPARQL 1.1 Protocol; CONSTRUCT and DESCRIBE answer in RDF."""
        return _with_headers(_answered(service))

    return views


def _answered(service: _Service) -> Plain:
    """The answer, or the problem that stood in its way."""
    try:
        return _dispatched(service)
    except ProblemError as error:
        return error.problem.response()
    except (QueryError, LimitError) as error:
        return explain(error).response()
    except StoreError:
        log.exception("a query could not be answered")
        return Problem(503, "the data is not to be reached just now; try again in a minute", {}, 60).response()
    except RequestEntityTooLarge:
        return body_too_long(current_app.config["MAX_CONTENT_LENGTH"]).response()
    except HTTPException as error:
        return Problem(error.code or 400, error.description or "the request cannot be read").response()


def _dispatched(service: _Service) -> Plain:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ALLOWED.split(", "):
        answer = Problem(405, f"{request.method} is not possible here; use GET or POST").response()
        answer.headers["Allow"] = ALLOWED
        return answer
    asked = read(request, service.sandbox.limits.text_bytes)
    if asked.query is None:
        return _described(service)
    try:
        return _queried(service, asked, asked.query)
    except MalformedQueryError as error:
        return explain(error, asked.query).response()


def _queried(service: _Service, asked: Asked, query: str) -> Plain:
    examined = service.sandbox.examine(query)
    wanted = _format(asked, examined)
    state = service.state()
    tag = _tag(state, asked, wanted)
    if tag is None:
        answer = _sent(_run(service, state, asked, query, wanted, examined), wanted)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    elif (kept := service.kept.get((tag,))) is not None:
        answer = _small(kept[0], wanted)
    else:
        result = _run(service, state, asked, query, wanted, examined)
        if isinstance(result.file, BytesIO):
            service.kept.put((tag,), (result.read(), wanted.media))
        answer = _sent(result, wanted)
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "public, no-cache"
    if (hint := misspelt_term(query)) is not None:
        answer.headers["Filmgraph-Hint"] = hint
    return answer


def _format(asked: Asked, examined: Examined) -> Format:
    offered = formats_for(examined.form)
    named = next((entry for entry in offered if entry.suffix == asked.format), None)
    chosen = named or choose(request.headers.get("Accept"), offered)
    if chosen is None:
        possible = [entry.media for entry in offered]
        detail = (
            f"the answer to {examined.form.value} can be given as {', '.join(possible)}; Accept asks for none of them"
        )
        raise ProblemError(Problem(406, detail, {"available": possible}))
    return chosen


def _run(
    service: _Service, state: State, asked: Asked, query: str, wanted: Format, examined: Examined
) -> SpooledResult:
    if state.folder is None:
        if asked.default_graphs or asked.named_graphs:
            raise ProblemError(Problem(400, "this service asks another server; name graphs in the query, with FROM"))
        body = state.source.serialize(query, wanted.media)
        return SpooledResult(wanted.media, len(body), 0, 0.0, BytesIO(body))
    return service.sandbox.run(
        state.folder,
        query,
        wanted.media,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        timeout=asked.timeout,
        base=service.address,
        examined=examined,
        asker=service.asker(),
    )


def _sent(result: SpooledResult, wanted: Format) -> Response:
    """The complete answer: a small one in one piece, a large one as the file that holds it."""
    answer = _small(result.read(), wanted) if isinstance(result.file, BytesIO) else _large(result, wanted)
    answer.headers["Server-Timing"] = f"query;dur={result.seconds * 1000:.1f}"
    return answer


def _small(body: bytes, wanted: Format) -> Response:
    return Response(body, content_type=wanted.content_type)


def _large(result: SpooledResult, wanted: Format) -> Response:
    if downloads.held() > downloads.MOST:
        result.close()
        raise ProblemError(downloads.too_many())
    answer = Response(content_type=wanted.content_type)
    if request.method == "HEAD":
        result.close()
    else:
        result.file.seek(0)
        answer.response = wrap_file(request.environ, result.file)
        answer.direct_passthrough = True
    answer.content_length = result.size
    return answer


def _tag(state: State, asked: Asked, wanted: Format) -> str | None:
    """The same for the same query on the same data; None for a query whose answer may differ each time."""
    if state.folder is None or _VARYING.search(asked.query or ""):
        return None
    parts = (state.version, asked.query, asked.default_graphs, asked.named_graphs, wanted.media)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _described(service: _Service) -> Plain:
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
    answer = Response(status=204)
    answer.headers["Allow"] = ALLOWED
    answer.headers["Access-Control-Allow-Methods"] = ALLOWED
    answer.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def _with_headers(answer: Plain) -> Plain:
    """Any page may ask, and may see what it needs of the answer."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Filmgraph-Hint, Retry-After, Server-Timing"
    answer.vary.add("Accept")
    return answer
