"""The style page, for development only: every component of the style sheet, made of invented examples."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp import respond
from webapp.fill.styles import styles_page
from webapp.ontology import load

blueprint = Blueprint("styles", __name__)


@blueprint.get("/styles", defaults={"suffix": ""})
@blueprint.get("/styles<any('.json'):suffix>")
def styles(suffix: str) -> Response:
    """Every component, once as it is and once strained by long names and other scripts."""
    return respond.page(f"styles{suffix}", "styles/styles.html", lambda view: styles_page(view, load()), keep=False)
