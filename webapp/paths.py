"""Paths: how two people are connected through films."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from graph.errors import LimitError
from webapp import links, respond
from webapp.fill.paths import path_page
from webapp.pages import PathPage
from webapp.site import View

blueprint = Blueprint("paths", __name__)
LONGEST = 200
"""Characters of a name that are looked at; a longer one is cut before anything repeats it."""


@blueprint.get("/path", defaults={"suffix": ""})
@blueprint.get("/path<any('.json'):suffix>")
def path(suffix: str) -> Response:
    """The shortest way from one person to another; ``from`` and ``to`` are names, ids, paths or IRIs."""
    origin, goal = (request.args.get(name, "") for name in ("from", "to"))
    if max(len(origin), len(goal)) > LONGEST:
        cut = {"from": origin[:LONGEST], "to": goal[:LONGEST]}
        return redirect(links.local(f"path{suffix}") + links.terms(**cut))

    def fill(view: View) -> PathPage:
        try:
            return path_page(view, origin.strip(), goal.strip())
        except LimitError as error:
            abort(503, str(error))

    return respond.page(f"path{suffix}", "paths/path.html", fill)
