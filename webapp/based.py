"""Serves the site under the path of its base: a request finds its page there, and all links lead back there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

from flask import Flask, redirect
from werkzeug.wrappers import Response

from webapp import links
from webapp.wsgi import within


class _Below:
    """A WSGI application that hands requests to another one, which then believes to be mounted at a root."""

    def __init__(self, app: WSGIApplication, root: str) -> None:
        self.app = app
        self.root = root.encode().decode("latin-1")  # as WSGI spells paths

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self.root
        environ["PATH_INFO"] = within(environ.get("PATH_INFO", ""), self.root)
        return self.app(environ, start_response)


def mount(app: Flask, root: str) -> None:
    """Serve ``/kg/film/…`` and link to it, where the root is ``/kg``; the same pages are at ``/film/…``, too.

    So it does not matter whether the proxy in front takes the root away. Without its slash, the root leads to itself.
    """
    if not root:
        return
    if not app.url_map.bind("").test(root):
        app.add_url_rule(root, "based.home", _home)
    app.wsgi_app = _Below(app.wsgi_app, root)  # type: ignore[method-assign]


def _home() -> Response:
    return redirect(links.local(""), 308)
