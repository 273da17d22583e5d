"""The embedded engine: answers from one open store, published or being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph.errors import QueryError, StoreError
from graph.store.media import graph_format, result_format
from graph.store.mend import Output, mended
from graph.store.messages import malformed
from graph.store.rows import Iri, RefusedQueryError, Rows, Value, literal_value
from graph.store.star import in_order
from graph.store.syntax import outline

Answer = QuerySolutions | QueryBoolean | QueryTriples
_WAY_BACK = "`filmgraph snapshots list` shows the others, `filmgraph snapshots rollback N` goes back to one of them"
NO_SERVICE = "SERVICE asks another server, and nothing here goes out to the network; ask that server directly"


class Oxigraph:
    """Answers queries on one open pyoxigraph store; fulfils ``QuerySource``. Safe to share between threads."""

    def __init__(self, store: Store, version: str, prefixes: Mapping[str, str] | None = None) -> None:
        self._store: Store | None = store
        self._version = version
        self._prefixes = dict(prefixes or {})
        self._marks = [(f"{prefix}:", prefix) for prefix in self._prefixes]
        self.base: str | None = None
        """What relative IRIs of queries are resolved against."""

    @property
    def version(self) -> str:
        """The snapshot's number, or ``draft`` for a state that is not published."""
        return self._version

    @property
    def store(self) -> Store:
        """The open engine."""
        if self._store is None:
            raise StoreError(f"the store of {self._version} is closed; open it again for another query")
        return self._store

    def turn_to(self, store: Store | None) -> None:
        """Answer from another store from now on, or, for a while, from none."""
        self._store = store

    def close(self) -> None:
        """Let go of the engine; it closes its files when the last running query on them has ended."""
        self._store = None

    def select(self, query: str) -> Rows:
        """The rows of a SELECT query."""
        answer = self._run(query)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("this is not a SELECT query; ask() and construct() answer the other forms")
        names = tuple(variable.value for variable in answer.variables)
        try:
            return Rows(names, [tuple([value_of(term) for term in solution]) for solution in answer])
        except (OSError, RuntimeError) as error:
            raise _fault(error) from error

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        answer = self._run(query)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query; select() and construct() answer the other forms")
        return bool(answer)

    def construct(self, query: str) -> bytes:
        """The triples of a CONSTRUCT or DESCRIBE query as N-Triples, sorted, each once."""
        answer = self._run(query)
        if not isinstance(answer, QueryTriples):
            raise QueryError("this is not a CONSTRUCT or DESCRIBE query; select() and ask() answer the other forms")
        return sorted_lines(_bytes(answer.serialize(format=RdfFormat.N_TRIPLES)))

    def check(self, query: str) -> None:
        """Read a query without looking at its answer; raises ``MalformedQueryError`` where it is none."""
        self._run(query)

    def describe(self, iri: str) -> bytes:
        """The triples in any graph whose subject is the IRI, as N-Triples, sorted, each once."""
        return self.construct(description(iri))

    def serialize(self, query: str, media_type: str) -> bytes:
        """The answer to a query of any form in one of the media types of its form."""
        output = BytesIO()
        self.write(query, media_type, output)
        return output.getvalue()

    def write(
        self,
        query: str,
        media_type: str,
        output: Output,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        base: str | None = None,
    ) -> None:
        """Write the serialised answer in pieces of about 8 KB.

        The columns of ``SELECT *`` come in the order in which the query names them. Graphs given here replace those
        that the query names with FROM, as the SPARQL protocol says; ``base`` resolves relative IRIs. An exception that
        ``output.write`` raises stops the answer and comes through.
        """
        query = in_order(query, base or self.base, self._named(query))
        answer = self._run(query, tuple(default_graphs), tuple(named_graphs), base)
        kind = graph_format(media_type) if isinstance(answer, QueryTriples) else result_format(media_type)
        sink = mended(media_type, output)
        try:
            answer.serialize(sink, format=kind)  # type: ignore[arg-type]  # kind fits the answer, as chosen above
        except (OSError, RuntimeError) as error:
            raise _fault(error) from error
        sink.close()

    def has_graph(self, iri: str) -> bool:
        """Whether the store holds a named graph of this IRI."""
        return self.store.contains_named_graph(_node(iri))

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        with _intact():
            return sorted(name.value for name in self.store.named_graphs())

    def dump(self, graph: str | None = None) -> bytes:
        """Every quad, or those of one named graph, as N-Quads, sorted, each once; all in memory."""
        with _intact():
            quads = self._but(()) if graph is None else self.store.quads_for_pattern(None, None, None, _node(graph))
            return sorted_lines(_bytes(serialize(quads, format=RdfFormat.N_QUADS)))

    def dump_triples(self, path: Path, without: Iterable[str]) -> None:
        """The triples of every graph but some into a file of N-Triples, in the order of the store."""
        serialize((quad.triple for quad in self._but(without)), str(path), format=RdfFormat.N_TRIPLES)

    def dump_graphs(self, path: Path, without: Iterable[str]) -> None:
        """Every named graph but some into a file of N-Quads, in the order of the store."""
        serialize(self._but(without), str(path), format=RdfFormat.N_QUADS)

    def _but(self, without: Iterable[str]) -> Iterator[Quad]:
        """What stands in named graphs: the default graph only merges them."""
        left_out = set(without)
        graphs = [name for name in self.store.named_graphs() if name.value not in left_out]
        return (quad for name in graphs for quad in self.store.quads_for_pattern(None, None, None, name))

    def dump_to(self, path: Path) -> None:
        """Every quad into an N-Quads file, in the order of the store: for more than fits into memory."""
        self.dump_graphs(path, without=())

    def _run(
        self, query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = (), base: str | None = None
    ) -> Answer:
        scope = self._scope(query, default, named)
        try:
            return self.store.query(query, base_iri=base or self.base, prefixes=self._named(query), **scope)  # type: ignore[arg-type]  # as _scope makes them
        except SyntaxError as error:
            raise malformed(error, query, self._prefixes) from error
        except (OSError, RuntimeError) as error:
            raise _fault(error) from error

    def _named(self, query: str) -> dict[str, str]:
        """The prefixes that a query may use: the engine reads each one that it is given."""
        return {prefix: self._prefixes[prefix] for mark, prefix in self._marks if mark in query}

    def _scope(self, query: str, default: tuple[str, ...], named: tuple[str, ...]) -> dict[str, object]:
        """The graphs to look at: those given, else those of FROM, else the merge of all in the default graph."""
        if default or named:
            return {"default_graph": [_node(g) for g in default], "named_graphs": [_node(g) for g in named]}
        if "service" in query.lower() and outline(query).service:
            raise RefusedQueryError(NO_SERVICE)
        return {}


