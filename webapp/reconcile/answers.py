"""What the reconciliation service answers, in the shapes of the Reconciliation API 0.2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.reconcile import KINDS, PROPERTIES, Candidate, Property, Value, values
from graph.sidecar import Hit, Sidecar
from webapp.reconcile.asked import Column, Extension, valid
from webapp.reconcile.names import NAMES, SCHEMA, id_of, type_of
from webapp.site import View

Answer = Mapping[str, Any]
PAGE = 20
"""Suggestions in one answer."""
SAYS = {
    "film": "A film, by any of its titles.",
    "person": "Somebody who acted in a film or took part in making it.",
    "character": "Somebody who is played in a film.",
    "review": "A review of a film, by its headline.",
}
WIDTH, HEIGHT = 430, 320
"""Pixels of a preview."""


def manifest(base: str) -> Answer:
    """What the service offers, and where."""
    here = base.removesuffix("/")

    def service(what: str) -> Answer:
        return {
            "service_url": here,
            "service_path": f"/reconcile/suggest/{what}",
            "flyout_service_url": here,
            "flyout_service_path": f"/reconcile/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.1", "0.2"],
        "name": "filmgraph",
        "identifierSpace": base,
        "schemaSpace": SCHEMA,
        "documentation": f"{base}api",
        "logo": f"{base}favicon.ico",
        "defaultTypes": [type_of(kind) for kind in KINDS],
        "view": {"url": f"{base}{{{{id}}}}"},
        "preview": {"url": f"{base}reconcile/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {what: service(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "Most values in a cell; 0 for all.",
                }
            ],
        },
    }


def candidates(found: Sequence[Candidate]) -> Answer:
    """The candidates for one query."""
    return {"result": [_candidate(each) for each in found]}


def _candidate(one: Candidate) -> Answer:
    said = {
        "id": id_of(one.iri),
        "name": one.label,
        "score": one.score,
        "match": one.match,
        "type": [type_of(one.kind)],
        "features": [{"id": each.id, "value": each.value} for each in one.features],
    }
    return {**said, "description": one.detail} if one.detail else said


def entities(sidecar: Sidecar, prefix: str, kind: str | None, cursor: int) -> Answer:
    """Things whose names begin so; ``cursor`` is how many to pass over."""
    wanted = cursor + PAGE
    hits = [hit for hit in sidecar.suggest(prefix, 2 * wanted, kind) if hit.kind in KINDS]
    return {"result": [_entity(hit) for hit in hits[cursor:wanted]]}


def _entity(hit: Hit) -> Answer:
    said = {"id": id_of(hit.iri), "name": hit.label, "notable": [type_of(hit.kind)]}
    return {**said, "description": hit.detail} if hit.detail else said


def types(prefix: str, cursor: int) -> Answer:
    """Types whose names begin so."""
    found = [{**type_of(kind), "description": SAYS[kind]} for kind in KINDS if _begins(NAMES[kind], prefix)]
    return {"result": found[cursor:]}


def properties(prefix: str, kind: str | None, cursor: int) -> Answer:
    """Properties whose names begin so, of one type or of all."""
    found = {prop.id: prop for one in ([kind] if kind else KINDS) for prop in PROPERTIES[one]}
    shown = [_property(prop) for prop in found.values() if _begins(prop.name, prefix)]
    return {"result": shown[cursor:]}


def proposal(kind: str, most: int | None) -> Answer:
    """The properties that a table of things of a kind can be extended by."""
    found = [_property(prop) for prop in PROPERTIES[kind]]
    limit = {} if most is None or most < 1 else {"limit": most}
    return {"type": NAMES[kind], "properties": found[: most if limit else None], **limit}


def words_on(what: str, name: str) -> str:
    """A sentence on a type or a property; nothing where there is none of that name."""
    if what == "type":
        return next((SAYS[kind] for kind in KINDS if NAMES[kind] == name), "")
    return next((prop.says for kind in KINDS for prop in PROPERTIES[kind] if prop.id == name), "")


def extension(view: View, sidecar: Sidecar, asked: Extension) -> Answer:
    """The values of some properties for the things of a table; a cell is empty where the graph says nothing."""
    iris = valid(asked.ids)
    known = sidecar.about(iris.values())
    said: dict[tuple[str, str], Sequence[Value]] = {}
    for kind in KINDS:
        wanted = [prop for prop in PROPERTIES[kind] if any(prop.id == column.property for column in asked.columns)]
        said |= values(view.source, sidecar, wanted, [iri for iri, hit in known.items() if hit.kind == kind])
    rows = {each: _row(said, iris.get(each, ""), asked.columns) for each in asked.ids}
    return {"meta": [_meta(column, [hit.kind for hit in known.values()]) for column in asked.columns], "rows": rows}


def _row(said: Mapping[tuple[str, str], Sequence[Value]], iri: str, columns: Sequence[Column]) -> Answer:
    """The cells of one thing."""
    return {
        column.property: [_cell(value) for value in said.get((iri, column.property), ())][: column.most]
        for column in columns
    }


def _meta(column: Column, kinds: Sequence[str]) -> Answer:
    """A column's head, which tells the type of its values where they are things that can be reconciled."""
    order = sorted(KINDS, key=lambda kind: kind not in kinds)
    prop = next(prop for kind in order for prop in PROPERTIES[kind] if prop.id == column.property)
    said = {"id": prop.id, "name": prop.name}
    return {**said, "type": type_of(prop.gives)} if prop.gives in KINDS else said


def _cell(value: Value) -> Answer:
    if value.iri is not None:
        return {"id": id_of(value.iri), "name": str(value.label)}
    return {"int": value.label} if isinstance(value.label, int) else {"str": value.label}


def _property(prop: Property) -> Answer:
    return {"id": prop.id, "name": prop.name, "description": prop.says}


def _begins(name: str, prefix: str) -> bool:
    return name.lower().startswith(prefix.strip().lower())
