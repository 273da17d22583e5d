"""What the editor asks for while one works in it: answers, names of resources, terms and prefixes to complete."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as Plain

from graph.errors import LimitError, QueryError
from graph.remarks import remark
from webapp import links
from webapp.fill.names import MOST, names
from webapp.fill.terms import terms
from webapp.formats import Format, choose, formats_for
from webapp.pages import Known
from webapp.query import pinned
from webapp.site import site, view
from webapp.sparql.problems import Problem, ProblemError, explain

blueprint = Blueprint("editor", __name__)


@blueprint.route("/query/result", methods=["GET", "POST"])
def result() -> Plain:
    """The answer to ``query`` in the ``format`` of a suffix, else as Accept says; with ``save``, as a file.

    With ``snapshot`` an older state is asked.
    """
    try:
        return _answered()
    except ProblemError as error:
        return error.problem.response()
    except (QueryError, LimitError) as error:
        return explain(error, request.values.get("query", "")).response()


def _answered() -> Response:
    text = request.values.get("query", "")
    number, gone = pinned()
    if gone:
        raise ProblemError(Problem(410, gone))
    wanted = _format(text)
    found = site().spooled(view(), text, wanted.media)
    answer = Response(found.pieces(), content_type=wanted.content_type)
    answer.call_on_close(found.close)
    answer.content_length = found.size
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Server-Timing"] = f"query;dur={found.seconds * 1000:.1f}"
    if (hint := remark(text)) is not None:
        answer.headers["Filmgraph-Hint"] = hint
    answer.vary.add("Accept")
    if request.values.get("save"):
        suffix = f"-snapshot-{number}" if number else ""
        answer.headers["Content-Disposition"] = f'attachment; filename="answer{suffix}.{wanted.suffix}"'
    return answer


def _format(text: str) -> Format:
    offered = formats_for(site().sandbox.examine(text).form)
    named = next((each for each in offered if each.suffix == request.values.get("format")), None)
    chosen = named or choose(request.headers.get("Accept"), offered)
    if chosen is None:
        raise ProblemError(Problem(406, f"this answer can be given as {', '.join(each.media for each in offered)}"))
    return chosen


@blueprint.post("/query/names")
def named() -> Plain:
    """The names and addresses of up to 400 resources, given as a JSON list of IRIs."""
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, list) or len(asked) > MOST or not all(isinstance(iri, str) for iri in asked):
        return Problem(400, f"send a JSON list of at most {MOST} IRIs").response()
    pinned()
    found = names(view(), asked)
    return jsonify({iri: Known(it.label, links.href(iri), it.proofs) for iri, it in found.items()})


@blueprint.get("/query/terms.json")
def completions() -> Response:
    """Classes and properties to complete, each with its prefixed name, kind, label and definition."""
    answer = jsonify(terms(site().prefixes))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@blueprint.get("/query/prefixes.json")
def prefixes() -> Response:
    """The prefixes that queries may use, by name."""
    answer = jsonify(dict(site().prefixes))
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
