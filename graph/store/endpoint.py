"""Any SPARQL 1.1 server on the network, by SPARQLWrapper, with the same answers as the embedded engine.

Queries use plain patterns, so the server's default graph must hold the merge of all graphs, each triple once. ``push``
puts it there. Where a server has no default graph of its own but gives a union with repetitions (Virtuoso), ``push``
puts the merge into a graph of its own, and ``default_graph`` names that graph in every request.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

from graph.errors import BusyError, QueryError, StoreError
from graph.store.embedded import description, sorted_lines, value_of
from graph.store.media import GRAPH_TYPES, Form, graph_format, result_format
from graph.store.mend import mended_bytes
from graph.store.rows import MalformedQueryError, RefusedQueryError, Rows
from graph.store.syntax import outline, tokens

PAUSES = (0.2, 0.8)
"""Seconds to wait before each retry of a failed connection; a query that was answered is never sent again."""
TOO_SLOW = 504
BUSY = (429, 502, 503, TOO_SLOW)
"""HTTP statuses that mean: not now."""
_ROWS = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_NOT_UNION = "ASK { { SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } FILTER NOT EXISTS { ?s ?p ?o } }"


class Endpoint:
    """A remote SPARQL server; fulfils ``QuerySource``. Safe to share between threads: every query has its own request.

    ``timeout`` is in seconds, None for ever, and bounds each wait on the network; the server may go on computing.
    ``default_graph`` is the IRI of the graph in which the server holds the merge of all graphs, None where its own
    default graph does: a union that gives a triple as often as there are graphs that hold it falsifies every count.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float | None = 30,
        agent: str = "filmgraph",
        prefixes: Mapping[str, str] | None = None,
        default_graph: str | None = None,
    ) -> None:
        self._url = url
        self._default_graph = default_graph
        self._timeout = timeout
        self._agent = agent
        self._prefixes = dict(prefixes or {})
        self.base: str | None = None
        """What relative IRIs of queries are resolved against."""

    def within(self, seconds: float) -> Endpoint:
        """The same server, waited for no longer than this."""
        hasty = Endpoint(
            self._url,
            timeout=min(seconds, self._timeout or seconds),
            agent=self._agent,
            prefixes=self._prefixes,
            default_graph=self._default_graph,
        )
        hasty.base = self.base
        return hasty

    @property
    def version(self) -> str:
        """The URL of the server."""
        return self._url

    def check(self) -> None:
        """Raises ``StoreError`` if the server is away or its default graph does not hold what its graphs hold."""
        if self._default_graph:
            if not self.ask("ASK { ?s ?p ?o }"):
                raise StoreError(
                    f"the graph {self._default_graph} of {self._url}, set as FILMGRAPH_DEFAULT_GRAPH, is empty; "
                    "fill it with `filmgraph push`"
                )
        elif self.ask(_NOT_UNION):
            raise StoreError(
                f"the default graph of {self._url} is not the union of its graphs, so most answers would be empty; "
                "fill it with `filmgraph push`, or switch that on in the server (Oxigraph: --union-default-graph, "
                "Jena: unionDefaultGraph)"
            )

    def select(self, query: str) -> Rows:
        """The rows of a SELECT query."""
        answer = self._answer(query, Form.SELECT)
        if not isinstance(answer, QuerySolutions):
            raise StoreError(f"{self._url} answered a SELECT query with something else than rows")
        names = tuple(variable.value for variable in answer.variables)
        return Rows(names, [tuple([value_of(term) for term in solution]) for solution in answer])

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        return bool(self._answer(query, Form.ASK))

    def construct(self, query: str) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE query as N-Triples, sorted, each once."""
        return sorted_lines(self._triples(query, RdfFormat.N_TRIPLES, (Form.CONSTRUCT, Form.DESCRIBE)))

    def describe(self, iri: str) -> bytes:
        """The triples in any graph whose subject is the IRI, as N-Triples, sorted, each once."""
        return self.construct(description(iri))

    def serialize(self, query: str, media_type: str) -> bytes:
        """The answer to a query of any form in a media type of its form, written as the embedded engine does."""
        form = outline(query).form
        if form in (Form.CONSTRUCT, Form.DESCRIBE):
            return mended_bytes(media_type, self._triples(query, graph_format(media_type), (form,)))
        kind = result_format(media_type)
        answer = self._answer(query, Form.ASK if form is Form.ASK else Form.SELECT)
        return mended_bytes(media_type, answer.serialize(format=kind) or b"")

    def _answer(self, query: str, form: Form) -> QuerySolutions | QueryBoolean:
        body, _ = self._fetch(query, (form,), _ROWS)
        try:
            return parse_query_results(body, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self._url} sent something else than SPARQL results: {body[:80]!r}") from error

    def _triples(self, query: str, kind: RdfFormat, forms: tuple[Form, ...]) -> bytes:
        body, media_type = self._fetch(query, forms, _GRAPH)
        try:
            triples = parse(body, format=GRAPH_TYPES.get(media_type, RdfFormat.TURTLE), base_iri=self._url)
            return serialize((quad.triple for quad in triples), format=kind) or b""
        except SyntaxError as error:
            raise StoreError(f"{self._url} sent RDF that cannot be read: {error}") from error

    def _fetch(self, query: str, forms: tuple[Form, ...], accept: str) -> tuple[bytes, str]:
        """Body and media type of the server's answer."""
        form = outline(query).form
        if form is Form.UPDATE:
            raise RefusedQueryError("this is an update; filmgraph only reads from a remote server")
        if form is not None and form not in forms:
            raise QueryError(f"this is a {form.value} query; expected {' or '.join(f.value for f in forms)}")
        request = self._request(query, form or forms[0], accept)
        for pause in (*PAUSES, None):
            try:
                return self._sent(request)
            except (URLError, HTTPException, OSError, SPARQLWrapperException) as error:
                if pause is None or not _connection_failed(error):
                    raise self._explained(error) from error
                time.sleep(pause)
        raise AssertionError("the last round returns or raises")

    def _sent(self, request: SPARQLWrapper) -> tuple[bytes, str]:
        with request.query().response as response:
            cut = response.headers.get("X-SPARQL-MaxRows")
            if cut:
                raise StoreError(
                    f"{self._url} gives no more than {cut} rows, and cut this answer; ask with a smaller LIMIT, or "
                    "raise ResultSetMaxRows in the server's virtuoso.ini"
                )
            return response.read(), response.headers.get_content_type()

    def _request(self, query: str, form: Form, accept: str) -> SPARQLWrapper:
        request = SPARQLWrapper(self._url, agent=self._agent)
        text = declared(query, self._prefixes)
        request.setQuery(f"BASE <{self.base}> {text}" if self.base and not outline(query).base else text)
        request.queryType = form.value
        request.setMethod(POST)
        request.timeout = self._timeout  # type: ignore[assignment]  # setTimeout makes 0.5 a 0, which means for ever
        request.setOnlyConneg(True)
        if self._default_graph and not outline(query).has_dataset:
            request.addDefaultGraph(self._default_graph)
            for graph in asked_graphs(
                query, self._prefixes, self.base or ""
            ):  # a server that knows no others would find nothing
                request.addNamedGraph(graph)
        request.addCustomHttpHeader("Accept", accept)
        return request

    def _explained(self, error: Exception) -> QueryError | StoreError:
        if isinstance(error, QueryBadFormed):
            return MalformedQueryError(f"{self._url} cannot read the query: {_said(error)}")
        if isinstance(error, EndPointInternalError):
            return StoreError(f"{self._url} failed on the query: {_said(error)}")
        if isinstance(error, HTTPError) and error.code in BUSY:
            words = f"{self._url} is busy: HTTP status {error.code} ({error.reason})"
            return BusyError(words, waiting(error.headers.get("Retry-After")), slow=error.code == TOO_SLOW)
        if isinstance(error, HTTPError):
            return StoreError(f"{self._url} answered with HTTP status {error.code} ({error.reason})")
        if isinstance(error, SPARQLWrapperException):
            return StoreError(f"{self._url} refused: {error.msg}")
        if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
            return BusyError(f"{self._url} did not answer within {self._timeout:g} seconds", slow=True)
        reason = getattr(error, "reason", error)
        return StoreError(f"{self._url} cannot be reached ({reason}); is the server running, is its address right?")


