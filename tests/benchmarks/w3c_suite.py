"""The W3C's SPARQL tests as they lie on the disk: their cases, and the answers that they ask for."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse_query_results,
)
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib import Literal as Text
from rdflib.collection import Collection
from rdflib.compare import isomorphic

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
ROW = Namespace("urn:row:")
BASE = "http://www.w3.org/2001/sw/DataAccess/tests/"
RESULTS = {".srx": QueryResultsFormat.XML, ".srj": QueryResultsFormat.JSON, ".tsv": QueryResultsFormat.TSV}
GRAPHS = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES, ".n3": RdfFormat.N3}
XSD = "http://www.w3.org/2001/XMLSchema#"
POSITIVE, NEGATIVE = ({MF[f"{kind}SyntaxTest"], MF[f"{kind}SyntaxTest11"]} for kind in ("Positive", "Negative"))
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


@dataclass
class Case:
    """One test: its query, its graphs, and the file of the answer, or whether the query is well-formed."""

    name: str
    query: Path
    result: Path | bool
    default: list[Path] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)


class Suite:
    """The tests below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.cases = sorted(self._cases(), key=lambda case: case.name)

    def iri(self, path: Path) -> str:
        """The address that a file of the suite goes by."""
        return BASE + urllib.parse.quote(path.relative_to(self.folder).as_posix())

    def _cases(self) -> Iterator[Case]:
        for path in sorted(self.folder.rglob("manifest*.ttl")):
            manifest = Graph().parse(path, format="turtle", publicID=path.as_uri())
            for heads in manifest.objects(None, MF.entries):
                for entry in Collection(manifest, heads):
                    kinds = set(manifest.objects(entry, RDF.type))
                    if kinds & {MF.QueryEvaluationTest, MF.CSVResultFormatTest}:
                        yield from self._case(path, manifest, entry)
                    for well, names in ((True, POSITIVE), (False, NEGATIVE)):
                        query = _path(manifest.value(entry, MF.action))
                        if kinds & names and query.suffix == ".rq" and "data-r2-1.0" not in path.as_posix():
                            yield Case(f"{path.parent.name}/{query.stem}", query, well)

    def _case(self, path: Path, manifest: Graph, entry: Any) -> Iterator[Case]:
        action, result = manifest.value(entry, MF.action), manifest.value(entry, MF.result)
        if result is None or (QT.serviceData in set(manifest.predicates(action, None))):
            return
        if any(word in path.as_posix() for word in ("/entailment/", "data-r2-1.0", "/protocol/")):
            return
        query = manifest.value(action, QT.query)
        name = f"{path.parent.name}/{str(entry).rpartition('#')[2]}"
        default, named = ([_path(each) for each in manifest.objects(action, kind)] for kind in (QT.data, QT.graphData))
        yield Case(name, _path(query), _path(result), default, named)


def _path(iri: object) -> Path:
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(str(iri)).path))


def expected(suite: Suite, case: Case) -> object:
    """The answer that the suite asks for, in the shape of ``plain``."""
    if isinstance(case.result, bool):
        return case.result
    if case.result.suffix in RESULTS:
        return plain(parse_query_results(case.result.read_bytes(), format=RESULTS[case.result.suffix]))
    if case.result.suffix == ".csv":
        return lines_of(case.result.read_bytes())
    graph = Graph().parse(case.result, publicID=suite.iri(case.result))
    found = graph.value(None, RDF.type, RS.ResultSet)
    if found is None:
        return graph
    if (verdict := graph.value(found, RS.boolean)) is not None:
        return str(verdict)
    rows = Graph()
    for solution in graph.objects(found, RS.solution):
        row = BNode()
        rows.add((row, RDF.type, RS.ResultSet))
        for binding in graph.objects(solution, RS.binding):
            value = graph.value(binding, RS.value)
            rows.add((row, ROW[str(graph.value(binding, RS.variable))], alike(value)))  # type: ignore[arg-type]
    return rows


def alike(term: object) -> object:
    """A term with numbers in one spelling, as the engine's store spells them in its own."""
    if isinstance(term, Text) and str(term.datatype) in NUMBERS and term.value is not None:
        return Text(f"{float(term):.12g}", datatype=term.datatype)
    if isinstance(term, Text) and str(term.datatype) == XSD + "string":
        return Text(str(term))
    return term


def plain(found: QuerySolutions | QueryBoolean | QueryTriples) -> object:
    """Rows, or triples, as a graph of rdflib; a boolean as a word."""
    if isinstance(found, QueryBoolean):
        return str(bool(found)).lower()
    if isinstance(found, QueryTriples):
        return graph_of(found.serialize(format=RdfFormat.N_TRIPLES) or b"")
    names = [variable.value for variable in found.variables]
    rows = Graph()
    for solution in found:
        row = BNode()
        rows.add((row, RDF.type, RS.ResultSet))
        for name in names:
            if solution[name] is not None:
                rows.add((row, ROW[name], alike(_term(solution[name]))))  # type: ignore[arg-type]
    return rows


def _term(term: Any) -> object:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if hasattr(term, "datatype"):
        language = term.language
        return Text(term.value, lang=language, datatype=None if language else URIRef(term.datatype.value))
    return BNode(str(getattr(term, "value", term)))


def graph_of(data: bytes) -> Graph:
    """N-Triples as a graph."""
    return Graph().parse(data=data, format="nt")


def lines_of(table: bytes) -> list[str]:
    """The lines of an answer in CSV, sorted; blank nodes have any label."""
    return sorted(re.sub(r"_:\w+", "_:b", table.decode().replace("\r\n", "\n")).splitlines())


def same(found: object, wanted: object) -> bool:
    """Whether two answers are the same but for the names of blank nodes and the order of rows."""
    if isinstance(found, Graph) and isinstance(wanted, Graph):
        return isomorphic(found, wanted)
    return found == wanted
