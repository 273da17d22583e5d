"""Sitemaps for crawlers: an index, and files of as many addresses as the protocol allows."""

from __future__ import annotations

from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort

from graph.snapshot import read_manifest
from webapp.fill import lists
from webapp.links import encoded
from webapp.pages import ListPage
from webapp.site import View, site, view

blueprint = Blueprint("sitemaps", __name__)
KINDS = {"films": "film", "people": "person", "reviews": "review"}
WALKS = {"films": lists.films, "people": lists.people, "reviews": lists.reviews}
PAGES = ("", "path", "genres", "worklists", "learn", "ontology", "sources", "about", "api", "dumps")
"""The pages that are no resources and that no list holds."""
MOST = 50_000
"""Addresses in one file: the bound of the protocol."""
WALKED = 100
"""Pages of a list of a remote server that are asked for, one by one: 10,000 addresses of each kind."""
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The index of the sitemaps, with the time since which each is as it is."""
    state = view()
    changed = f"<lastmod>{_changed(state)}</lastmod>" if _changed(state) else ""
    parts = (f"sitemap-{kind}-{part}.xml" for kind in KINDS for part in range(_parts(state, kind)))
    names = ["sitemap-pages.xml", *parts]
    inner = "".join(f"<sitemap><loc>{_address(name)}</loc>{changed}</sitemap>" for name in names)
    return _xml("sitemapindex", inner)


@blueprint.get("/sitemap-pages.xml")
def sitemap_pages() -> Response:
    """The addresses of the pages that are no resources."""
    return _xml("urlset", "".join(f"<url><loc>{_address(path)}</loc></url>" for path in PAGES))


@blueprint.get("/sitemap-<any(films, people, reviews):kind>-<int:part>.xml")
def sitemap_part(kind: str, part: int) -> Response:
    """The addresses of one kind of resource, up to 50,000 of them; parts count from 0."""
    state = view()
    if part >= _parts(state, kind):
        abort(404)
    if state.sidecar and state.sidecar.lists:
        found = state.sidecar.lists.addresses(KINDS[kind], part * MOST, (part + 1) * MOST)
    else:
        found = _walked(state, kind)
    return _xml("urlset", "".join(f"<url><loc>{escape(encoded(iri))}</loc></url>" for iri in found))


def _parts(state: View, kind: str) -> int:
    """How many files the addresses of a kind fill; a remote server's are not counted."""
    if state.sidecar and state.sidecar.lists:
        return -(-state.sidecar.lists.slots(KINDS[kind]) // MOST)
    return 1 if WALKS[kind](state, "").entries else 0


def _walked(state: View, kind: str) -> list[str]:
    found: dict[str, None] = {}
    after: str | None = ""
    for _ in range(WALKED):
        page: ListPage = WALKS[kind](state, after or "")
        found |= dict.fromkeys(entry.iri for entry in page.entries)
        after = page.following
        if after is None:
            break
    return list(found)


def _changed(state: View) -> str | None:
    """When the snapshot was published."""
    return read_manifest(state.folder).created if state.folder else None


def _address(path: str) -> str:
    return escape(site().iris.base + path)


def _xml(root: str, inner: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">{inner}</{root}>\n'
    return Response(body, mimetype="application/xml", headers={"Cache-Control": "public, max-age=3600"})
