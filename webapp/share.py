"""A query on its way elsewhere: short links that hold the whole query, and programs that ask it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp import links, respond, shortlink
from webapp.fill.sharing import share_page
from webapp.site import View, site

blueprint = Blueprint("share", __name__)
LONGEST = 20_000
"""Characters of a query that is shared."""


@blueprint.get("/query/code", defaults={"suffix": ""})
@blueprint.get("/query/code<any('.json'):suffix>")
def code(suffix: str) -> Response:
    """Links to ``query`` and programs that ask it."""
    text = request.args.get("query", "")
    if not text.strip():
        return redirect(url_for("query.query"))
    if len(text) > LONGEST:
        abort(413, f"a query of more than {LONGEST:,} characters cannot be shared by a link")

    def fill(view: View) -> object:
        return share_page(site(), view, text)

    return respond.page(f"query/code{suffix}", "query/share.html", fill, lambda _: {"section": "Query"}, keep=False)


@blueprint.get("/q/<code>")
def short(code: str) -> Response:
    """The query page of a short link, on the snapshot that the link names, if any."""
    text = shortlink.read(code, site().iris.base)
    if text is None:
        abort(404, "This short link is damaged or incomplete; copy it again, whole.")
    terms = {"query": text, "snapshot": request.args.get("snapshot", "")}
    return redirect(url_for("query.query") + links.terms(**terms), 302)
