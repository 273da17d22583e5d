"""Sources: where the facts come from, and the page of each dataset."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from rdflib import URIRef
from werkzeug.wrappers import Response

from webapp import links, respond
from webapp.fill.sources import source_page, sources_page
from webapp.listing import start
from webapp.pages import SourcePage
from webapp.site import View

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources", defaults={"suffix": ""})
@blueprint.get("/sources<any('.json'):suffix>")
def listing(suffix: str) -> Response:
    """All datasets, and where the reviews come from."""
    return respond.page(f"sources{suffix}", "sources/sources.html", sources_page)


@blueprint.get("/dataset/<path:key>")
def dataset(key: str) -> Response:
    """One dataset: edition, licence, digest, what it gave, and its films; ``after`` lets these begin at a key."""

    def fill(view: View, iri: URIRef) -> SourcePage | None:
        return source_page(view, iri, start())

    def extra(page: SourcePage) -> dict[str, Any]:
        return {"here": lambda **terms: links.href(page.iri) + links.terms(**terms)}

    return respond.resource(f"dataset/{key}", "sources/source.html", fill, extra, alone=True)
