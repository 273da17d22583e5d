"""One request as the log tells it; nothing in it says who asked, or with what words."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

NOTE = "filmgraph.note"
"""The key in the WSGI environment: the note of this request."""
HEADER = "x-request-id"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{7,127}", re.ASCII)
_CURRENT: ContextVar[str] = ContextVar("request", default="")


@dataclass(slots=True)
class Note:
    """What is known of a request when it is answered; ``seconds`` is how long that took, ``bytes`` those of the body.

    ``snapshot`` is the state of the graph that was asked, None where none was; ``computed`` is false where the answer
    lay ready.
    """

    request: str
    method: str
    path: str
    status: int = 500
    bytes: int = 0
    seconds: float = 0.0
    snapshot: str | None = None
    computed: bool = False
    ended: float = field(default_factory=time.time)
    """When it was answered, in seconds since 1970."""


def request_id(given: str | None) -> str:
    """The id that a request brings along, where it is one of 8 to 128 plain characters, else a new one.

    >>> request_id("5f1e-a7/b2")
    '5f1e-a7/b2'
    >>> len(request_id("<b>no</b>"))
    16
    """
    return given if given and _WELL_FORMED.fullmatch(given) else f"{random.getrandbits(64):016x}"


def enter(environ: Mapping[str, Any]) -> None:
    """Let what this thread logs from now on name the request that it works on."""
    note = environ.get(NOTE)
    if note is not None:
        note.computed = True
        _CURRENT.set(note.request)


def current() -> str:
    """The id of the request that this thread works on, empty where there is none."""
    return _CURRENT.get()


def saw(environ: Mapping[str, Any], version: str) -> None:
    """Note which state of the graph a request was answered from."""
    note = environ.get(NOTE)
    if note is not None:
        note.snapshot = version
