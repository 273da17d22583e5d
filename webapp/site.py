"""What every view works with: the site's settings and services, and the snapshot that a request sees."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import cast

from flask import current_app, g, request
from rdflib import URIRef

from graph import query
from graph.errors import StoreError
from graph.explain import Explainer
from graph.iris import Iris
from graph.plain import HASTE, PlainLists, within
from graph.sandbox import Limits, Sandbox, SpooledResult
from graph.sidecar import Lists, Sidecar
from graph.snapshot import Follower, Opened, Pinned
from graph.store import Endpoint, QuerySource
from webapp.cache import Cache
from webapp.config import Config
from webapp.fair import FairShare
from webapp.telemetry import note
from webapp.telemetry.counts import Counts

KEY = "filmgraph"
ON_A_PAGE = 8_000_000
"""Bytes of an answer that is shown on a page; larger ones are fetched from the endpoint."""


AnyLists = Lists | PlainLists
"""What lists can be narrowed to: from the index of a snapshot, or by plain questions to a server."""


@dataclass(frozen=True, slots=True)
class View:
    """One state of the graph: every query of a request sees the same. An endpoint has no sidecar."""

    source: QuerySource
    sidecar: Sidecar | None
    version: str
    words: str
    """The state in words, for the foot of the page."""
    iris: Iris
    folder: Path | None
    """The snapshot's folder, None for an endpoint."""
    haste: float = HASTE
    """Seconds that an endpoint is waited for when it is asked what an index should know."""

    @property
    def hasty(self) -> QuerySource:
        """Whom to ask what an index should know: a server is not waited for as long as for other questions."""
        return within(self.source, self.haste)

    @property
    def lists(self) -> AnyLists | None:
        """What lists can be narrowed to; None for a snapshot whose index was made before it told."""
        if self.sidecar is not None:
            return self.sidecar.lists
        return PlainLists(self.source, self.haste) if self.folder is None else None

    @property
    def triples(self) -> int | None:
        """How many triples the graph holds, each counted once; counted by the first who asks, None for an endpoint."""
        if self.sidecar is None:
            return None
        key, cache = ("triples", self.version), site().cache
        kept = cache.get(key)
        if kept is None:
            kept = (str(self.source.select(query.fill("triples")).rows[0][0]).encode(), "text/plain")
            cache.put(key, kept)
        return int(kept[0])


@dataclass(frozen=True, slots=True)
class Site:
    """The services of one application."""

    config: Config
    iris: Iris
    prefixes: Mapping[str, str]
    release: str
    """A digest of the software and its static files; it is part of every ETag."""
    statics: Mapping[str, str]
    cache: Cache
    follower: Follower | None
    endpoint: Endpoint | None
    limits: Limits
    sandbox: Sandbox
    fair: FairShare
    explainer: Explainer
    pinned: Pinned | None = None
    answers: Cache = field(default_factory=lambda: Cache(0))
    """Answers of the endpoint."""
    counts: Counts = field(default_factory=Counts)

    def view(self) -> View:
        """The newest published state. Raises StoreError where there is none."""
        if self.endpoint is not None:
            words = f"Data of {self.endpoint.version}"
            return View(self.endpoint, None, self.endpoint.version, words, self.iris, None, self.config.haste)
        assert self.follower is not None  # noqa: S101  # create_app gives one of the two
        return self._shown(self.follower.get())

    def at_hand(self) -> View | None:
        """The newest published state where it is open already, None where that would have to be waited for."""
        opened = self.follower and self.follower.at_hand()
        return self._shown(opened) if opened else None

    def _shown(self, opened: Opened) -> View:
        words = f"Snapshot {opened.version}"
        return View(opened.snapshot, opened.sidecar, opened.version, words, self.iris, opened.folder)

    def pin(self, number: int) -> View:
        """An older state, by its snapshot's number; it has no sidecar. Raises StoreError where it is not kept."""
        if self.pinned is None:
            raise StoreError("this site asks another server, which has no numbered snapshots")
        snapshot = self.pinned.get(number)
        return View(snapshot, None, snapshot.version, f"Snapshot {number}", self.iris, snapshot.folder)

    def run(self, view: View, text: str, media_type: str, timeout: float | None = None) -> tuple[bytes, float]:
        """A stranger's query on a state, for a page: the answer in a media type, and the seconds that it took.

        Raises QueryError for a bad query and LimitError where it asks for too much. A remote server has its own limits.
        """
        with self.spooled(view, text, media_type, ON_A_PAGE, timeout) as result:
            return result.read(), result.seconds

    def spooled(
        self, view: View, text: str, media_type: str, most: int | None = None, timeout: float | None = None
    ) -> SpooledResult:
        """The same for a file: complete, to be read in pieces, and to be closed; ``most`` bounds it in bytes."""
        if view.folder is not None:
            asker = self.fair.asker(request.environ)
            return self.sandbox.run(view.folder, text, media_type, most=most, timeout=timeout, asker=asker)
        begun = time.monotonic()
        body = view.source.serialize(text, media_type)
        return SpooledResult(media_type, len(body), 0, time.monotonic() - begun, BytesIO(body))


def site() -> Site:
    """The services of the application that answers this request."""
    return cast("Site", current_app.extensions[KEY])


def view() -> View:
    """The state of the graph that this request sees, the same from its beginning to its end."""
    if "view" not in g:
        g.view = site().view()
        note.saw(request.environ, g.view.version)
    return cast("View", g.view)


def pin(number: int) -> None:
    """Let this request see an older state. Raises StoreError where it is not kept."""
    g.view = site().pin(number)
    note.saw(request.environ, g.view.version)


def resource(path: str) -> URIRef:
    """The IRI of the resource that a path of the site stands for."""
    return site().iris.resource(path)
