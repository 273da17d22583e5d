"""The query page: a plain form that needs no script; the answer is a table of names and links."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from graph import query as queries
from graph.errors import QueryError, StoreError
from graph.iris import DEFAULT_BASE
from graph.store import Form
from webapp import respond
from webapp.fill.asking import query_page
from webapp.formats import formats_for
from webapp.pages import QueryPage
from webapp.site import View, pin, site

blueprint = Blueprint("query", __name__)
FORMS = (Form.SELECT, Form.ASK, Form.CONSTRUCT, Form.DESCRIBE)


@blueprint.get("/query", defaults={"suffix": ""})
@blueprint.get("/query<any('.json'):suffix>")
def query(suffix: str) -> Response:
    """The editor; ``query`` is a text to run, ``ask`` a query of ours to fill with the other parameters and run."""
    text, question = _asked()

    snapshot, gone = pinned()
    made: list[QueryPage] = []

    def fill(view: View) -> QueryPage:
        made.append(query_page(site(), view, text, question, snapshot, gone))
        return made[0]

    answer = respond.page(f"query{suffix}", "query/query.html", fill, lambda _: _around(), keep=False)
    for page in made:
        answer.status_code = page.status
        if page.retry_after is not None:
            answer.headers["Retry-After"] = str(page.retry_after)
    return answer


def _around() -> dict[str, Any]:
    """What the template needs besides the page."""
    name = request.args.get("ask", "")
    formats = {form.value: [(each.suffix, each.label) for each in formats_for(form)] for form in FORMS}
    return {
        "section": "Query",
        "asked": bool(name or request.args.get("query")),
        "base": site().iris.base,
        "chosen": queries.load(name).group if name.startswith("examples/") else "",
        "formats": json.dumps(formats),
        "longest": site().limits.text_bytes,
    }


def pinned() -> tuple[int | None, str | None]:
    """The number of the older snapshot that is asked for, and why it cannot be asked if it is not kept any more.

    From then on the request sees that snapshot.
    """
    number = request.values.get("snapshot", type=int)
    if number is None:
        return None, None
    try:
        pin(number)
    except StoreError as error:
        return number, str(error)
    return number, None


def _asked() -> tuple[str, str | None]:
    """The query's text, and its question if it is one of ours."""
    name = request.args.get("ask")
    if name is None:
        return request.args.get("query", ""), None
    texts = {key: value for key, value in request.args.items() if key not in ("ask", "query", "snapshot")}
    base = site().iris.base
    try:
        named = queries.load(name)
        terms: dict[str, Any] = dict(queries.read_terms(name, texts, base))
        text = queries.fill(name, **terms) if terms else named.text.replace(f"<{DEFAULT_BASE}", f"<{base}")
        return _without_header(text), named.question
    except QueryError:
        abort(404)


def _without_header(text: str) -> str:
    """The query without the lines that are for filmgraph itself."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
