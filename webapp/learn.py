"""Ten short exercises in SPARQL on the loaded data; what a visitor did stands in the address and nowhere else."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp import respond
from webapp.fill.learning import Tried, learn_page, lesson_page
from webapp.pages import LessonPage
from webapp.site import View, site

blueprint = Blueprint("learn", __name__)
SECTION = {"section": "Query"}
MOST = 99


@blueprint.get("/learn", defaults={"suffix": ""})
@blueprint.get("/learn<any('.json'):suffix>")
def learn(suffix: str) -> Response:
    """The list of exercises; ``done`` are the numbers of those solved, such as ``1.2.3``."""
    return respond.page(f"learn{suffix}", "learn/learn.html", lambda _: learn_page(_done()), lambda _: dict(SECTION))


@blueprint.get("/learn/<name>")
def lesson(name: str) -> Response:
    """One exercise; ``query`` is the visitor's answer, ``hints`` how many to show, ``solution`` asks for a solution."""
    stem = name.removesuffix(".json")
    tried = Tried(
        text=request.args.get("query", "").replace("\r\n", "\n"),
        hints=max(request.args.get("hints", 0, type=int), 0),
        solution="solution" in request.args,
        done=_done(),
    )

    def fill(view: View) -> LessonPage | None:
        return lesson_page(site(), view, stem, tried)

    def extra(_: Any) -> dict[str, Any]:
        return {**SECTION, "hints": tried.hints, "longest": site().limits.text_bytes}

    return respond.page(f"learn/{name}", "learn/lesson.html", fill, extra, keep=False)


def _done() -> frozenset[int]:
    numbers = request.args.get("done", "")[:MOST].split(".")
    return frozenset(int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 3)
