"""Reconciliation: OpenRefine and other clients of the Reconciliation API 0.2 find the things that a table names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request

from graph.reconcile import reconcile
from graph.sandbox import LimitExceededError
from graph.sidecar import Sidecar
from webapp.headers import POLICY
from webapp.reconcile import answers
from webapp.reconcile.asked import AskedError, kind_of, read_batch, read_extension, read_single
from webapp.reconcile.names import iri_of
from webapp.reconcile.shown import shown
from webapp.site import site, view

blueprint = Blueprint("reconcile", __name__)
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*", re.ASCII)
LONGEST_CALLBACK = 100
FARTHEST = 1_000
"""Suggestions that can be leafed through."""


@blueprint.route("/reconcile", methods=["GET", "POST"])
def service() -> Response:
    """The reconciliation service: what it offers, or candidates for the names in a table.

    A batch of queries, a query alone, or what to extend a table with: as GET, or as POST of a form.
    """
    said = request.values
    if "queries" in said:
        return _answer(lambda: _batch(said["queries"]))
    if "query" in said:
        return _answer(lambda: answers.candidates(_asked(read_single(said["query"], said))[0]))
    if "extend" in said:
        return _answer(lambda: answers.extension(view(), _sidecar(), read_extension(said["extend"])))
    return _answer(lambda: answers.manifest(site().iris.base))


@blueprint.get("/reconcile/suggest/<any(entity, type, property):what>")
def suggest(what: str) -> Response:
    """Things, types or properties whose names begin with what was typed so far."""
    prefix, kind = request.args.get("prefix", ""), request.args.get("type")
    cursor = min(max(request.args.get("cursor", 0, type=int), 0), FARTHEST)

    def found() -> answers.Answer:
        asked = kind_of(kind) if kind else None
        if what == "entity":
            return answers.entities(_sidecar(), prefix, asked, cursor)
        return answers.types(prefix, cursor) if what == "type" else answers.properties(prefix, asked, cursor)

    return _answer(found)


@blueprint.get("/reconcile/flyout/<any(entity, type, property):what>")
def flyout(what: str) -> Response:
    """A few words in HTML on a thing, a type or a property, for a pointer that rests on it."""
    name = request.args.get("id", "")

    def found() -> answers.Answer:
        page = shown(view(), _sidecar(), iri_of(name)) if what == "entity" else None
        words = answers.words_on(what, name)
        return {"id": name, "html": render_template("reconcile/flyout.html", page=page, name=name, words=words)}

    return _answer(found)


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A small page on a thing, to be shown inside another site."""
    name = request.args.get("id", "")
    sidecar = view().sidecar
    page = shown(view(), sidecar, iri_of(name)) if sidecar else None
    answer = Response(
        render_template("reconcile/preview.html", page=page, name=name), 200 if page else 404, mimetype="text/html"
    )
    answer.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return answer


@blueprint.get("/reconcile/properties")
def propose() -> Response:
    """The properties that a table of things of a type can be extended by."""
    return _answer(
        lambda: answers.proposal(kind_of(request.args.get("type", "Film")), request.args.get("limit", type=int))
    )


@blueprint.after_request
def _open(answer: Response) -> Response:
    """Pages of other sites may ask."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
    return answer


def _batch(text: str) -> answers.Answer:
    batch = read_batch(text)
    found = _asked(*batch.values())
    return {key: answers.candidates(each) for key, each in zip(batch, found, strict=True)}


def _asked(*wishes: Any) -> list[list[Any]]:
    site().fair.asker(request.environ)
    return reconcile(view().source, _sidecar(), wishes)


def _sidecar() -> Sidecar:
    found = view().sidecar
    if found is None:
        raise AskedError("no_index", "names are found by a search index; a site over a SPARQL server has none", 501)
    return found


def _answer(make: Callable[[], answers.Answer]) -> Response:
    """What was asked for, or the convention's error; as JSON, or as the call of a function where one is named."""
    callback = request.values.get("callback")
    if callback is not None and (len(callback) > LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback)):
        return _written(_error("bad_callback", "callback names a function: letters, digits, _, $ and dots"), 400, None)
    try:
        return _written(make(), 200, callback)
    except AskedError as error:
        return _written(_error(error.code, str(error)), error.status, callback)
    except LimitExceededError as error:
        answer = _written(_error("too_often", str(error)), 429, callback)
        answer.headers["Retry-After"] = str(error.retry_after or 1)
        return answer


def _error(code: str, message: str) -> answers.Answer:
    return {"status": "error", "code": code, "message": message}


def _written(said: answers.Answer, status: int, callback: str | None) -> Response:
    body = json.dumps(said, ensure_ascii=callback is not None)
    if callback is None:
        answer = Response(body, status, mimetype="application/json")
    else:  # the comment keeps the body from being taken for another kind of file
        answer = Response(f"/**/{callback}({body});", status, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
