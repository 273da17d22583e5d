"""The site: pages, their data and their RDF, search, and the SPARQL endpoint, all over one published snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from graph import query as queries
from graph.explain import Explainer
from graph.iris import Iris
from graph.ontology import PREFIXES
from graph.sandbox import Sandbox
from graph.snapshot import Follower, Pinned
from graph.store import Endpoint, Form, outline, read_prefixes
from webapp import based, errors, headers, markup, sparql, status, styles
from webapp.blueprints import BLUEPRINTS
from webapp.cache import Cache
from webapp.config import Config
from webapp.fair import FairShare
from webapp.site import KEY, Site, view
from webapp.telemetry.counts import Counts

__all__ = ["Config", "create_app"]

YEAR = 365 * 24 * 3600
LONGEST_FORM = 2_000_000
"""Bytes of a request's body."""


def create_app(config: Config) -> Flask:
    """The WSGI application of one site. Nothing is opened but the sandbox; the first request opens the snapshot."""
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_FORM
    app.debug = config.dev
    app.url_map.strict_slashes = True
    fair = FairShare(config.rate, config.slow_seconds)
    app.extensions[KEY] = _site(config, fair, Path(app.static_folder or ""), Path(app.root_path))
    markup.register(app)
    headers.register(app)
    errors.register(app)
    _mount(app, config)
    based.mount(app, config.root)
    status.count(app)
    return app


def _site(config: Config, fair: FairShare, static: Path, root: Path) -> Site:
    prefixes = dict(sorted(read_prefixes(PREFIXES).items()))
    statics = _digests(static)
    return Site(
        config=config,
        iris=Iris(config.base),
        prefixes=prefixes,
        release=_release(root, config, statics),
        statics=statics,
        cache=Cache(config.cache),
        follower=None if config.endpoint else Follower(config.data, prefixes),
        endpoint=_endpoint(config, prefixes),
        limits=config.limits,
        sandbox=Sandbox(config.limits, prefixes),
        fair=fair,
        explainer=Explainer(prefixes),
        pinned=None if config.endpoint else Pinned(config.data, prefixes),
        answers=Cache(config.answers),
        counts=Counts(folder=config.counts),
    )


def _endpoint(config: Config, prefixes: Mapping[str, str]) -> Endpoint | None:
    if config.endpoint is None:
        return None
    return Endpoint(config.endpoint, prefixes=prefixes, default_graph=config.default_graph)


def _mount(app: Flask, config: Config) -> None:
    """The pages, then the SPARQL endpoint beside them."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.debug:
        app.register_blueprint(styles.blueprint)
    site = app.extensions[KEY]
    app.extensions[sparql.SPARQL] = sparql.mount(
        app,
        site.view,
        site.sandbox,
        prefixes=site.prefixes,
        address=f"{site.iris.base}sparql",
        editor=f"{config.root}/query",
        triples=lambda: view().triples,
        examples=lambda: _examples(site.iris.base),
        asker=site.fair.asker,
        answers=site.answers,
    )


def _examples(base: str) -> list[sparql.Example]:
    """The gallery's queries, as the endpoint's description shows them."""
    return [
        sparql.Example(f"{base}query?ask={each.name}", each.question, each.text, outline(each.text).form or Form.SELECT)
        for each in queries.examples()
    ]


def _digests(folder: Path) -> dict[str, str]:
    """A digest of each static file, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}


def _release(root: Path, config: Config, statics: Mapping[str, str]) -> str:
    """A digest of everything that a page depends on besides the snapshot."""
    digest = hashlib.sha256(repr((config, sorted(statics.items()))).encode())
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.parent.joinpath("graph").rglob("*.rq")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
