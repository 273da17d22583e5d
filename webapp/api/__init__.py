"""The interface for programs: an OpenAPI document made from the routes and the pages' dataclasses, and its page."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as Plain

from webapp import forms, respond
from webapp.api.document import document
from webapp.api.page import api_page
from webapp.api.page import part as page_part
from webapp.api.routes import routes
from webapp.api.samples import samples
from webapp.pages import ApiPage
from webapp.site import View, site, view

blueprint = Blueprint("api", __name__)


@blueprint.get("/api", defaults={"suffix": ""})
@blueprint.get("/api<any('.json'):suffix>")
def api(suffix: str) -> Plain:
    """Every address of this site, for reading; as JSON all that can be said of each."""

    def fill(view: View) -> ApiPage:
        return api_page(_document(view), site().iris.base)

    return respond.page(f"api{suffix}", "api/api.html", fill)


@blueprint.get("/api/<name>")
def part(name: str) -> Plain:
    """One group of the addresses, each with what it takes and gives; or, as `schemas`, what the JSON holds."""
    stem, _ = forms.split(name, forms.PLAIN_FORMS[1:])

    def fill(view: View) -> ApiPage | None:
        return page_part(api_page(_document(view), site().iris.base), stem)

    return respond.page(f"api/{name}", "api/part.html", fill)


@blueprint.get("/api/openapi.json")
def openapi() -> Plain:
    """The same as an OpenAPI 3.1 document."""
    state, tag = view(), f"{view().version}-{site().release}-openapi"
    answer = Response(mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.set_etag(tag)
    if request.if_none_match.contains(tag):
        answer.status_code = 304
    else:
        answer.set_data(json.dumps(_document(state), ensure_ascii=False, indent=1) + "\n")
    return answer


def _document(view: View) -> dict[str, Any]:
    """The document, whose examples are resources of this state of the graph."""
    config = site().config
    named = (config.licence_name, config.licence)
    return document(routes(current_app), site().iris.base, named, samples(view))
