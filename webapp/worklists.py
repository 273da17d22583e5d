"""Gaps and disagreements: what the graph lacks, list by list, with what to do about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from webapp import links, respond
from webapp.fill import worklists
from webapp.listing import LONGEST
from webapp.pages import WorklistPage
from webapp.site import View

blueprint = Blueprint("worklists", __name__)
QUERIES = {"described-only": "described", "unresolved": "unresolved", "disagreements": "differences"}


@blueprint.get("/worklists", defaults={"suffix": ""})
@blueprint.get("/worklists<any('.json'):suffix>")
def overview(suffix: str) -> Response:
    """All worklists with their counts."""
    return respond.page(f"worklists{suffix}", "worklists/worklists.html", worklists.worklists_page)


@blueprint.get("/worklists/<path>")
def worklist(path: str) -> Response:
    """One page of a worklist, as HTML, JSON or CSV."""
    name = path.partition(".")[0]
    if name not in worklists.KINDS or path[len(name) :] not in ("", ".json", ".csv"):
        abort(404)
    after = request.args.get("after", "")[:LONGEST]

    def table(view: View) -> list[tuple[str | None, ...]]:
        return [worklists.COLUMNS, *worklists.table(view, name, after)]

    def extra(page: WorklistPage) -> dict[str, Any]:
        asked = links.ask(f"worklists/{QUERIES[name]}", after=after) if name in QUERIES else None
        return {"asked": asked, "here": lambda **terms: links.local(f"worklists/{name}") + links.terms(**terms)}

    return respond.listing(
        f"worklists/{path}",
        "worklists/worklist.html",
        lambda view: worklists.worklist_page(view, name, after),
        table,
        extra,
    )
