"""The settings of the site, given to ``create_app``; nothing else is read from the surroundings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from graph.iris import DEFAULT_BASE, root_of
from graph.plain import HASTE
from graph.sandbox import Limits

LOCAL, ALL, OFF = "local", "all", "off"
"""Who may read the numbers of the service: programs on the same machine, everybody, nobody."""
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True)
class Config:
    """``data`` is the data folder; ``base`` the IRI under which the data lives, ending with a slash.

    With ``endpoint`` set, pages ask that SPARQL server instead of the snapshots in ``data``; ``default_graph`` is the
    graph in which it holds the merge of all graphs, where its own default graph does not. ``licence`` is the IRI of
    the licence of the statements. ``cache`` bounds the pages kept in memory, in bytes, ``answers`` those of the
    endpoint; ``limits`` the queries of strangers; ``rate`` and ``slow_seconds`` those of one client within a minute
    (see ``webapp.settings``). ``dev`` shows tracebacks and the page ``/styles``. ``metrics`` says who may read
    ``/metrics``; ``counts`` is the folder in which the workers keep their numbers for each other. ``contact`` is where
    visitors report what is wrong, an e-mail or web address; None where there is nobody to tell. ``haste`` is how
    many seconds the endpoint is waited for when it is asked what an index would know. ``mounted`` is the path under
    which visitors reach the site; None for that of the base.
    """

    data: Path
    base: str = DEFAULT_BASE
    endpoint: str | None = None
    default_graph: str | None = None
    licence: str = CC0
    licence_name: str = "CC0 1.0"
    cache: int = 32 * 1024 * 1024
    answers: int = 32 * 1024 * 1024
    limits: Limits = field(default_factory=Limits)
    rate: int = 0
    slow_seconds: int = 0
    dev: bool = False
    metrics: str = LOCAL
    counts: Path | None = None
    contact: str | None = None
    haste: float = HASTE
    mounted: str | None = None

    @property
    def root(self) -> str:
        """The path under which visitors reach the site, without a slash at its end."""
        return root_of(self.base) if self.mounted is None else self.mounted.rstrip("/")
