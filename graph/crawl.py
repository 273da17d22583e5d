"""Fetches Wikidata's films page by page from a SPARQL server, with patience, and goes on where it was interrupted.

Each page is a file in the data folder, written whole. A further run begins after the last of them; they are removed
once what they say is stored.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef

from graph import query
from graph.errors import BusyError, StoreError
from graph.sources.wikidata import Page
from graph.store import Endpoint, QuerySource

FILMS = 100
"""Films of a page; halved while the server cannot answer in its time."""
THINGS = 200
"""People, characters and genres whose names are asked for at once."""
WAITS = (5.0, 15.0, 45.0, 120.0)
"""Seconds to wait, each time longer, for a server that is busy and does not say how long."""
LONGEST = 600.0
"""The longest that a server may make us wait, in seconds."""
PAUSE = 0.5
"""Seconds between two queries."""
_THING = re.compile(r"http://www\.wikidata\.org/entity/Q[1-9]\d*")
_DONE = "complete"

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl: the server, what is wanted of it, where its pages are kept, and how it is treated."""

    endpoint: str
    data: Path
    since: int | None = None
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep

    @property
    def folder(self) -> Path:
        """Where the pages are kept: of another server or another choice elsewhere."""
        key = hashlib.sha256(f"{self.endpoint} {self.since}".encode()).hexdigest()[:12]
        return self.data / "downloads" / f"wikidata-{key}"

    def pages(self) -> Iterator[Page]:
        """The pages that were fetched, in order."""
        for path in sorted(self.folder.glob("page-*.json")):
            yield _read(path)

    def digest(self) -> str:
        """The SHA-256 of all that the pages say."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("page-*.json")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def discard(self) -> None:
        """Remove the pages."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def fetch(self, source: QuerySource | None = None, told: Told = lambda *_: None, agent: str = "filmgraph") -> None:
        """Fetch the pages that are not there yet.

        Raises StoreError where the server is away, refuses, or stays busy; what was fetched until then is kept.
        """
        if (self.folder / _DONE).exists():
            return
        asker = _Asker(source or Endpoint(self.endpoint, timeout=120, agent=agent), self)
        self.folder.mkdir(parents=True, exist_ok=True)
        have = [page.films for page in self.pages()]
        number, films, after = len(have), sum(map(len, have)), have[-1][-1] if have else ""
        while page := asker.page(after):
            number, films, after = number + 1, films + len(page.films), page.films[-1]
            _write(self.folder / f"page-{number:06d}.json", page)
            told("films fetched", films, 0)
        (self.folder / _DONE).touch()


@dataclass(slots=True)
class _Asker:
    """Asks a server one query after the other."""

    source: QuerySource
    crawl: Crawl
    size: int = field(default_factory=lambda: FILMS)

    def page(self, after: str) -> Page | None:
        """What is said of the next films after an IRI; None where there are no more."""
        since = Literal(self.crawl.since or 0)
        films = tuple(str(row[0]) for row in self._ask("films", after=Literal(after), since=since))
        if not films:
            return None
        items = [URIRef(film) for film in films if _THING.fullmatch(film)]
        titles, values, parts = (self._ask(name, item=items) if items else [] for name in ("titles", "values", "parts"))
        things = {cell for row in [*values, *parts] for cell in row[1:] if cell and _THING.fullmatch(cell)}
        return Page(films, *map(tuple, (titles, values, parts, self._names(sorted(things)))))

    def _names(self, things: list[str]) -> list[tuple[str | None, ...]]:
        pieces = [things[start : start + THINGS] for start in range(0, len(things), THINGS)]
        return [row for piece in pieces for row in self._ask("names", item=[URIRef(thing) for thing in piece])]

    def _ask(self, name: str, **terms: URIRef | Literal | Sequence[URIRef]) -> list[tuple[str | None, ...]]:
        """The rows of one query as texts; a busy server is waited for, as long as it says."""
        for wait in (*WAITS, None):
            text = query.fill(f"wikidata/{name}", limit=self.size if name == "films" else None, **terms)
            try:
                rows = self.source.select(text).rows
            except BusyError as error:
                pause = error.wait if error.wait is not None else wait
                if wait is None or pause is None or pause > LONGEST:
                    raise StoreError(f"{error}; run the same command later: it goes on from where it is now") from error
                self.crawl.sleep(pause)
                self.size = max(10, self.size // 2) if error.slow else self.size
            else:
                self.crawl.sleep(self.crawl.pause)
                return [tuple(None if cell is None else str(cell) for cell in row) for row in rows]
        raise AssertionError("the last round returns or raises")


def _write(path: Path, page: Page) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(page), ensure_ascii=False), encoding="utf-8")
    part.replace(path)


def _read(path: Path) -> Page:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows = (tuple(map(tuple, said[key])) for key in ("titles", "values", "parts", "names"))
        return Page(tuple(said["films"]), *rows)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} is damaged; remove it and those after it, and run the same command again") from error
