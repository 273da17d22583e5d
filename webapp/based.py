"""Leads from IRIs under a base that has a path of its own to the pages, which are at the root of the site."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from webapp import links


def mount(app: Flask, base: str) -> None:
    """Have ``/kg/…`` lead to ``/…`` where the base is ``https://example.org/kg/``, so that IRIs are found.

    The method stays, for the endpoint's address is under the base, too.
    """
    root = unquote(urlsplit(base).path)
    if root == "/":
        return
    methods = ["GET", "HEAD", "POST", "OPTIONS"]
    app.add_url_rule(root, "based.home", _lead, defaults={"rest": ""}, methods=methods)
    app.add_url_rule(f"{root}<path:rest>", "based.lead", _lead, methods=methods)


def _lead(rest: str) -> Response:
    terms = links.asked()
    answer = redirect(
        f"{request.script_root}/{quote(rest.lstrip('/'), safe=links.SAFE)}" + (f"?{terms}" if terms else ""), 307
    )
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