def in_memory(ntriples: bytes) -> Oxigraph:
    """A store that holds some triples as long as it is used."""
    store = Store()
    store.bulk_load(ntriples, format=RdfFormat.N_TRIPLES)
    return Oxigraph(store, "memory")


def sorted_lines(data: bytes) -> bytes:
    """N-Triples or N-Quads with each line once, in the order of their bytes."""
    lines = sorted(set(data.splitlines()))
    return b"\n".join(lines) + b"\n" if lines else b""


def description(iri: str) -> str:
    """The query behind ``describe``: plain patterns, so that every engine gives the same triples."""
    return f"CONSTRUCT {{ {_node(iri)} ?p ?o }} WHERE {{ {_node(iri)} ?p ?o }}"


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is not an absolute IRI") from error


def value_of(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """The plain value of an RDF term; a blank node gives its label, as ``_:x``."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if isinstance(term, Literal):
        return literal_value(term.value, term.datatype.value)
    return str(term)


def _bytes(data: bytes | None) -> bytes:
    return data or b""


def _fault(error: Exception) -> QueryError | StoreError:
    """What the engine complains of while a query runs: an unknown function is the query's fault, the rest is ours."""
    if isinstance(error, RuntimeError) and "Corruption" not in str(error):
        return QueryError(f"the query cannot be evaluated: {short(error)}")
    return StoreError(f"the store failed during a query: {short(error)}; {_WAY_BACK}")


@contextmanager
def _intact() -> Iterator[None]:
    """Raises ``StoreError`` where the engine finds its files damaged."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store is damaged ({short(error)}); {_WAY_BACK}") from error


def short(error: Exception) -> str:
    """What an error of the engine says, cut to a line or two."""
    return str(error)[:300]
