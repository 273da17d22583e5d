"""Atom feeds: reviews as they come, and corrections of what was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from rdflib import URIRef
from werkzeug.wrappers import Response as Plain

from graph import query
from graph.ontology import SOURCE
from graph.snapshot import ADDED, WITHDRAWN, Change, read_changes, read_manifest
from webapp.fill.rows import unique
from webapp.links import encoded
from webapp.site import View, site, view

blueprint = Blueprint("feeds", __name__)
MOST = 50
"""Entries of a feed."""
ASKED = 400
"""Changes that are looked at for them."""
SHOWN = 12
"""Roles that an entry tells."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold, and reviews sometimes do."""
TITLES = {"reviews": "New reviews", "corrections": "Corrections"}


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of ``feed-reviews``: a review or a dataset."""

    graph: str
    iri: str
    label: str
    title: str | None
    year: int | None
    reviewer: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One row of ``feed-roles``."""

    review: str
    actor: str
    whom: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed; ``roles`` are those that a review proves, ``more`` counts those left out."""

    id: str
    href: str
    title: str
    updated: str
    author: str | None
    summary: str
    roles: tuple[RoleRow, ...] = ()
    more: int = 0


@blueprint.get("/feeds/<any(reviews, corrections):name>.atom")
def feed(name: str) -> Plain:
    """The newest reviews, or the newest corrections, as Atom; a snapshot knows what the ones before it changed."""
    state = view()
    if state.folder is None:
        abort(501, "A feed is made from the snapshots of a data folder; this site asks a SPARQL server.")
    etag = f"{state.version}-{site().release}-{name}"
    answer = Response(mimetype="application/atom+xml", headers={"Cache-Control": "public, no-cache"})
    answer.set_etag(etag)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if request.if_none_match.contains(etag):
        answer.status_code = 304
        return answer
    changes = read_changes(state.folder)
    items = _reviews(state, changes) if name == "reviews" else _corrections(state, changes)
    since = items[0].updated if items else read_manifest(state.folder).created
    told = {"base": site().iris.base, "name": name, "title": TITLES[name], "items": items, "updated": since}
    answer.set_data(_NO_XML.sub("\ufffd", render_template("feeds/feed.xml", **told)))
    return answer


def _reviews(state: View, changes: Iterable[Change]) -> list[Item]:
    """The reviews that came, the newest first."""
    added = [change for change in changes if change.kind == ADDED][:ASKED]
    known = _sources(state, added)
    told = [(change, known[change.graph]) for change in added if change.graph in known]
    told = [(change, row) for change, row in told if row.iri.startswith(site().iris.base + "review/")][:MOST]
    asked = [URIRef(row.iri) for _, row in told]
    roles = query.rows(state.source, "feed-roles", RoleRow, review=asked) if asked else []
    return [_review(change, row, roles) for change, row in told]


def _review(change: Change, row: ReviewRow, roles: Sequence[RoleRow]) -> Item:
    own = unique([role for role in roles if role.review == row.iri], lambda role: f"{role.actor}\n{role.whom}")
    about = f"On {row.title}{f' ({row.year})' if row.year else ''}" if row.title else "On a film that it does not name"
    by = "".join(f"{before}{what}" for before, what in ((" by ", row.reviewer), (", ", row.outlet)) if what)
    day = f", {row.published[:10]}" if row.published else ""
    address, said = encoded(row.iri), f"{about}{by}{day}."
    shown, more = tuple(own[:SHOWN]), max(0, len(own) - SHOWN)
    return Item(address, address, row.label, change.created, row.reviewer, said, shown, more)


def _corrections(state: View, changes: Iterable[Change]) -> list[Item]:
    """What was changed or withdrawn, the newest first."""
    own = str(site().iris.withdrawals)
    later = [change for change in changes if change.kind != ADDED or change.graph == own][:ASKED]
    known = _sources(state, later)
    return [item for change in later if (item := _correction(change, known.get(change.graph)))][:MOST]


def _correction(change: Change, row: ReviewRow | None) -> Item | None:
    """An entry on one graph; none on those that hold what follows from the others."""
    name, base = change.graph.rpartition("/graph/")[2], site().iris.base
    if change.graph in (str(site().iris.inferred), str(site().iris.graph(SOURCE))):
        return None
    key, when = f"{base}feeds/corrections.atom#{change.number}-{name}", change.created
    if change.graph == str(site().iris.withdrawals):
        said = "Roles that were read wrongly were withdrawn, or put back; the page of each says why."
        return Item(key, f"{base}query?ask=withdrawn/decisions", "Withdrawn: roles", when, None, said)
    if change.kind == WITHDRAWN:
        said = f"The source {name} was taken out of the graph, with all that only it said."
        return Item(key, base, f"Withdrawn: {name}", when, None, said)
    if name == "merges":
        said = "Films, people or roles that were apart were found to be one; their old addresses lead to the new ones."
        return Item(key, f"{base}worklists", "Joined: films and people", when, None, said)
    if row is None:
        return None
    return Item(
        key, encoded(row.iri), f"Changed: {row.label}", when, None, "What this source says was read or published anew."
    )


def _sources(state: View, changes: Sequence[Change]) -> dict[str, ReviewRow]:
    graphs = [URIRef(change.graph) for change in changes]
    rows = query.rows(state.source, "feed-reviews", ReviewRow, graph=graphs) if graphs else []
    return {row.graph: row for row in unique(rows, lambda row: row.graph)}
