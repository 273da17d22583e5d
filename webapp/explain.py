"""Any query explained: an English outline and its algebra."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import respond
from webapp.fill.explaining import explain_page
from webapp.pages import ExplainPage
from webapp.site import View, site

blueprint = Blueprint("explain", __name__)


@blueprint.get("/query/explain", defaults={"suffix": ""})
@blueprint.get("/query/explain<any('.json'):suffix>")
def explain(suffix: str) -> Response:
    """``query`` in English, and its algebra as a tree; an empty form where there is none."""
    text = request.args.get("query", "").replace("\r\n", "\n")
    made: list[ExplainPage] = []

    def fill(view: View) -> ExplainPage:
        made.append(explain_page(site(), view, text))
        return made[0]

    answer = respond.page(
        f"query/explain{suffix}",
        "query/explain.html",
        fill,
        lambda _: {"section": "Query", "longest": site().limits.text_bytes},
        keep=False,
    )
    for page in made:
        answer.status_code = page.status
        if page.retry_after is not None:
            answer.headers["Retry-After"] = str(page.retry_after)
    return answer
