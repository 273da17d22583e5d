"""What a preview shows of a thing."""

from __future__ import annotations

from dataclasses import dataclass

from graph.reconcile import KINDS, PROPERTIES, values
from graph.sidecar import Sidecar
from webapp import links
from webapp.reconcile.names import NAMES
from webapp.site import View

FEW = 6
"""Values of each property that are shown."""
LEFT_OUT = ("character", "actor", "runtime")
"""Properties that say what others say too, or little."""


@dataclass(frozen=True, slots=True)
class Line:
    """A property with some of its values, and how many are left out."""

    name: str
    values: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing in short: its address, its kind, its name, a detail such as its year, and what is said of it."""

    iri: str
    kind: str
    label: str
    detail: str
    lines: tuple[Line, ...]


def shown(view: View, sidecar: Sidecar, iri: str) -> Shown | None:
    """A thing in short; None where there is no such thing, or none that can be reconciled."""
    hit = sidecar.about([iri]).get(iri) if links.valid(iri) else None
    if hit is None or hit.kind not in KINDS:
        return None
    wanted = [prop for prop in PROPERTIES[hit.kind] if prop.id not in LEFT_OUT]
    said = values(view.source, sidecar, wanted, [iri])
    lines = ((prop.name, said.get((iri, prop.id), ())) for prop in wanted)
    return Shown(
        iri,
        NAMES[hit.kind],
        hit.label,
        hit.detail,
        tuple(
            Line(name, tuple(str(value.label) for value in told[:FEW]), max(0, len(told) - FEW))
            for name, told in lines
            if told
        ),
    )
