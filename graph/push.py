"""Loads a snapshot into a remote SPARQL server, graph by graph, and goes on where an earlier attempt ended.

What arrived is written down beside the snapshots, in ``pushed/``, one file for each server. A graph that is there
already, by its digest, is not sent again; one that the snapshot no longer has is deleted.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graph import snapshot
from graph.errors import StoreError
from graph.store import RemoteGraphs, Snapshot, catalogue
from graph.store.faults import explained
from graph.store.pieces import pieces

CHUNK = 4_000_000
"""Bytes of N-Triples that are sent at a time."""
GENID = ".well-known/genid/"
"""The path, under the base, of the IRIs that stand for blank nodes."""
Meter = Callable[[str, int, int], None]
_MERGE = "merge "
"""What the journal's name for the merge of all graphs begins with; the IRI of its graph follows, if it has one."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: the server, its address, and where the merge of all graphs goes.

    ``merge`` is the IRI of a graph, or None for the server's default graph; with ``union`` the server makes the merge
    itself, and nothing is sent for it.
    """

    graphs: RemoteGraphs
    url: str
    merge: str | None = None
    union: bool = False


@dataclass(slots=True)
class Pushed:
    """What came of it: graphs sent, deleted and left as they were; triples sent, those of the merge included."""

    number: int
    sent: int = 0
    deleted: int = 0
    unchanged: int = 0
    triples: int = 0


class _Journal:
    """What a server has: the digest of each graph that arrived whole, and how far the last one came.

    A file of JSON lines that only grows while it is open, so that a kill loses one line at most.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.graphs: dict[str, str] = {}
        self.part = ""
        """The graph that is on its way, with its digest and the size of the pieces."""
        self.done = 0
        """How many pieces of it arrived."""

    def read(self) -> None:
        """Take up what was written down; what cannot be read is sent again."""
        with suppress(OSError, UnicodeDecodeError):
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, TypeError):
                    self._take(*json.loads(line))

    def start(self) -> None:
        """Write down in short what is known."""
        new = self.path.with_suffix(".new")
        lines = [["whole", *entry] for entry in self.graphs.items()] + [["part", self.part, self.done]]
        new.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        new.replace(self.path)

    def note(self, what: str, name: str, value: str | int) -> None:
        """``whole``: a graph arrived; ``part``: some pieces of one did; ``gone``: it is no longer as it was."""
        self._take(what, name, value)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, name, value]) + "\n")

    def _take(self, what: str, name: str, value: str | int) -> None:
        if what == "part":
            self.part, self.done = name, int(value)
        elif what == "whole":
            self.graphs[name], self.part, self.done = str(value), "", 0
        else:
            self.graphs.pop(name, None)


def push(
    data: Path,
    target: Target,
    *,
    number: int | None = None,
    chunk: int = CHUNK,
    afresh: bool = False,
    meter: Meter = lambda *_: None,
) -> Pushed:
    """Make a server hold what a snapshot holds, the current one by default.

    ``afresh`` sends everything, whatever is written down of earlier attempts. Raises ``StoreError`` where the server
    refuses or is away; calling again goes on from there.
    """
    with (
        explained(data, "keeping the journal of pushes"),
        _opened(data, number) as opened,
        _journal(data, target.url) as journal,
    ):
        if not afresh:
            journal.read()
        journal.start()
        return _Push(opened, target, journal, chunk, meter).run()


@contextmanager
def _opened(data: Path, number: int | None) -> Iterator[Snapshot]:
    with snapshot.open_current(data) if number is None else snapshot.open_number(data, number) as opened:
        yield opened


@contextmanager
def _journal(data: Path, url: str) -> Iterator[_Journal]:
    """The journal of a server, held for one push at a time."""
    folder = data / "pushed"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.jsonl"
    lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield _Journal(path)
    except BlockingIOError as error:
        raise StoreError(f"another filmgraph is pushing to {url}; wait until it has ended") from error
    finally:
        os.close(lock)


class _Push:
    """One push under way."""

    def __init__(self, opened: Snapshot, target: Target, journal: _Journal, chunk: int, meter: Meter) -> None:
        self.opened, self.target, self.journal, self.chunk, self.meter = opened, target, journal, chunk, meter
        manifest = snapshot.read_manifest(opened.folder)
        self.genid = f"{manifest.extra.get('base', 'urn:')}{GENID}"
        self.digests = {iri: entry.sha256 for iri, entry in catalogue.read(opened.folder).items()}
        if not target.union:
            self.digests[_MERGE + (target.merge or "")] = manifest.digest
        self.result = Pushed(manifest.number)

    def run(self) -> Pushed:
        """Delete what is gone, send what is new."""
        for name in sorted(self.journal.graphs.keys() - self.digests.keys()):
            self.target.graphs.delete(_address(name))
            self.journal.note("gone", name, "")
            self.result.deleted += 1
        for place, (name, digest) in enumerate(sorted(self.digests.items())):
            self.meter("sending graphs", place, len(self.digests))
            if digest and self.journal.graphs.get(name) == digest:
                self.result.unchanged += 1
            else:
                self._send(name, digest)
        return self.result

    def _send(self, name: str, digest: str) -> None:
        journal, part = self.journal, f"{name} {digest} {self.chunk}"
        before = journal.done if journal.part == part and digest else 0
        journal.note("gone", name, "")
        count = 0
        for count, piece in enumerate(self._pieces(name), start=1):
            if count <= before:
                continue
            graphs, address = self.target.graphs, _address(name)
            graphs.replace(address, piece) if count == 1 else graphs.append(address, piece)
            self.result.triples += piece.count(b"\n")
            journal.note("part", part, count)
        if not count:
            self.target.graphs.delete(_address(name))
        journal.note("whole", name, digest)
        self.result.sent += 1

    def _pieces(self, name: str) -> Iterator[bytes]:
        graph = None if name.startswith(_MERGE) else name
        return pieces(self.opened, graph, self.chunk, self.target.graphs.most_lines, self.genid)


def _address(name: str) -> str | None:
    """The graph that a name of the journal stands for on the server."""
    return name.removeprefix(_MERGE) or None
