"""The W3C's SPARQL evaluation and syntax tests, asked of the engine itself and over HTTP of a started service.

    .venv/bin/python -m tests.benchmarks.w3c DIR

DIR holds the tests of SPARQL 1.0 and 1.1 with their manifests: a checkout of w3c/rdf-tests (its folder sparql), or the
folder test/DAWG of a source distribution of rdflib 5. Every file of data becomes one graph of one data folder; each
test then names its graphs by the parameters of the protocol. The exit code is 1 where the service fails what the engine
passes.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryResultsFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from tests.benchmarks.service import served
from tests.benchmarks.w3c_suite import BASE, GRAPHS, RESULTS, Case, Suite, expected, graph_of, lines_of, plain, same

NOT_FOR_US = {
    "service/service7": "SERVICE is refused here; the engine passes it only because it is silent",
    "graph/dawg-graph-10": "withdrawn: asks for one file twice, with other blank nodes each time, under one name",
}
"""Tests that say nothing of this service, each with its reason."""


def by_engine(suite: Suite, case: Case) -> object:
    """The answer of the engine in memory, with the data of this test alone."""
    store = Store()
    for path in case.default:
        _load(store, suite, path, None)
    for path in case.named:
        _load(store, suite, path, NamedNode(suite.iri(path)))
    if isinstance(case.result, bool):
        return _well_formed(lambda: Store().query(case.query.read_bytes().decode(), base_iri=BASE))
    if not case.default and not case.named:
        for path in sorted(case.query.parent.iterdir()):
            if path.suffix in GRAPHS and "manifest" not in path.name:
                with contextlib.suppress(SyntaxError):
                    _load(store, suite, path, NamedNode(suite.iri(path)))
    found = store.query(_text(suite, case))
    if case.result.suffix == ".csv":
        return lines_of(found.serialize(format=QueryResultsFormat.CSV) or b"")  # type: ignore[arg-type]
    return plain(found)


def _well_formed(ask: Callable[[], object]) -> bool:
    """Whether a query is taken for one; SERVICE is one, though it is not followed."""
    try:
        ask()
    except SyntaxError:
        return False
    except urllib.error.HTTPError as error:
        said = error.read()
        if error.code not in (400, 403):
            raise
        return b"network" in said or b"cannot be evaluated" in said
    except (RuntimeError, OSError):  # it was read, but asks for what is not there
        return True
    return True


def _load(store: Store, suite: Suite, path: Path, graph: NamedNode | None) -> None:
    store.load(path.read_bytes(), format=GRAPHS[path.suffix], base_iri=suite.iri(path), to_graph=graph)


def _text(suite: Suite, case: Case) -> str:
    return f"BASE <{suite.iri(case.query)}>\n" + case.query.read_text(encoding="utf-8")


def by_service(suite: Suite, address: str, case: Case) -> object:
    """The answer of the started service."""
    if isinstance(case.result, bool):
        text = case.query.read_bytes()
        nowhere = "sparql?default-graph-uri=urn:none"
        return _well_formed(lambda: _post(address + nowhere, text, "*/*", "application/sparql-query"))
    terms = [("query", _text(suite, case))]
    terms += [("default-graph-uri", suite.iri(path)) for path in case.default]
    terms += [("named-graph-uri", suite.iri(path)) for path in case.named]
    kind = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srx": "application/sparql-results+xml"}.get(
        case.result.suffix, "application/sparql-results+json"
    )
    accept = f"{kind}, application/n-triples;q=0.9"
    body, media = _post(
        f"{address}sparql", urllib.parse.urlencode(terms).encode(), accept, "application/x-www-form-urlencoded"
    )
    if media == "text/csv":
        return lines_of(body)
    if media == "application/n-triples":
        return graph_of(body)
    formats = {"text/tab-separated-values": ".tsv", "application/sparql-results+xml": ".srx"}
    return plain(parse_query_results(body, format=RESULTS[formats.get(media, ".srj")]))


def _post(address: str, body: bytes, accept: str, kind: str) -> tuple[bytes, str]:
    headers = {"Accept": accept, "Content-Type": kind}
    request = urllib.request.Request(address, body, headers)  # noqa: S310  # our own service
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return answer.read(), answer.headers.get_content_type()


def gather(suite: Suite, path: Path) -> None:
    """Every file of data below the suite as one file of N-Quads, each file a graph, blank nodes apart."""
    files = {path for case in suite.cases for path in (*case.default, *case.named)}
    for case in suite.cases:
        if not isinstance(case.result, bool) and not case.default and not case.named:
            files |= {
                each for each in case.query.parent.iterdir() if each.suffix in GRAPHS and "manif" not in each.name
            }
    with path.open("w", encoding="utf-8") as out:
        for number, file in enumerate(sorted(files)):
            with contextlib.suppress(SyntaxError):
                for quad in parse(file.read_bytes(), format=GRAPHS[file.suffix], base_iri=suite.iri(file)):
                    triple = Triple(*(_apart(term, number) for term in quad.triple))
                    out.write(
                        f"{str(triple)[3:-3] if str(triple).startswith('<<(') else triple} <{suite.iri(file)}> .\n"
                    )


def _apart(term: Any, number: int) -> Any:
    return BlankNode(f"f{number}x{term.value}") if isinstance(term, BlankNode) else term


def verdict(wanted: object, ask: object) -> str:
    """``passes``, ``differs`` or what went wrong."""
    try:
        found = ask()  # type: ignore[operator]
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read()[:200]!r}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:160]}"
    return "passes" if same(found, wanted) else "differs"


def main() -> int:
    """Compare and count."""
    suite = Suite(Path(sys.argv[1]))
    passed = {"engine": 0, "service": 0}
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        gather(suite, data := Path(folder) / "tests.nq")
        with served(Path(folder) / "var", raw=data) as address:
            for case in suite.cases:
                try:
                    wanted = expected(suite, case)
                except Exception as error:
                    print(f"unread   {case.name}: {error}")
                    continue
                direct = verdict(wanted, lambda case=case: by_engine(suite, case))
                over = verdict(wanted, lambda case=case: by_service(suite, address, case))
                passed["engine"] += direct == "passes"
                passed["service"] += over == "passes"
                if case.name in NOT_FOR_US:
                    print(f"apart    {case.name}: {NOT_FOR_US[case.name]}")
                    continue
                lost += direct == "passes" != over
                if direct != over or direct != "passes":
                    word = "LOST" if direct == "passes" else "engine" if over != "passes" else "WON"
                    print(f"{word:8} {case.name}: engine {direct}; service {over}")
    print(
        f"{len(suite.cases)} tests: the engine passes {passed['engine']}, the service {passed['service']}, lost {lost}"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
