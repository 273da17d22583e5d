"""Reviews: the list, and the page of each."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill.reviews import review_page
from webapp.listing import listed

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/reviews", defaults={"suffix": ""})
@blueprint.get("/reviews<suffix>")
def listing(suffix: str) -> Response:
    """Reviews by the title of their film."""
    return listed(f"reviews{suffix}", "reviews")


@blueprint.get("/review/<path:key>")
def review(key: str) -> Response:
    """One review, its text and the facts that it proves."""
    return respond.resource(
        f"review/{key}",
        "reviews/review.html",
        review_page,
        lambda page: {"section": "Reviews", "schema": structured.review(page)},
    )
