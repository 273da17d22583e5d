"""How long a server is waited for when it is asked what an index should know."""

from __future__ import annotations

from graph.store import Endpoint, QuerySource

HASTE = 4.0
"""Seconds; then the page goes without."""


def within(source: QuerySource, seconds: float) -> QuerySource:
    """Whom to ask so that the answer comes in these seconds or not at all; a store of our own answers as it can."""
    return source.within(seconds) if isinstance(source, Endpoint) else source