def waiting(header: str | None) -> float | None:
    """The seconds that a Retry-After header asks to wait, a number or a date; None where it says nothing.

    >>> waiting("120"), waiting("soon"), waiting("Wed, 21 Oct 2015 07:28:00 GMT")
    (120.0, None, 0.0)
    """
    said = (header or "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def declared(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with the known prefixes that it uses without declaring them, put before its first line.

    >>> declared("SELECT * { ?s ex:p ex:o }", {"ex": "http://e/", "un": "http://u/"})
    'PREFIX ex: <http://e/> SELECT * { ?s ex:p ex:o }'
    """
    used = {token.split(":", 1)[0] for kind, token in tokens(query) if kind == "prefixed"}
    missing = sorted((used & prefixes.keys()) - outline(query).prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing) + query


def asked_graphs(query: str, prefixes: Mapping[str, str], base: str = "") -> list[str]:
    """The IRIs that a query looks into with GRAPH, sorted; none where it also looks into graphs by a variable.

    >>> asked_graphs("PREFIX e: <http://e/> ASK { GRAPH e:g { ?s ?p ?o } GRAPH <h> {} }", {}, "http://b/")
    ['http://b/h', 'http://e/g']
    """
    known, before, found = {**prefixes, **outline(query).prefixes}, "", set()
    for kind, token in tokens(query):
        if before == "GRAPH" and kind == "variable":
            return []
        if before == "GRAPH" and kind == "iri":
            found.add(urljoin(base, token[1:-1]))
        elif before == "BASE" and kind == "iri":
            base = token[1:-1]
        elif before == "GRAPH" and kind == "prefixed":
            prefix, _, local = token.partition(":")
            found.add(known.get(prefix, f"{prefix}:") + local)
        before = token.upper() if kind == "word" else ""
    return sorted(found)


def _connection_failed(error: Exception) -> bool:
    """Whether the server was not reached or hung up without an answer; a time-out is not tried again."""
    if isinstance(error, HTTPError):
        return False
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionError)


def _said(error: SPARQLWrapperException) -> str:
    """The server's own words, which SPARQLWrapper wraps in its message as the repr of bytes."""
    _, _, body = str(error).partition("Response:\n")
    try:
        return str(ast.literal_eval(body), "utf-8", "replace").strip()[:500]
    except (ValueError, SyntaxError, TypeError):
        return str(error)[:500]
