"""What the tools ask: the current snapshot of a data folder, or a remote SPARQL server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph import ontology
from graph.iris import Iris
from graph.sandbox import Limits, Sandbox
from graph.sidecar import Sidecar
from graph.snapshot import Follower
from graph.store import Endpoint, QuerySource, read_prefixes

ANSWER_BYTES = 5_000_000
"""The largest answer to a query that is read; far fewer rows of it are passed on."""


@dataclass(frozen=True, slots=True)
class View:
    """One state of the graph, the same for all questions of one call. A remote server has no sidecar and no folder."""

    source: QuerySource
    sidecar: Sidecar | None
    folder: Path | None
    iris: Iris


class World:
    """Where the tools look; opened by the first call, and renewed whenever a new snapshot is published."""

    def __init__(
        self, data: Path, base: str, endpoint: str | None = None, *, merge: str | None = None, timeout: float = 10
    ) -> None:
        self.iris = Iris(base)
        self.prefixes: Mapping[str, str] = dict(sorted(read_prefixes(ontology.PREFIXES).items()))
        self.limits = Limits(timeout=timeout, max_timeout=timeout, result_bytes=ANSWER_BYTES)
        self.sandbox = Sandbox(self.limits, self.prefixes)
        self._follower = Follower(data, self.prefixes)
        self._endpoint = _endpoint(endpoint, base, self.prefixes, merge, timeout) if endpoint else None

    def view(self) -> View:
        """The newest published state. Raises StoreError where there is none."""
        if self._endpoint is not None:
            return View(self._endpoint, None, None, self.iris)
        opened = self._follower.get()
        return View(opened.snapshot, opened.sidecar, opened.folder, self.iris)

    def check(self) -> None:
        """Raise StoreError now where there is nothing to ask."""
        if self._endpoint is not None:
            self._endpoint.check()
        else:
            self._follower.get()

    def close(self) -> None:
        """End the processes that run queries."""
        self.sandbox.close()


def _endpoint(url: str, base: str, prefixes: Mapping[str, str], merge: str | None, timeout: float) -> Endpoint:
    remote = Endpoint(url, timeout=timeout, prefixes=prefixes, default_graph=merge)
    remote.base = base
    return remote
