"""What was withdrawn: why, and what it said, for the pages of roles and reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rdflib import URIRef

from graph import query
from graph.store import in_memory
from graph.withdraw import by_graph
from webapp.pages import Ref, Withdrawn
from webapp.site import View


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """One row of ``withdrawn/of-role`` and ``withdrawn/of-source``."""

    withdrawal: str
    role: str
    reason: str
    day: str
    by: str | None
    everywhere: bool
    source: str | None
    sourceLabel: str | None  # noqa: N815  # fields are named as the query's variables
    statements: str | None


def of_role(view: View, role: URIRef) -> list[WithdrawnRow]:
    """The withdrawals of a role, one row for each source."""
    return query.rows(view.source, "withdrawn/of-role", WithdrawnRow, thing=role)


def of_source(view: View, source: URIRef) -> list[WithdrawnRow]:
    """The withdrawals of what a source says."""
    return query.rows(view.source, "withdrawn/of-source", WithdrawnRow, source=source)


def shown(rows: Iterable[WithdrawnRow]) -> tuple[Withdrawn, ...]:
    """The withdrawals as pages show them."""
    return tuple(_shown(list(group)) for _, group in groupby(rows, lambda row: row.withdrawal))


def _shown(rows: Sequence[WithdrawnRow]) -> Withdrawn:
    row = rows[0]
    sources = tuple(
        Ref(each.source, each.sourceLabel or each.source.rsplit("/", 1)[-1]) for each in rows if each.source
    )
    return Withdrawn(row.withdrawal, row.reason, str(row.day), row.by, sources, row.everywhere)


def as_it_was(view: View, rows: Iterable[WithdrawnRow], graph: str | None = None) -> View:
    """A state of the graph that holds nothing but what was withdrawn, of one ``graph`` or of all, and names for it."""
    taken = [by_graph(row.statements or "") for row in rows]
    kept = {line for graphs in taken for name, lines in graphs.items() if graph in (None, name) for line in lines}
    said = sorted(line[: line.rindex(b" <")] for line in kept)  # without the graph
    ours, objects = f"<{view.iris.base}".encode(), {line.split(b" ", 2)[2] for line in said}
    own = sorted(URIRef(iri[1:-1].decode()) for iri in objects if iri.startswith(ours))
    names = view.source.construct(query.fill("withdrawn/names", thing=own)) if own else b""
    return replace(view, source=in_memory(b" .\n".join([*said, names])), sidecar=None)
