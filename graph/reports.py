"""What a user is shown of the graph: answers to queries, exports, counts, sources and snapshots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from graph import ontology, present, query, recall, sidecar, snapshot, withdraw
from graph.errors import QueryError
from graph.parquet import write_parquet
from graph.store import Form, QuerySource, Rows, Snapshot, columns, outline, read_prefixes, readable_turtle

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


def answer(source: QuerySource, text: str, form: str | None, base: str | None = None) -> str:
    """The answer to a query in one of ``TYPES`` or as ``table``; by default a table, or Turtle for triples.

    With a ``base``, a table and Turtle show the IRIs under it as a query may write them: ``<film/dr-no-1962>``.
    Raises QueryError where the form of the query cannot be given so.
    """
    kind = outline(text).form
    if kind is Form.UPDATE:
        raise QueryError("the graph is only read here, by SELECT, ASK, CONSTRUCT and DESCRIBE; `add` changes it")
    if kind in (Form.CONSTRUCT, Form.DESCRIBE):
        if (form or "ttl") not in _TRIPLES:
            raise QueryError(f"{kind.value} gives triples, which cannot be shown as {form}; use ttl, json or xml")
        if form in (None, "ttl"):
            return readable_turtle(source.construct(text), read_prefixes(ontology.PREFIXES), base).decode()
        return _with_newline(source.serialize(text, _TRIPLES[form]).decode())
    if form == "ttl":
        raise QueryError("SELECT and ASK give no triples; use table, csv, json or xml")
    if form in TYPES:
        return _with_newline(source.serialize(text, TYPES[form]).decode())
    if kind is Form.ASK:
        return "yes\n" if source.ask(text) else "no\n"
    rows = _rows(source, text)
    return present.table(present.relative(rows, base) if base else rows) + "\n"


def unknown(source: QuerySource, iris: Iterable[str], base: str) -> Iterator[str]:
    """One line for each of these resources of which nothing is known, with those that may be meant."""
    for iri in iris:
        if not source.describe(iri):
            path = iri.removeprefix(base)
            near = " or ".join(_near(source, path.rsplit("/", 1)[-1].replace("-", " "), base))
            yield f"nothing is known of {path}" + (f"; did you mean {near}?" if near else "")


def _near(source: QuerySource, words: str, base: str) -> list[str]:
    """The paths of things that are called so, or nearly so; none where a server is asked, which has no index."""
    if not isinstance(source, Snapshot):
        return []
    hits = sidecar.Sidecar.open(source.folder / sidecar.NAME).search(words, limit=9)
    return [hit.iri.removeprefix(base) for hit in hits if hit.kind != "review"][:3]


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
    """The snapshot's number or the server's address, then one line for each thing that is counted."""
    counts = [(row.what, row.count) for row in query.rows(source, "counts", Count)]
    yield source.version if "://" in source.version else f"snapshot {source.version}"
    width = max((len(what) for what, _ in counts), default=0)
    for what, count in counts:
        yield f"{what:{width}}  {count:>12,}"


@dataclass(frozen=True, slots=True)
class Edition:
    """What a dataset says of itself; of its files and choices one a row."""

    source: str
    version: str | None
    published: str | None
    licence: str | None
    file: str | None


def source_lines(source: QuerySource) -> Iterator[str]:
    """One line for each source: its id and its label; below a dataset its version, date, licence and files."""
    editions: dict[str, list[Edition]] = {}
    for row in query.rows(source, "known/editions", Edition):
        editions.setdefault(row.source, []).append(row)
    for entry in recall.sources(source):
        yield f"{entry.id:60}  {entry.label}"
        yield from _edition_lines(editions.get(entry.source, []))


def _edition_lines(rows: list[Edition]) -> Iterator[str]:
    for row in rows[:1]:
        said = {"version": row.version, "published": row.published, "licence": row.licence}
        yield from (f"    {name} {value}" for name, value in said.items() if value is not None)
    yield from (f"    {row.file}" for row in rows if row.file is not None)


@dataclass(frozen=True, slots=True)
class _Pair:
    kind: str
    thing: str
    label: str | None
    other: str
    otherLabel: str | None  # noqa: N815  # fields are named as the query's variables
    reason: str
    source: str


def unresolved(source: QuerySource, form: str | None) -> str:
    """The pairs that were left apart, and why: as a table for reading, or as ``csv`` or ``json`` with all IRIs."""
    if form in TYPES:
        return _with_newline(source.serialize(query.fill("unresolved"), TYPES[form]).decode())
    pairs = query.rows(source, "unresolved", _Pair)
    names = ("kind", "this", "may be, or disagrees with", "because", "source")
    rows = [
        (
            pair.kind,
            _called(pair.thing, pair.label),
            _called(pair.other, pair.otherLabel),
            pair.reason,
            _end(pair.source),
        )
        for pair in pairs
    ]
    return present.table(Rows(names, list(dict.fromkeys(rows)))) + "\n" if rows else "nothing is unresolved\n"


def _called(iri: str, label: str | None) -> str:
    return f"{label} [{_end(iri)}]" if label and "/role/" not in iri else label or iri


def _end(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def withdrawal_lines(source: QuerySource, base: str) -> Iterator[str]:
    """One line for each withdrawn role, and below it why, when, by whom and of which source."""
    found = withdraw.read_all(source)
    if not found:
        yield "there are no withdrawn roles"
    for each in found:
        yield each.role.removeprefix(base)
        by = f", {each.by}" if each.by else ""
        yield f"    {each.reason} ({each.day}{by})"
        yield f"    from {_end(each.source)}" if each.source else "    everywhere"


def snapshot_lines(data: Path) -> Iterator[str]:
    """One line for each snapshot, the current one marked with a star."""
    here = snapshot.current(data)
    for number, manifest in snapshot.survey(data):
        mark = "*" if here is not None and here.name == f"{number:06d}" else " "
        yield f"{mark} {number:6}  {_manifest_words(manifest)}"


def _manifest_words(manifest: snapshot.Manifest | None) -> str:
    if manifest is None:
        return "damaged: `filmgraph snapshots verify` says why"
    return f"{manifest.created}  {manifest.graphs:>8,} graphs  {manifest.triples:>12,} triples"


def verified_lines(found: snapshot.Verified) -> Iterator[str]:
    """What was found of a snapshot."""
    if not found.faults:
        size = f"{found.files} files, {found.size:,} bytes" if found.listed else "made before digests were kept"
        yield f"snapshot {found.number}: {size}: as published"
    for fault in found.faults:
        yield f"snapshot {found.number}: {fault}"


def way_back(data: Path, damaged: Sequence[int], whole: Sequence[int]) -> str:
    """What to do when some snapshots are damaged and others, of those looked at, are whole."""
    here = snapshot.current(data)
    if here is not None and here.name.isdigit() and int(here.name) not in damaged:
        return "the current snapshot is not among the damaged; `filmgraph snapshots prune` deletes old ones"
    if whole:
        return f"go back to a whole one with `filmgraph snapshots rollback {whole[-1]}`"
    return "`filmgraph restore` brings a backup back; without one, add the sources to another data folder again"


def save_parquet(source: QuerySource, text: str, path: Path) -> None:
    """Write the rows of a SELECT to a Parquet file; raises QueryError for a query that gives no rows."""
    if outline(text).form is not Form.SELECT:
        raise QueryError("only SELECT gives rows, which a Parquet file holds; use another --format")
    write_parquet(_rows(source, text), path)


def _rows(source: QuerySource, text: str) -> Rows:
    """The rows of a SELECT, its columns in the order of the query."""
    found = source.select(text)
    names = columns(found.variables, text)
    places = [found.variables.index(name) for name in names]
    return Rows(names, [tuple(row[place] for place in places) for row in found])


def _with_newline(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
