"""A journal whose lines are kept, and a recorded gateway to ask."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from tests.webapp.test_gateway import Client, run
from webapp.gateway import Gateway
from webapp.ready import Ready
from webapp.telemetry.counts import Counts
from webapp.telemetry.journal import Journal
from webapp.telemetry.lines import JSON
from webapp.telemetry.recorded import Recorded


class Log:
    """A journal whose lines are kept."""

    def __init__(self, form: str = JSON, counts: Counts | None = None) -> None:
        self.blocks: list[bytes] = []
        self.journal = Journal(counts or Counts({"film"}), form, self.blocks.append)

    def lines(self) -> list[Any]:
        """What was written so far, read as JSON."""
        self.journal.drain()
        return [json.loads(line) for line in b"".join(self.blocks).splitlines()]


def headers(**given: str) -> Any:
    """Headers as the server gives them."""
    found = {name.replace("_", "-"): value for name, value in given.items()}
    return SimpleNamespace(
        get=found.get, items=found.items, get_all=lambda name: [found[name]] if name in found else []
    )


def ask(app: Any, log: Log, client: Client, ready: Ready | None = None) -> Client:
    """Let a recorded gateway answer one request."""
    run(Recorded(Gateway(app, ready=ready), log.journal, lambda: "7").__rsgi__(client.scope, client))
    return client
