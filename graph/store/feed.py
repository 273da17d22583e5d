"""Loads large files into a store in the background, all of them at one stroke.

The engine writes its files from what comes through a named pipe. What is loaded at one stroke is sorted into the
indexes once; a second stroke would make the engine rewrite what the first one wrote.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from pyoxigraph import RdfFormat, Store

PIECE = 1 << 20
"""Bytes that are moved at a time."""


class Feed:
    """A running load. Each file of N-Quads of one graph goes into that graph and into the merge of all graphs."""

    def __init__(self, engine: Store, folder: Path, meter: Callable[[int, int], None]) -> None:
        self._meter, self._done, self._total = meter, 0, 0
        self._engine = engine
        self._pipe = folder / "feed"
        self._files: SimpleQueue[tuple[Path, str] | None] = SimpleQueue()
        self.files: dict[str, Path] = {}
        """The file of each graph."""
        self._errors: list[Exception] = []
        self._given_up = False
        self._pipe.unlink(missing_ok=True)
        os.mkfifo(self._pipe)
        self._load = self._started(self._loading)
        self._pump = self._started(self._pumping)

    def put(self, nquads: Path, graph: str, lines: int) -> None:
        """Have a file of so many lines loaded; it must stay as it is until ``finish``."""
        self._total += 2 * lines
        self.files[graph] = nquads
        self._files.put((nquads, graph))

    def finish(self) -> None:
        """Wait until everything is loaded; raises what went wrong, and then nothing was loaded."""
        self._files.put(None)
        self._pump.join()
        self._load.join()
        self._pipe.unlink(missing_ok=True)
        if self._errors:
            raise self._errors[0]

    def give_up(self) -> None:
        """Stop soon; what was loaded by then is of no use."""
        self._given_up = True
        with suppress(Exception):
            self.finish()

    def _started(self, work: Callable[[], None]) -> Thread:
        def guarded() -> None:
            try:
                work()
            except BrokenPipeError:
                pass  # the load ended early, and says why itself
            except Exception as error:  # for finish to raise, in the thread that asked
                self._errors.append(error)

        thread = Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def _loading(self) -> None:
        self._engine.bulk_load(path=str(self._pipe), format=RdfFormat.N_QUADS, lenient=True)

    def _pumping(self) -> None:
        pipe = self._opened()
        try:
            while (item := self._files.get()) is not None:
                path, graph = item
                self._copy(path, pipe, f" <{graph}> .\n".encode())
                self._copy(path, pipe, b"")
        finally:
            os.close(pipe)

    def _opened(self) -> int:
        """Our end of the pipe, as soon as the engine has its own: if it fails before, nobody waits for ever."""
        while self._load.is_alive():
            try:
                pipe = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except OSError:
                time.sleep(0.01)
            else:
                os.set_blocking(pipe, True)
                return pipe
        raise BrokenPipeError

    def _copy(self, path: Path, pipe: int, graph: bytes) -> None:
        """The lines of a file into a pipe, without the graph that ends them: no literal holds a bare line feed."""
        with path.open("rb") as file:
            while not self._given_up and (piece := file.read(PIECE)):
                if not piece.endswith(b"\n"):
                    piece += file.readline()
                rest = memoryview(piece.replace(graph, b" .\n") if graph else piece)
                while rest:
                    rest = rest[os.write(pipe, rest) :]
                self._done += piece.count(b"\n")
                self._meter(self._done, self._total)
