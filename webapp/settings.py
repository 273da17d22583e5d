"""The bounds of the service, from its environment: what strangers may ask for, and what all of it may take."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from graph.errors import SettingError
from graph.sandbox import Limits
from webapp.config import ALL, LOCAL, OFF
from webapp.telemetry.lines import FORMS, JSON, TEXT

MB = 1 << 20
WEB_PROCESS = 400
"""Megabytes that one worker of the site may have for itself; above them it is replaced by a fresh one."""
QUERY_PROCESS = 110
"""Megabytes that a process for queries takes before it has a query."""
LEAST = 64
"""Megabytes that a query must have to be of use."""
MOST = 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds that can be set, each by ``FILMGRAPH_`` and its name in capitals.

    ``memory`` is what the whole service may take, in megabytes. ``timeout`` and ``max_timeout`` are the seconds of a
    query, usually and at most; ``result_bytes`` and ``result_rows`` bound an answer. ``rate`` is how many queries a
    minute a client may ask of one worker, ``slow_seconds`` how many seconds a minute its slow queries may run there;
    0 sets no bound. ``answers`` is how many megabytes of answers each worker keeps. ``proxies`` is how many proxies
    stand in front and tell the client's address in X-Forwarded-For. ``dev`` is 1 where the site is being worked on.
    """

    memory: int = 4096
    timeout: int = 10
    max_timeout: int = 60
    result_bytes: int = 100_000_000
    result_rows: int = 1_000_000
    rate: int = 30_000
    slow_seconds: int = 60
    answers: int = 32
    proxies: int = 0
    dev: int = 0

    def limits(self, workers: int) -> Limits:
        """The limits of a query, the memory shared out among all processes; SettingError where it is too little."""
        usual = Limits()
        fixed = workers * (WEB_PROCESS + (usual.processes + 1) * QUERY_PROCESS)
        each = min((self.memory - fixed) // (workers * usual.processes), MOST)
        if each < LEAST:
            least = fixed + LEAST * workers * usual.processes
            raise SettingError(
                f"FILMGRAPH_MEMORY={self.memory} is too little for {workers} workers; "
                f"expected at least {least} (megabytes), or fewer workers"
            )
        return Limits(
            timeout=min(self.timeout, self.max_timeout),
            max_timeout=self.max_timeout,
            memory=each * MB,
            result_bytes=self.result_bytes,
            result_rows=self.result_rows,
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """What the service tells of itself, each set by ``FILMGRAPH_`` and its name in capitals.

    ``log`` is the form of its lines, by default a text on a terminal and JSON elsewhere; ``metrics`` is who may read
    its numbers, ``contact`` the e-mail or web address to which visitors report what is wrong, None for none;
    ``mount`` is the path under which they reach the site, None for that of the base.
    """

    log: str = JSON
    metrics: str = LOCAL
    contact: str | None = None
    mount: str | None = None


SURROUNDINGS = frozenset(
    f"FILMGRAPH_{name}"
    for name in (
        "DATA", "BASE", "ENDPOINT", "UPDATE_ENDPOINT", "DEFAULT_GRAPH", "USER", "PASSWORD", "HOST", "PORT", "WORKERS",
        "COUNTS",
    )
)  # fmt: skip
"""The settings that the command line reads, and what ``serve`` tells its workers."""


def known() -> frozenset[str]:
    """The names of all settings."""
    return SURROUNDINGS | {f"FILMGRAPH_{each.name.upper()}" for kind in (Bounds, Telling) for each in fields(kind)}


_REACHED = re.compile(r"https?://[^\s\"<>]+|[^\s@\"<>?&]+@[^\s@\"<>?&]+\.[^\s@\"<>?&]+")
_PATH = re.compile(r"/|(?:/[\w~.@-]+)+/?")
_MAY_BE_ZERO = ("rate", "slow_seconds", "answers", "proxies", "dev")


def read_bounds(environment: Mapping[str, str] = os.environ) -> Bounds:
    """The bounds as the environment sets them; raises SettingError with the name and the value that is wrong.

    >>> read_bounds({"FILMGRAPH_TIMEOUT": "20"}).timeout
    20
    """
    given = {}
    for each in fields(Bounds):
        name = f"FILMGRAPH_{each.name.upper()}"
        value = environment.get(name, "").strip()
        if value:
            given[each.name] = _number(name, value, 0 if each.name in _MAY_BE_ZERO else 1)
    return Bounds(**given)


def read_telling(environment: Mapping[str, str] = os.environ, *, terminal: bool = False) -> Telling:
    """What the environment lets the service tell; raises SettingError with the name and the value that is wrong.

    >>> read_telling({"FILMGRAPH_LOG": "off"})
    Telling(log='off', metrics='local', contact=None, mount=None)
    """
    return Telling(
        _choice(environment, "FILMGRAPH_LOG", FORMS, TEXT if terminal else JSON),
        _choice(environment, "FILMGRAPH_METRICS", (LOCAL, ALL, OFF), LOCAL),
        _contact(environment.get("FILMGRAPH_CONTACT", "").strip()),
        _mount(environment.get("FILMGRAPH_MOUNT", "").strip()),
    )


def _mount(value: str) -> str | None:
    if value and not _PATH.fullmatch(value):
        raise SettingError(
            f"FILMGRAPH_MOUNT is {value!r}; expected a path such as /films, or / for the root of its host"
        )
    return value or None


def _contact(value: str) -> str | None:
    if value and not _REACHED.fullmatch(value):
        raise SettingError(
            f"FILMGRAPH_CONTACT is {value!r}; expected an e-mail address, or one that begins with https://"
        )
    return value or None


def _choice(environment: Mapping[str, str], name: str, choices: tuple[str, ...], usual: str) -> str:
    value = environment.get(name, "").strip() or usual
    if value not in choices:
        raise SettingError(f"{name} is {value!r}; expected one of {', '.join(choices)}")
    return value


def _number(name: str, value: str, least: int) -> int:
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise SettingError(f"{name} is {value!r}; expected a whole number, {least} or more")
    return int(value)
