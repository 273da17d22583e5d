"""The numbers of one worker, in a file that the other workers read: each of them can tell the sum of all.

The file of a worker that ended stays, so that no sum ever falls; what is only true of the living is told apart.
"""

from __future__ import annotations

import json
import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from webapp.telemetry.note import Note
from webapp.wsgi import within

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds in seconds of the classes into which the times of requests fall; the last class has none."""
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
OTHER = "other"
Key = tuple[str, ...]
"""The name of a number, and the values of its labels."""
Numbers = Mapping[Key, float]


@dataclass(slots=True)
class Sums:
    """The numbers of all workers: those that only grow, times by route (see ``BOUNDS``; the last is their sum).

    ``now`` is what is true at the moment, of each worker that lives.
    """

    grown: Counter[Key] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    now: list[dict[str, float]] = field(default_factory=list)


class Counts:
    """What one worker counts; safe to share between threads. Without a folder it is alone."""

    def __init__(self, routes: Iterable[str] = (), folder: Path | None = None) -> None:
        self._routes, self._root = frozenset(routes), ""
        self._file = folder / f"{os.getpid()}-{time.time_ns()}.json" if folder else None
        self._lock = threading.Lock()
        self._grown: Counter[Key] = Counter()
        self._times: dict[str, list[float]] = {}
        self.sources: list[Callable[[], Numbers]] = []
        """Numbers that only grow and are kept elsewhere."""
        self.gauges: Callable[[], dict[str, float]] = dict
        """What is true at the moment."""

    def know(self, routes: Iterable[str], root: str = "") -> None:
        """Count these first parts of addresses by name, below the path under which the site is reached."""
        self._root = quote(root)
        self._routes |= frozenset(routes)

    def count(self, notes: Iterable[Note]) -> None:
        """Count requests that were answered."""
        with self._lock:
            for it in notes:
                route = self.route(it.path)
                self._grown["requests", route, it.method if it.method in METHODS else OTHER, str(it.status)] += 1
                self._grown["bytes", route] += it.bytes
                if not it.computed and it.status in (200, 304):
                    self._grown["cache", "ready", "hit"] += 1
                times = self._times.setdefault(route, [0.0] * (len(BOUNDS) + 2))
                times[bisect_left(BOUNDS, it.seconds)] += 1
                times[-1] += it.seconds

    def route(self, path: str) -> str:
        """The first part of an address where the site has such, without a suffix: few values, whatever is asked.

        >>> Counts({"films", "film"}).route("/films.csv"), Counts({"film"}).route("/film/x"), Counts().route("/wp")
        ('/films', '/film', 'other')
        """
        first = within(path, self._root)[1:].partition("/")[0]
        if first not in self._routes:
            first = first.partition(".")[0]
        return f"/{first}" if first in self._routes or not first else OTHER

    def save(self) -> None:
        """Write the numbers for the other workers; an error of the disk is left to the next time."""
        if self._file is None:
            return
        grown, times, now = self._own()
        said = {
            "pid": os.getpid(),
            "grown": [[*key, value] for key, value in grown.items()],
            "times": times,
            "now": now,
        }
        part = self._file.with_suffix(".part")
        try:
            part.write_text(json.dumps(said), encoding="utf-8")
            part.replace(self._file)
        except OSError:
            part.unlink(missing_ok=True)

    def sums(self) -> Sums:
        """The numbers of all workers, this one's as they are now."""
        sums = Sums()
        _add(sums, *self._own())
        for path in sorted(self._file.parent.glob("*.json")) if self._file else ():
            if path != self._file:
                _add_file(sums, path)
        return sums

    def _own(self) -> tuple[Counter[Key], dict[str, list[float]], dict[str, float]]:
        with self._lock:
            grown, times = self._grown.copy(), {route: list(each) for route, each in self._times.items()}
        for source in self.sources:
            grown.update(source())
        return grown, times, self.gauges()


def _add(sums: Sums, grown: Numbers, times: Mapping[str, list[float]], now: dict[str, float] | None) -> None:
    for key, value in grown.items():
        sums.grown[key] += value  # type: ignore[assignment]  # a Counter takes fractions too
    for route, each in times.items():
        before = sums.times.get(route, [0.0] * len(each))
        sums.times[route] = [a + b for a, b in zip(before, each, strict=True)]
    if now is not None:
        sums.now.append(now)


def _add_file(sums: Sums, path: Path) -> None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # another worker's first moments
    alive = Path(f"/proc/{said['pid']}").exists()
    grown = {tuple(key): value for *key, value in said["grown"]}
    _add(sums, grown, said["times"], said["now"] if alive else None)
