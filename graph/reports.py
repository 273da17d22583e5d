"""What a user is shown of the graph: answers to queries, exports, counts, sources and snapshots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from graph import ontology, present, query, recall, snapshot
from graph.errors import QueryError
from graph.store import Form, QuerySource, Snapshot, outline, read_prefixes

TYPES = {
    "csv": "text/csv",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
}
"""The formats of an answer and their media types; ``table`` is made here."""

_TRIPLES = {"xml": "application/rdf+xml", "json": "application/ld+json", "ttl": "text/turtle"}


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something."""

    what: str
    count: int


def answer(source: QuerySource, text: str, form: str | None) -> str:
    """The answer to a query in one of ``TYPES`` or as ``table``; by default a table, or Turtle for triples.

    Raises QueryError where the form of the query cannot be given so.
    """
    kind = outline(text).form
    if kind is Form.UPDATE:
        raise QueryError("the graph is only read here, by SELECT, ASK, CONSTRUCT and DESCRIBE; `add` changes it")
    if kind in (Form.CONSTRUCT, Form.DESCRIBE):
        if (form or "ttl") not in _TRIPLES:
            raise QueryError(f"{kind.value} gives triples, which cannot be shown as {form}; use ttl, json or xml")
        return _with_newline(source.serialize(text, _TRIPLES[form or "ttl"]).decode())
    if form == "ttl":
        raise QueryError("SELECT and ASK give no triples; use table, csv, json or xml")
    if form in TYPES:
        return _with_newline(source.serialize(text, TYPES[form]).decode())
    if kind is Form.ASK:
        return "yes\n" if source.ask(text) else "no\n"
    return present.table(source.select(text)) + "\n"


def exported(current: Snapshot, form: str) -> bytes:
    """The whole graph: N-Quads with the graph of each source, or the merge as Turtle or JSON-LD; sorted."""
    if form == "nq":
        return current.dump()
    merged = Graph(bind_namespaces="none").parse(data=_merge(current), format="nt")
    prefixes = read_prefixes(ontology.PREFIXES)
    for prefix, namespace in prefixes.items():
        merged.bind(prefix, namespace)
    if form == "ttl":
        return merged.serialize(format="turtle", encoding="utf-8")
    text = merged.serialize(format="json-ld", context=prefixes, sort_keys=True, ensure_ascii=False)
    records = json.loads(text)
    records["@graph"] = sorted(records.get("@graph", []), key=lambda node: str(node.get("@id")))
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def _merge(current: Snapshot) -> bytes:
    return current.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def statistics(source: QuerySource) -> Iterator[str]:
    """One line for each thing that is counted."""
    counts = [(row.what, row.count) for row in query.rows(source, "counts", Count)]
    yield f"snapshot {source.version}"
    width = max((len(what) for what, _ in counts), default=0)
    for what, count in counts:
        yield f"{what:{width}}  {count:>12,}"


def source_lines(source: QuerySource) -> Iterator[str]:
    """One line for each source: its id and its label."""
    for entry in recall.sources(source):
        yield f"{entry.id:60}  {entry.label}"


def snapshot_lines(data: Path) -> Iterator[str]:
    """One line for each snapshot, the current one marked with a star."""
    here = snapshot.current(data)
    for number, manifest in snapshot.survey(data):
        mark = "*" if here is not None and here.name == f"{number:06d}" else " "
        yield f"{mark} {number:6}  {_manifest_words(manifest)}"


def _manifest_words(manifest: snapshot.Manifest | None) -> str:
    if manifest is None:
        return "damaged: its manifest cannot be read"
    return f"{manifest.created}  {manifest.graphs:>8,} graphs  {manifest.triples:>12,} triples"


def _with_newline(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
