"""What the site is and how facts are found."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from graph import query
from webapp import respond
from webapp.fill.home import figures
from webapp.fill.rows import unique
from webapp.pages import AboutPage, Source
from webapp.site import View, site

blueprint = Blueprint("about", __name__)


@blueprint.get("/about", defaults={"suffix": ""})
@blueprint.get("/about<any('.json'):suffix>")
def about(suffix: str) -> Response:
    """How facts are found, what the graph holds, and how programs get it."""
    return respond.page(f"about{suffix}", "about/about.html", about_page)


def about_page(view: View) -> AboutPage:
    """The page's data: counts and datasets."""
    datasets = unique(query.rows(view.source, "list-sources", Source), lambda source: source.iri)
    config = site().config
    return AboutPage(figures(view), tuple(datasets), config.licence, config.licence_name, config.base)
