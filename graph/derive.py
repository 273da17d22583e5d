"""What follows from a state of the graph: the inferred statements, and a way to the search index.

A small change is followed by itself, a small store asked by queries. All that follows from a large store is worked out
by another process, while this one loads: beside a store of gigabytes, a columnar engine would spend its time on
looking through the store's memory for some to give back.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from graph import ontology, sidecar, snapshot
from graph.difference import changed_lines
from graph.errors import StoreError
from graph.infer import follow, infer_small, is_small, load_inferred, pairs_of_terms, write_inferred
from graph.iris import Iris
from graph.statements import Statements, size_of
from graph.store import Snapshot, Writer, in_memory
from graph.store.faults import explain
from graph.triples import ntriples

_Pairs = list[tuple[str, str, str]]
_INFERRED = "inferred.nq"
_REST = "rest.nq"


@contextmanager
def derived(
    iris: Iris,
    writer: Writer,
    before: Snapshot | None,
    folder: Path,
    amended: Mapping[str, frozenset[bytes]],
    told: Callable[[str], None] = lambda _: None,
) -> Iterator[snapshot.Index | None]:
    """Infer what follows from the writer's state; gives a way to the search index, None where the usual one is best.

    ``before`` is the snapshot from which the writer began; ``folder`` is for what is not kept, and must stay until the
    index is made. ``amended`` are as for ``changed_lines``; ``told`` is told of work that takes long.
    """
    lines = changed_lines(writer, before, iris.inferred, amended)
    if before is not None and lines is not None and follow(writer, iris, before, lines):
        change = sidecar.Change(before, writer.source(), lines)
        afresh = None if is_small(writer, iris) else partial(indexed, iris, writer, folder)
        yield partial(sidecar.update, old=before.folder / sidecar.NAME, change=change, afresh=afresh)
    elif infer_small(writer, iris):
        yield None
    else:
        told(f"working out what follows from {sum(entry.triples for entry in writer.catalogue.values()):,} statements")
        with _at_work(iris, writer, folder, pairs_of_terms(in_memory(ntriples(ontology.statements())))) as deriving:
            load_inferred(writer, iris, folder / _INFERRED, deriving.number())
            yield deriving.place


def indexed(iris: Iris, writer: Writer, folder: Path, path: Path, counts: Mapping[str, int]) -> dict[str, int]:
    """Write the whole search index of a large store to a new file, by another process; gives all counts it holds."""
    with _at_work(iris, writer, folder) as deriving:
        return deriving.place(path, counts)


@dataclass(frozen=True, slots=True)
class _Task:
    """What the other process needs: where it works, the graphs at hand, and which terms follow from which.

    Without ``pairs`` of terms nothing is inferred, only the index made.
    """

    folder: Path
    files: dict[str, Path]
    pairs: _Pairs | None
    iris: Iris


@contextmanager
def _at_work(iris: Iris, writer: Writer, folder: Path, pairs: _Pairs | None = None) -> Iterator[_Deriving]:
    """The other process, from when it has all it needs; it is ended where its work is no longer wanted."""
    files = dict(writer.loading)
    writer.source(settled=False).dump_graphs(folder / _REST, without=[str(iris.inferred), *files])
    ours, theirs = get_context("spawn").Pipe(duplex=False)
    task = _Task(folder, files, pairs, iris)
    process = get_context("spawn").Process(target=_derive, args=(task, theirs), daemon=True)
    with _deaf():
        process.start()
    theirs.close()
    writer.beside = lambda: not wait([process.sentinel], 0)
    try:
        yield _Deriving(folder, ours)
    finally:
        writer.beside = lambda: False
        process.kill()
        process.join()
        ours.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl+C, which a terminal sends to all: who started it ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True, slots=True)
class _Deriving:
    """What the other process has to say, in this order. Both raise ``StoreError`` where it could not do its work."""

    folder: Path
    said: Connection

    def number(self) -> int:
        """Wait for the file of inferred statements; gives their number."""
        return self._answer()

    def place(self, path: Path, counts: Mapping[str, int]) -> dict[str, int]:
        """Wait for the index, and put it where it belongs, with some further counts; gives all counts it holds."""
        self._answer()
        (self.folder / sidecar.NAME).rename(path)
        return sidecar.add_counts(path, counts)

    def _answer(self) -> int:
        doing = "working out what follows and the search index"
        try:
            answer = self.said.recv()
        except EOFError as error:
            raise StoreError(f"{self.folder.parent}: the process {doing} was killed; is the memory full?") from error
        if isinstance(answer, str):
            raise StoreError(explain(OSError(answer), self.folder.parent, doing))
        return int(answer)


def _derive(task: _Task, pipe: Connection) -> None:
    try:
        size = size_of(task.folder / _REST, *task.files.values())
        with Statements.read(task.folder, task.folder / _REST, task.files) as statements:
            if task.pairs is not None:
                pipe.send(write_inferred(statements, task.pairs, task.iris, task.folder / _INFERRED))
        with Statements(task.folder, threads=1, size=size) as statements:  # one needs less memory, and has time
            pipe.send(len(sidecar.build_from(statements, task.folder / sidecar.NAME)))
    except Exception as error:  # for the process that waits to raise
        pipe.send(str(error))
