"""Releases to download: what `filmgraph release` put into the data folder's folder of releases."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, send_file, url_for
from werkzeug.wrappers import Response

from graph.release import CRATE, RELEASES, SUMS, Known, releases
from webapp import respond
from webapp.pages import Dump, DumpFile, DumpsPage
from webapp.site import View, site

blueprint = Blueprint("dumps", __name__)
OTHERS = {CRATE: "application/ld+json", SUMS: "text/plain"}


@blueprint.get("/dumps", defaults={"suffix": ""})
@blueprint.get("/dumps<any('.json'):suffix>")
def dumps(suffix: str) -> Response:
    """The releases and their files, to download."""
    return respond.page(f"dumps{suffix}", "dumps/dumps.html", dumps_page, keep=False)


@blueprint.get("/dumps/<int:number>")
def dump(number: int) -> Response:
    """One release: its place on the page of all."""
    if _known(number) is None:
        abort(404)
    return redirect(url_for("dumps.dumps", _anchor=f"snapshot-{number}"), 303)


@blueprint.get("/dumps/<int:number>/<path:path>")
def file(number: int, path: str) -> Response:
    """A file of a release, whole or in part (Range), with its SHA-256 as ETag."""
    known = _known(number)
    part = known.part(path) if known else None
    if known is None or (part is None and path not in OTHERS) or not (known.folder / path).is_file():
        abort(404)
    media = part.media if part else OTHERS[path]
    answer = send_file(known.folder / path, media, conditional=True, etag=part.sha256 if part else True, max_age=0)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def dumps_page(_: View) -> DumpsPage:
    """The page's data."""
    return DumpsPage(tuple(_dump(known) for known in _releases()))


def _dump(known: Known) -> Dump:
    files = tuple(
        DumpFile(part.path, part.title, part.size, part.sha256, _address(known.number, part.path))
        for part in known.parts
    )
    return Dump(known.number, known.created, files)


def _address(number: int, path: str) -> str:
    return f"{site().iris.base}dumps/{number}/{path}"


def _releases() -> tuple[Known, ...]:
    return releases(site().config.data / RELEASES)


def _known(number: int) -> Known | None:
    return next((known for known in _releases() if known.number == number), None)
