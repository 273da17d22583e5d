"""From a query that was asked to its answer, whatever brought it here: kept from before, or run in the sandbox."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Protocol

from graph.remarks import remark
from graph.sandbox import Asker, Examined, Order, Sandbox, SpooledResult
from graph.store import Form, QuerySource
from webapp.cache import Cache
from webapp.formats import Format, choose, formats_for
from webapp.sparql import downloads
from webapp.sparql.asked import Asked
from webapp.sparql.description import Example
from webapp.sparql.problems import Problem, ProblemError
from webapp.telemetry import note

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Filmgraph-Hint, Retry-After, Server-Timing",
}
"""Any page may ask, and may see what it needs of the answer."""


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
class Service:
    """What answers are made with; ``webapp.sparql.mount`` explains each."""

    state: Callable[[], State]
    sandbox: Sandbox
    prefixes: Mapping[str, str]
    address: str
    editor: str
    triples: Callable[[], int | None]
    examples: Callable[[], Sequence[Example]]
    asker: Callable[[Mapping[str, Any]], Asker]
    kept: Cache


@dataclass(slots=True)
class Answer:
    """A complete answer: a small one as ``body``, a large one as the ``file`` that holds it."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    file: IO[bytes] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that was read and examined, the state of the graph to ask, and the form of the answer.

    ``tag`` is the same for the same query on the same data, None where the answer may differ each time.
    """

    state: State
    asked: Asked
    query: str
    examined: Examined
    wanted: Format
    tag: str | None


def answer(
    service: Service,
    asked: Asked,
    query: str,
    environ: Mapping[str, Any],
    known: Callable[[str], bool] = lambda _: False,
) -> Answer:
    """The answer to a query; ``known`` tells whether the client has that of a tag already, which makes it 304.

    Raises ``ProblemError``, ``QueryError``, ``LimitError`` or ``StoreError``.
    """
    ready = prepare(service, service.state, asked, query, environ.get("HTTP_ACCEPT"))
    assert ready is not None  # noqa: S101  # the state is opened where need be
    note.saw(environ, ready.state.version)
    if ready.tag is not None and known(ready.tag):
        return _tagged(Answer(304, {}), ready)
    made = kept(service, ready)
    return made or finished(service, ready, _run(service, ready, environ))


def prepare(
    service: Service, state: Callable[[], State | None], asked: Asked, query: str, accept: str | None
) -> Prepared | None:
    """Examine a query and choose the form of its answer; None where ``state`` gives no state of the graph."""
    examined = service.sandbox.examine(query)
    wanted = _format(asked, examined, accept)
    found = state()
    if found is None:
        return None
    return Prepared(found, asked, query, examined, wanted, _tag(found, asked, examined, wanted))


def kept(service: Service, ready: Prepared) -> Answer | None:
    """The answer to the same query, if it is kept from before."""
    found = None if ready.tag is None else service.kept.get((ready.tag,))
    return found and _tagged(Answer(200, {"Content-Type": ready.wanted.content_type}, found[0]), ready)


def order(service: Service, ready: Prepared, asker: Asker) -> Order:
    """The query as the sandbox takes it."""
    assert ready.state.folder is not None  # noqa: S101  # a remote server is asked otherwise
    return service.sandbox.order(
        ready.state.folder,
        ready.query,
        ready.wanted.media,
        default_graphs=ready.asked.default_graphs,
        named_graphs=ready.asked.named_graphs,
        timeout=ready.asked.timeout,
        base=service.address,
        examined=ready.examined,
        asker=asker,
    )


def finished(service: Service, ready: Prepared, result: SpooledResult) -> Answer:
    """The answer as it is sent; a small one is kept."""
    made = _sent(result, ready.wanted)
    if ready.tag is not None and made.file is None:
        service.kept.put((ready.tag,), (made.body, ready.wanted.media))
    return _tagged(made, ready)


def _tagged(made: Answer, ready: Prepared) -> Answer:
    if ready.tag is None:
        made.headers["Cache-Control"] = "no-store"
        return made
    made.headers["ETag"] = f'W/"{ready.tag}"'
    made.headers["Cache-Control"] = "public, no-cache"
    if (hint := remark(ready.query)) is not None:
        made.headers["Filmgraph-Hint"] = hint
    return made


def _format(asked: Asked, examined: Examined, accept: str | None) -> Format:
    offered = formats_for(examined.form)
    named = next((entry for entry in offered if entry.suffix == asked.format), None)
    chosen = named or _chosen(accept, examined.form)
    if chosen is None:
        possible = [entry.media for entry in offered]
        detail = (
            f"the answer to {examined.form.value} can be given as {', '.join(possible)}; Accept asks for none of them"
        )
        raise ProblemError(Problem(406, detail, {"available": possible}))
    return chosen


@lru_cache(maxsize=256)
def _chosen(accept: str | None, form: Form) -> Format | None:
    """What an Accept header likes best; clients send the same few."""
    return choose(accept, formats_for(form))


def _run(service: Service, ready: Prepared, environ: Mapping[str, Any]) -> SpooledResult:
    if ready.state.folder is None:
        if ready.asked.default_graphs or ready.asked.named_graphs:
            raise ProblemError(Problem(400, "this service asks another server; name graphs in the query, with FROM"))
        body = ready.state.source.serialize(ready.query, ready.wanted.media)
        return SpooledResult(ready.wanted.media, len(body), 0, 0.0, BytesIO(body))
    return service.sandbox.fill(order(service, ready, service.asker(environ)))


def _sent(result: SpooledResult, wanted: Format) -> Answer:
    headers = {"Content-Type": wanted.content_type, "Server-Timing": f"query;dur={result.seconds * 1000:.1f}"}
    if isinstance(result.file, BytesIO):
        return Answer(200, headers, result.file.getvalue())
    if downloads.held() > downloads.MOST:
        result.close()
        raise ProblemError(downloads.too_many())
    result.file.seek(0)
    headers["Content-Length"] = str(result.size)
    return Answer(200, headers, file=result.file)


def _tag(state: State, asked: Asked, examined: Examined, wanted: Format) -> str | None:
    """The same for the same query on the same data; None for a query whose answer may differ each time."""
    if state.folder is None or examined.outline.varying:
        return None
    parts = (state.version, asked.query, asked.default_graphs, asked.named_graphs, wanted.media)
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
