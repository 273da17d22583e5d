"""What a user is shown of a search by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from graph import query, sidecar
from graph.store import Snapshot


@dataclass(frozen=True, slots=True)
class _Quote:
    """A row of ``proofs``, as far as a sentence is told."""

    fact: str
    quote: str | None


def found_lines(current: Snapshot, text: str, kind: str | None, limit: int, base: str) -> Iterator[str]:
    """One line for each thing that a text names: its kind, label, detail and path; below a role its sentence."""
    wanted = None if kind == sidecar.ROLE else kind
    hits = sidecar.find(sidecar.Sidecar.open(current.folder / sidecar.NAME), text, wanted, limit)
    hits = [hit for hit in hits if kind in (None, hit.kind)]
    if not hits and kind == sidecar.ROLE:
        yield f"no role is named by {text!r}; name two things of it, such as an actor and a film"
    elif not hits:
        yield f"nothing is called {text!r}, or nearly so"
    elif any(hit.near for hit in hits):
        yield f"nothing is called {text!r}; near names:"
    roles = [URIRef(hit.iri) for hit in hits if hit.kind == sidecar.ROLE]
    rows = query.rows(current, "proofs", _Quote, fact=roles) if roles else []
    quotes = {row.fact: row.quote for row in reversed(rows)}
    for hit in hits:
        detail = f", {hit.detail}" if hit.detail and hit.kind != "review" else ""
        yield f"{hit.kind:9}  {hit.label}{detail}  {hit.iri.removeprefix(base)}"
        if said := quotes.get(hit.iri) or (hit.detail if hit.kind == "review" else None):
            yield f"{'':9}  “{' '.join(said.split())}”"
