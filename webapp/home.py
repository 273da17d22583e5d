"""The first page."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp import respond, structured
from webapp.fill.home import home_page
from webapp.site import site

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> Response:
    """What this is, a search box, tonight's films, and three questions answered live."""
    return respond.page("", "home/home.html", home_page, lambda _: {"schema": structured.website(site().iris.base)})


@blueprint.get("/index.json")
def data() -> Response:
    """The same as JSON."""
    return respond.page("index.json", "home/home.html", home_page)
