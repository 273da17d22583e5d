"""Writes the sidecar of a state that differs little from the one before: a copy, changed where a change touches it."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import URIRef

from graph import query
from graph.errors import StoreError
from graph.sidecar.build import VERSION, Count, build
from graph.sidecar.casts import Credit, recast
from graph.sidecar.entries import QUERIES, Entry, Weight, entries, key, sentences
from graph.sidecar.marks import Mark
from graph.sidecar.patch import NoRoomError, Patch
from graph.sidecar.refile import Refile
from graph.sidecar.relist import Relist, gather
from graph.store import QuerySource, files, in_memory
from graph.vocabulary import FILM

_CHUNK = 300
"""Things that are asked for at a time."""
_WEIGHING = {
    f"<{term}>".encode()
    for term in (FILM.inFilm, FILM.person, FILM.performer, FILM.character, FILM.genre, FILM.reviewOf)
}
"""A statement with one of these makes more of what it is said of."""


_DATING = {f"<{term}>".encode() for term in (FILM.year, FILM.genre)}
"""A statement with one of these, of a film, places its characters and reviews in lists."""


Afresh = Callable[[Path, Mapping[str, int]], dict[str, int]]
"""Writes a whole sidecar of a state, with some further figures, to a new file; gives all its figures."""


@dataclass(frozen=True, slots=True)
class _Found:
    iri: str


@dataclass(frozen=True, slots=True)
class Change:
    """Two states of the graph, and the lines of N-Quads, of the sources, in which they differ."""

    before: QuerySource
    after: QuerySource
    lines: frozenset[bytes]


def update(
    path: Path, counts: Mapping[str, int], *, old: Path, change: Change, afresh: Afresh | None = None
) -> dict[str, int]:
    """Write the sidecar of the state after a change to a new file, given that of the state before; gives its figures.

    It holds what ``build`` would put into it, which it also asks, or ``afresh`` in its place, where the old one is
    damaged or cannot take the change. Raises ``StoreError`` where the file cannot be written.
    """
    make = afresh or (lambda path, counts: build(path, change.after, counts))
    if not (_is_followed(change.lines) and is_sound(old)):
        return make(path, counts)
    try:
        shutil.copyfile(old, path)
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;")
            base.execute("BEGIN")
            figures = _change(base, change, counts)
            base.execute("COMMIT")
    except NoRoomError:
        path.unlink()
        return make(path, counts)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"the search index {path} cannot be written: {error}; is the disk full?") from error
    return figures


def is_sound(path: Path) -> bool:
    """Whether this is a whole sidecar of the kind that is written now: by its digest, or else by reading it all."""
    try:
        intact = files.intact(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if intact is None:
                intact = base.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return bool(version == VERSION and intact)
    except (sqlite3.Error, OSError, StoreError):
        return False


def _is_followed(lines: Iterable[bytes]) -> bool:
    """Whether the index can follow a change: things without an IRI cannot be asked for one by one."""
    return not any(line.startswith(b"_:") or line.split(b" ", 2)[2].startswith(b"_:") for line in lines)


def _change(base: sqlite3.Connection, change: Change, counts: Mapping[str, int]) -> dict[str, int]:
    touched = _touched(change.lines)
    touched |= _shown_with(change, touched)
    patch = Patch(base)
    new, said = _now(change.after, touched)
    for iri in sorted(touched):
        for kind in QUERIES:
            patch.replace(key(iri, kind), new.get((iri, kind)))
    patch.flush()
    for iri in sorted(touched):
        patch.say(key(iri, "review"), said.get(iri, []) if (iri, "review") in new else [])
    listed = touched | _listed_with(change, touched)
    Relist(base).follow(
        listed, *(gather(_ask(each, "marks-of", "iri", listed, Mark)) for each in (change.before, change.after))
    )
    films = touched | _films_of(change.before, touched) | _films_of(change.after, touched)
    recast(base, films, _ask(change.after, "casts-of", "film", films, Credit))
    Refile(change.before, change.after, change.lines).follow(base, touched, films)
    figures: Counter[str] = Counter(dict(base.execute("SELECT name, value FROM count")))
    figures.update(_counted(change.after, touched))
    figures.subtract(_counted(change.before, touched))
    return patch.count({**figures, **counts})


def _touched(lines: Iterable[bytes]) -> set[str]:
    """The things of which the lines speak."""
    things = set()
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        things.add(subject[1:-1].decode())
        if predicate in _WEIGHING and rest.startswith(b"<"):
            things.add(rest[1 : rest.index(b">")].decode())
    return things


def _shown_with(change: Change, touched: set[str]) -> set[str]:
    """The characters and reviews of those films whose label changed: it is shown with them."""
    labels = [
        {one.iri: one.label for one in entries(_context(source, touched), {}) if one.kind == "film"}
        for source in (change.before, change.after)
    ]
    renamed = {iri for iri in touched if labels[0].get(iri) != labels[1].get(iri)}
    return {one.iri for source in (change.before, change.after) for one in _ask(source, "of-films", "film", renamed)}


def _listed_with(change: Change, touched: set[str]) -> set[str]:
    """What lists show otherwise where something is said of these: films of roles, characters and reviews of films."""
    dated = {line.split(b" ", 1)[0][1:-1].decode() for line in change.lines if line.split(b" ", 2)[1] in _DATING}
    found: set[str] = set()
    for source in (change.before, change.after):
        found |= {one.iri for one in _ask(source, "around", "thing", touched)}
        found |= {one.iri for one in _ask(source, "of-films", "film", dated)}
    return found


def _now(source: QuerySource, things: set[str]) -> tuple[dict[tuple[str, str], Entry], dict[str, list[str]]]:
    """What there is now of these things: the entry of each thing and kind, the sentences of each review."""
    context = _context(source, things | _films_of(source, things))
    weights = {row.iri: row.weight for row in _ask(source, "weights-of", "iri", things, Weight)}
    found = {(one.iri, one.kind): one for one in entries(context, weights) if one.iri in things}
    said: dict[str, list[str]] = {}
    for review, text in sentences(context):
        said.setdefault(review, []).append(text)
    return found, said


def _films_of(source: QuerySource, things: set[str]) -> set[str]:
    """The films to which characters, credits and reviews belong."""
    return {found.iri for found in _ask(source, "films-of", "thing", things)}


def _context(source: QuerySource, things: Iterable[str]) -> QuerySource:
    """A store in memory with what is said of some things."""
    return in_memory(
        b"".join(source.construct(query.fill("sidecar/said-of", thing=chunk)) for chunk in _chunks(things))
    )


def _counted(source: QuerySource, things: Iterable[str]) -> Counter[str]:
    figures: Counter[str] = Counter()
    for row in _ask(source, "counts-of", "x", things, Count):
        figures[row.name] += row.value
    return figures


def _ask(source: QuerySource, name: str, term: str, iris: Iterable[str], cls: type[Any] = _Found) -> Iterator[Any]:
    for chunk in _chunks(iris):
        terms: dict[str, Any] = {term: chunk}
        yield from query.rows(source, f"sidecar/{name}", cls, **terms)


def _chunks(iris: Iterable[str]) -> Iterator[list[URIRef]]:
    ordered = [URIRef(iri) for iri in sorted(iris)]
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
